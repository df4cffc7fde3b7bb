/**
 * A figure as people write it: digits, with a point or a comma and a sign where it has one. Nothing else is a figure here: what a
 * computer would read as one ("1e2", "0x5") is a slip of the keyboard. Nor is "1,000", which says a thousand to some and one to others.
 *
 * @example plainFigure('97,5') // 97.5
 * @example plainFigure('1e2') // undefined
 */
export function plainFigure(text: string): number | undefined {
  const written = text.trim().replace('−', '-')
  if (unsureComma(written)) return undefined
  return /^[+-]?\d{1,9}([.,]\d{0,9})?$/.test(written) ? Number(written.replace(',', '.')) : undefined
}

/**
 * What to say of a comma that may stand between thousands as well as before decimals; undefined where there is none. Before a comma, a
 * 0 or more than three digits are never thousands.
 *
 * @example unsureComma('1,000') // 'The comma in “1,000” can be read two ways. …'
 * @example unsureComma('0,125') // undefined
 */
export function unsureComma(text: string): string | undefined {
  const written = text.trim()
  return /^[+−-]?[1-9]\d{0,2},\d{3}$/.test(written)
    ? `The comma in “${written}” can be read two ways. Write ${written.replace(',', '')} without it, or a decimal point.`
    : undefined
}
