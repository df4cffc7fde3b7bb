/**
 * A figure as people write it: digits, with a point or a comma and a sign where it has one. Nothing else is a figure here: what a
 * computer would read as one ("1e2", "0x5") is a slip of the keyboard.
 *
 * @example plainFigure('97,5') // 97.5
 * @example plainFigure('1e2') // undefined
 */
export function plainFigure(text: string): number | undefined {
  const written = text.trim().replace('−', '-')
  return /^[+-]?\d{1,9}([.,]\d{0,9})?$/.test(written) ? Number(written.replace(',', '.')) : undefined
}
