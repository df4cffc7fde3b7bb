/** "76.9 %" of 0.769; one decimal. */
export function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}

/** "69.4 to 82.8 %", or a word when there are no limits. */
export function percentRange(limits: { readonly lower: number; readonly upper: number } | undefined): string {
  return limits ? `${(limits.lower * 100).toFixed(1)} to ${(limits.upper * 100).toFixed(1)} %` : 'none'
}

const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹'

/** A p-value as it is read: three decimals, small ones in powers of ten ("1.28 × 10⁻⁷"), never "0". */
export function pValue(p: number): string {
  if (p >= 0.001) return p.toFixed(3)
  if (p < 1e-300) return 'below 10⁻³⁰⁰'
  const [mantissa, exponent] = p.toExponential(2).split('e-')
  return `${mantissa} × 10⁻${[...exponent!].map((digit) => RAISED[Number(digit)]).join('')}`
}
