import { type LocalDate, parseLocalDate } from '../../platform/time.ts'
import { DRINK_KINDS, type DrinkLine, gramsOfDrinks } from './standard-drink.ts'
import { AMOUNT_UNITS, type DayState, SUBSTANCES, type ToldDay, type UseEntry } from './use-day.ts'

/** How many other substances one form can take. */
export const OTHER_ROWS = [1, 2, 3] as const

type Typed = Readonly<Record<string, string | readonly string[] | undefined>>
export type Parsed<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly errors: Readonly<Record<string, string>> }

/** Drinks a person can drink on one day and live; more is a slip of the pen. */
const MOST_DRINKS = 80
const MOST_GRAMS = 900

export function textOf(typed: Typed, name: string): string {
  const value = typed[name]
  return (typeof value === 'string' ? value : (value?.[0] ?? '')).trim()
}

/** A decimal with point or comma; NaN for anything else, undefined for an empty field. */
function figureOf(typed: Typed, name: string): number | undefined {
  const text = textOf(typed, name)
  if (text === '') return undefined
  return /^\d{1,7}([.,]\d{1,4})?$/.test(text) ? Number(text.replace(',', '.')) : Number.NaN
}

/** A calendar day; undefined when the text is none. */
export function dayOf(text: string): LocalDate | undefined {
  try {
    return parseLocalDate(text)
  } catch {
    return undefined
  }
}

/**
 * Reads what a browser sent about one day.
 *
 * @param gramsPerDrink grams of pure alcohol in the clinic's standard drink
 * @returns the day, or one message per field
 */
export function parseDayForm(typed: Typed, gramsPerDrink: number): Parsed<ToldDay> {
  const errors: Record<string, string> = {}
  const state = textOf(typed, 'state') as DayState | ''
  if (!['none', 'used', 'unknown'].includes(state)) {
    errors.state = 'Choose one of the three. “I do not know” is an answer too.'
  }
  const alcohol = alcoholOf(typed, gramsPerDrink, errors)
  const others = OTHER_ROWS.flatMap((row) => otherOf(typed, row, errors) ?? [])
  others.forEach((entry, i) => {
    if (others.findIndex((one) => one.substance === entry.substance) < i) {
      errors[`other-${i + 1}`] ??= 'This substance is named twice. Put it into one line.'
    }
  })
  const entries = [...(alcohol ? [alcohol] : []), ...others]
  if ((state === 'none' || state === 'unknown') && entries.length > 0) {
    errors.state = 'Something is filled in below. Choose “Something was used”, or take it away.'
  }
  if (state === 'used' && entries.length === 0 && Object.keys(errors).length === 0) {
    errors['standard-drinks'] = 'Enter what was used below. If the amount is not known, tick that.'
  }
  if (Object.keys(errors).length > 0) return { ok: false, errors }
  return { ok: true, value: { state: state as DayState, entries } }
}

function alcoholOf(
  typed: Typed,
  gramsPerDrink: number,
  errors: Record<string, string>,
): UseEntry | undefined {
  const direct = figureOf(typed, 'standard-drinks')
  const lines = DRINK_KINDS.flatMap(({ kind, volumeMl, percent }): DrinkLine[] => {
    const count = within(typed, `${kind}-count`, 0.1, MOST_DRINKS, errors)
    if (count === undefined) return []
    return [
      {
        kind,
        count,
        volumeMl: within(typed, `${kind}-ml`, 5, 5_000, errors) ?? volumeMl,
        percent: within(typed, `${kind}-percent`, 0.1, 96, errors) ?? percent,
      },
    ]
  })
  const unsure = textOf(typed, 'alcohol-unsure') === 'yes'
  if (direct === undefined && lines.length === 0) {
    return unsure ? { substance: 'alcohol', grams: null, drinks: [] } : undefined
  }
  if (unsure) {
    errors['alcohol-unsure'] = 'An amount is filled in as well. Keep the one that is true.'
    return undefined
  }
  if (direct !== undefined && lines.length > 0) {
    errors['standard-drinks'] = 'Fill in either this number or the drinks below, not both.'
    return undefined
  }
  if (direct !== undefined) {
    const drinks = within(typed, 'standard-drinks', 0.1, MOST_DRINKS, errors)
    return drinks === undefined
      ? undefined
      : { substance: 'alcohol', grams: Math.round(drinks * gramsPerDrink * 100) / 100, drinks: [] }
  }
  const grams = gramsOfDrinks(lines)
  if (grams > MOST_GRAMS) {
    errors[`${lines[0]!.kind}-count`] ??=
      `Together this is ${Math.round(grams)} g of pure alcohol, more than a person survives. Check number, volume and strength.`
  }
  return { substance: 'alcohol', grams, drinks: lines }
}

function otherOf(typed: Typed, row: number, errors: Record<string, string>): UseEntry | undefined {
  const code = textOf(typed, `other-${row}`)
  const amount = within(typed, `other-${row}-amount`, 0.01, 10_000, errors)
  if (code === '') {
    if (amount !== undefined) errors[`other-${row}`] = 'Choose what this amount was of.'
    return undefined
  }
  const known = SUBSTANCES.find((one) => one.code === code)?.code
  if (!known || known === 'alcohol') {
    errors[`other-${row}`] = 'Choose one of the list.'
    return undefined
  }
  const unit = AMOUNT_UNITS.find((one) => one === textOf(typed, `other-${row}-unit`)) ?? null
  if (amount !== undefined && unit === null) errors[`other-${row}-unit`] = 'Choose what the number counts.'
  return { substance: known, amount: amount ?? null, unit: amount === undefined ? null : unit }
}

function within(
  typed: Typed,
  name: string,
  least: number,
  most: number,
  errors: Record<string, string>,
): number | undefined {
  const figure = figureOf(typed, name)
  if (figure === undefined) return undefined
  if (figure >= least && figure <= most) return figure
  errors[name] = `Enter a number from ${least} to ${most}, or leave it empty.`
  return undefined
}

/**
 * A told day as the form shows it, for changing it. Sent back unchanged it says the same: a number of drinks carries as
 * many decimals as the form takes.
 */
export function toFormValues(day: ToldDay, gramsPerDrink: number): Record<string, string> {
  const values: Record<string, string> = { state: day.state }
  let row = 0
  for (const entry of day.entries) {
    if (entry.substance !== 'alcohol') {
      row += 1
      values[`other-${row}`] = entry.substance
      if (entry.amount !== null) values[`other-${row}-amount`] = String(entry.amount)
      if (entry.unit) values[`other-${row}-unit`] = entry.unit
    } else if (entry.grams === null) {
      values['alcohol-unsure'] = 'yes'
    } else if (entry.drinks.length === 0) {
      values['standard-drinks'] = String(Math.round((entry.grams / gramsPerDrink) * 10_000) / 10_000)
    } else {
      for (const line of entry.drinks) {
        values[`${line.kind}-count`] = String(line.count)
        values[`${line.kind}-ml`] = String(line.volumeMl)
        values[`${line.kind}-percent`] = String(line.percent)
      }
    }
  }
  return values
}
