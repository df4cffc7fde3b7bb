/**
 * What joins a sheet of paper to the ledger: the number of the last movement that stood in it when it was printed, and the first
 * eight characters of that movement's hash.
 *
 * @example sheetNumber({ seq: 1042, hash: '9f3ab2c1…' }) // '1042-9f3ab2c1'
 */
export function sheetNumber({ seq, hash }: { readonly seq: number; readonly hash: string }): string {
  return `${seq}-${hash.slice(0, SHORT)}`
}

/** Long enough that a slip of the pen hits no other sheet. */
const SHORT = 8

/**
 * Reads a sheet's number as somebody types it off the paper; undefined for anything else.
 *
 * @example readSheetNumber(' 1042 – 9F3AB2C1 ') // { seq: 1042, short: '9f3ab2c1' }
 */
export function readSheetNumber(typed: string): { readonly seq: number; readonly short: string } | undefined {
  const found = /^(\d{1,15})[-–—]([0-9a-f]{8})$/.exec(typed.toLowerCase().replaceAll(/\s/g, ''))
  return found ? { seq: Number(found[1]), short: found[2]! } : undefined
}
