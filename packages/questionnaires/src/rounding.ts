/**
 * Rounds half up on the decimal number that is meant: 2.5 becomes 3, 62.5 becomes 63, 1.005 becomes 1.01.
 *
 * Binary floats lie just beside many decimals, so a billionth is added before cutting.
 *
 * @param value any finite number
 * @param decimals decimals to keep, 0 or more
 */
export function roundHalfUp(value: number, decimals: number): number {
  if (Number.isInteger(value)) return value + 0
  const scale = 10 ** decimals
  return Math.floor(value * scale + 0.5 + 1e-9) / scale + 0
}
