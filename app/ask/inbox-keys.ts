/** What a key does in the inbox. Everything is also a link or a button on the page. */
export type InboxAct =
  | { readonly kind: 'step'; readonly by: 1 | -1 }
  | { readonly kind: 'open' | 'take' | 'find' }
  /** Place of a view in the row of views, from 0. */
  | { readonly kind: 'view'; readonly place: number }

/** The keys in words, for the line below the list. */
export const INBOX_KEYS = [
  { key: 'j', words: 'next' },
  { key: 'k', words: 'previous' },
  { key: 'o', words: 'open' },
  { key: 'a', words: 'take it up' },
  { key: '/', words: 'find' },
  { key: '1–8', words: 'views' },
] as const

/** @returns undefined for a key that means nothing here */
export function inboxAct(key: string): InboxAct | undefined {
  if (/^[1-8]$/.test(key)) return { kind: 'view', place: Number(key) - 1 }
  switch (key) {
    case 'j':
      return { kind: 'step', by: 1 }
    case 'k':
      return { kind: 'step', by: -1 }
    case 'o':
      return { kind: 'open' }
    case 'a':
      return { kind: 'take' }
    case '/':
      return { kind: 'find' }
    default:
      return undefined
  }
}

/** The row after a step: the first one from nowhere, and none past either end. */
export function rowAfter(row: number, by: 1 | -1, rows: number): number {
  return row < 0 ? 0 : Math.max(0, Math.min(rows - 1, row + by))
}
