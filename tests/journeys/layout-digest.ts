import type { Page } from 'playwright-core'

/** Public pages whose shape is kept. */
export const KEPT_PAGES = [
  '/',
  '/how-treatment-works',
  '/inside-a-session',
  '/conditions/alcohol',
  '/studies',
  '/studies/grabski-2022-kare',
  '/questions',
  '/location',
  '/request',
  '/help-now',
] as const

export const KEPT_SIGHTS = [
  { name: '390 light', width: 390, height: 844, dark: false },
  { name: '390 dark', width: 390, height: 844, dark: true },
  { name: '1280 light', width: 1280, height: 900, dark: false },
  { name: '1280 dark', width: 1280, height: 900, dark: true },
] as const

/** The shape of a page, one line a part: `main > h1 | 1–23 of 24 | 36px serif | #1b2a2c on #faf7f0`. */
export type Layout = readonly string[]

/**
 * What a page looks like, said so that it changes when somebody would see it and stays when only the fonts of a machine differ:
 * which main parts are seen, in which order, from where to where across the page (in 24ths of its width, when that is not the breadth of its words), how large and in which
 * family their words are set, and their colors. Heights and line breaks are left out, because they are the font's.
 */
export async function layoutOf(page: Page): Promise<Layout> {
  return page.evaluate(() => {
    const wanted =
      '.site > *, .site-header > *, main > *, main > * > *, h1, main h2, main table, main form, main figure, main .button-primary'
    const seen = new Map<string, number>()
    const lines: string[] = []
    for (const element of document.querySelectorAll(wanted)) {
      if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue
      const box = element.getBoundingClientRect()
      if (box.width < 2 || box.height < 2) continue
      const name = `${element.parentElement?.localName} > ${element.localName}${[...element.classList].map((one) => `.${one}`).join('')}`
      const style = getComputedStyle(element)
      const family = style.fontFamily.split(',').at(-1)!.trim()
      const part = (px: number) => Math.round((px / innerWidth) * 24)
      // What is as broad as its words has the breadth of a font.
      const around = getComputedStyle(element.parentElement!).display
      const ownBreadth = /^(block|grid)$/.test(around) && /^(block|grid|flex|flow-root)$/.test(style.display)
      const across = ownBreadth
        ? `${part(box.left)}–${part(box.right)} of 24`
        : `from ${part(box.left)} of 24`
      const line = `${name} | ${across} | ${Math.round(Number.parseFloat(style.fontSize))}px ${family} | ${style.color} on ${style.backgroundColor}`
      // A list of equals is one line: how many questions there are is not the page's shape.
      const times = seen.get(line) ?? 0
      seen.set(line, times + 1)
      if (times === 0) lines.push(line)
    }
    return lines
  })
}
