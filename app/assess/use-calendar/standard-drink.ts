/** What countries call one drink, in grams of pure alcohol, as listed with the timeline-follow-back method (instrument `tlfb`). */
const STANDARD_DRINKS: readonly { readonly grams: number; readonly source: string }[] = [
  { grams: 14, source: 'United States, NIAAA' },
  { grams: 8, source: 'United Kingdom, one unit' },
  { grams: 10, source: 'Australia, and the WHO’s own surveys' },
  { grams: 13.45, source: 'Canada' },
]

/**
 * Whose drink this is, in words.
 *
 * @param gramsPerDrink grams of pure alcohol
 * @param given the clinic's own word for it
 */
export function standardDrinkSource(gramsPerDrink: number, given?: string): string {
  return (
    given ?? STANDARD_DRINKS.find(({ grams }) => grams === gramsPerDrink)?.source ?? 'as set by this clinic'
  )
}

/** Density of ethanol at 20 °C (CRC Handbook of Chemistry and Physics). */
const ETHANOL_G_PER_ML = 0.789

/**
 * Common drinks with what they usually hold; the person changes volume and strength when theirs is another. Each holds
 * one standard drink of the United States: the shot is 1.5 fl oz, 44.36 mL, since 44 mL would hold 13.9 g and leave five
 * shots just under a heavy day.
 */
export const DRINK_KINDS = [
  { kind: 'beer', label: 'Beer or cider', one: 'beer', many: 'beers', volumeMl: 355, percent: 5 },
  { kind: 'wine', label: 'Wine', one: 'glass of wine', many: 'glasses of wine', volumeMl: 150, percent: 12 },
  { kind: 'spirits', label: 'Spirits', one: 'spirit', many: 'spirits', volumeMl: 44.36, percent: 40 },
] as const
export type DrinkKind = (typeof DRINK_KINDS)[number]['kind']

/** Some glasses, cans or bottles of one drink. */
export type DrinkLine = {
  readonly kind: DrinkKind
  readonly count: number
  readonly volumeMl: number
  /** Alcohol by volume. */
  readonly percent: number
}

/**
 * Pure alcohol in grams, to a hundredth.
 *
 * @example gramsOfDrinks([{ kind: 'beer', count: 1, volumeMl: 355, percent: 5 }]) // 14
 */
export function gramsOfDrinks(lines: readonly DrinkLine[]): number {
  const grams = lines.reduce(
    (sum, { count, volumeMl, percent }) => sum + count * volumeMl * (percent / 100) * ETHANOL_G_PER_ML,
    0,
  )
  return Math.round(grams * 100) / 100
}

/** Standard drinks to one decimal, for people to read; reckoning stays in grams. */
export function drinksOfGrams(grams: number, gramsPerDrink: number): number {
  return Math.round((grams / gramsPerDrink) * 10) / 10
}
