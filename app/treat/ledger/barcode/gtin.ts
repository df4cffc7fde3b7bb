declare const gtinBrand: unique symbol

/** A Global Trade Item Number in its 14-digit form ("00312345678906"), its check digit verified. */
export type Gtin = string & { readonly [gtinBrand]: true }

/**
 * The product number of a barcode or of what somebody typed, padded to 14 digits.
 *
 * @param digits 8, 12 (UPC-A), 13 (EAN-13) or 14 digits, nothing else
 * @returns undefined when the length is another, something is no digit, or the check digit is wrong
 *   (GS1 General Specifications, section 7.9: weights 3 and 1 from the right, sum to the next ten)
 * @example gtinOf('6291041500213') // '06291041500213'
 */
export function gtinOf(digits: string): Gtin | undefined {
  if (!/^(\d{8}|\d{12,14})$/.test(digits)) return undefined
  const padded = digits.padStart(14, '0')
  let sum = 0
  for (let place = 0; place < 14; place++) sum += Number(padded[place]) * (place % 2 === 0 ? 3 : 1)
  return sum % 10 === 0 ? (padded as Gtin) : undefined
}

/**
 * The ten digits of the National Drug Code inside a United States drug's GTIN: packaging level, "03", ten digits, check digit. Where its
 * three parts end (4-4-2, 5-3-2 or 5-4-1) is not in the code, so no dashes are given.
 *
 * @returns undefined when the number is no United States drug's (does not carry GS1 prefix 03 there)
 * @example ndcDigits('00312345678906' as Gtin) // '1234567890'
 */
export function ndcDigits(gtin: Gtin): string | undefined {
  return gtin.slice(1, 3) === '03' ? gtin.slice(3, 13) : undefined
}

/**
 * Whether two numbers may be packages of one product, such as a carton and the vial in it: alike but for the packaging level, or drug
 * codes whose first eight digits (labeler and product, whichever way they are split) agree. It is a maybe: with a labeler of five and a
 * product of four digits the last one is not compared. Whoever asks must compare the lot too.
 */
export function mayBePackagesOfOne(one: Gtin, other: Gtin): boolean {
  if (one.slice(1, 13) === other.slice(1, 13)) return true
  const ndc = ndcDigits(one)?.slice(0, 8)
  return ndc !== undefined && ndc === ndcDigits(other)?.slice(0, 8)
}
