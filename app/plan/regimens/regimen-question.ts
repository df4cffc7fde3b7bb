import type { Dose, Model } from '@evenkeel/pharmacokinetics'

/** What is in the vial, film or spray. A model is of one or of both; milligrams are of base. */
export type DrugForm = 'racemate' | 'esketamine'

export type DoseRoute = 'infusion' | 'bolus' | 'rate' | 'im' | 'intranasal' | 'sublingual' | 'oral'
export type DoseUnit = 'mg' | 'mg/kg' | 'mg/min' | 'mg/kg/h'

/** One row of doses as it was asked for: not yet milligrams, because mg/kg waits for a weight. */
export type DoseRow = {
  readonly route: DoseRoute
  readonly amount: number
  readonly unit: DoseUnit
  readonly atMin: number
  /** Of an infusion. */
  readonly overMin: number
  /** How often it is given, and after how many minutes again. */
  readonly times: number
  readonly everyMin: number
}

export type AskedRegimen = {
  /** 1 to 4: where it stands on the form. */
  readonly place: number
  readonly name: string
  readonly model: Model
  readonly drug: DrugForm
  readonly rows: readonly DoseRow[]
}

export type Sex = 'female' | 'male'

/** For whom: one person many times, or people drawn from a description. */
export type AskedPeople =
  | {
      readonly kind: 'person'
      readonly weightKg: number
      readonly ageYears: number | undefined
      readonly sex: Sex | undefined
    }
  | {
      readonly kind: 'people'
      readonly weightKg: {
        readonly mean: number
        readonly sd: number
        readonly least: number
        readonly most: number
      }
      readonly ageYears: { readonly least: number; readonly most: number }
      readonly womenPercent: number
    }

/** A whole question of the workbench, checked: everything in it can be computed within bounds. */
export type RegimenQuestion = {
  readonly people: AskedPeople
  readonly n: number
  readonly seed: number
  readonly effectSite: 'default' | 'fast'
  readonly thresholdNgPerMl: number | undefined
  /** Right edge of pictures and last minute of the file. */
  readonly untilMin: number
  readonly regimens: readonly AskedRegimen[]
}

/** When a row's last dose has been given. */
export function rowEndMin(row: DoseRow): number {
  return row.atMin + (row.times - 1) * row.everyMin + (row.route === 'infusion' ? row.overMin : 0)
}

/** Whether the milligrams depend on who gets them. */
export function countsByWeight(rows: readonly DoseRow[]): boolean {
  return rows.some(({ unit }) => unit === 'mg/kg' || unit === 'mg/kg/h')
}

/**
 * The doses of a person of this weight. All rates of a regimen are one pump: each holds until the next.
 *
 * @example dosesFor([{ route: 'infusion', amount: 0.5, unit: 'mg/kg', atMin: 0, overMin: 40, times: 1, everyMin: 0 }], 70)
 * // [{ route: 'iv-infusion', startMin: 0, durationMin: 40, doseMg: 35 }]
 */
export function dosesFor(rows: readonly DoseRow[], weightKg: number): Dose[] {
  const doses: Dose[] = []
  const steps: { atMin: number; mgPerMin: number }[] = []
  for (const { route, amount, unit, atMin, overMin, times, everyMin } of rows) {
    if (route === 'rate') {
      steps.push({ atMin, mgPerMin: unit === 'mg/kg/h' ? (amount * weightKg) / 60 : amount })
      continue
    }
    const doseMg = unit === 'mg/kg' ? amount * weightKg : amount
    for (let k = 0; k < times; k += 1) {
      const at = atMin + k * everyMin
      if (route === 'infusion') {
        doses.push({ route: 'iv-infusion', startMin: at, durationMin: overMin, doseMg })
      } else if (route === 'bolus') doses.push({ route: 'iv-bolus', atMin: at, doseMg })
      else doses.push({ route, atMin: at, doseMg })
    }
  }
  if (steps.length > 0) {
    doses.push({ route: 'iv-rate', steps: steps.sort((a, b) => a.atMin - b.atMin) })
  }
  return doses
}
