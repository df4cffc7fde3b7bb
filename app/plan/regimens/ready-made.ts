import { type FieldValues, ROW_FIELDS, regimenField, rowField } from './regimen-fields.ts'
import type { DoseRow, DrugForm } from './regimen-question.ts'

/** A regimen to start from: somebody's, with whose it is. To start from is not to be advised. */
export type ReadyMade = {
  readonly id: string
  readonly name: string
  readonly modelId: string
  readonly drug: DrugForm
  readonly rows: readonly DoseRow[]
  readonly source: string
}

const row = (given: Partial<DoseRow> & Pick<DoseRow, 'route' | 'amount' | 'unit'>): DoseRow => ({
  atMin: 0,
  overMin: 0,
  times: 1,
  everyMin: 0,
  ...given,
})
const infusion = (mgPerKg: number, overMin: number, atMin = 0) =>
  row({ route: 'infusion', amount: mgPerKg, unit: 'mg/kg', atMin, overMin })

const KAMP = 'kamp-2020-arterial'
const SPRAY = 'perez-ruixo-2021-venous'

export const READY_MADE: readonly ReadyMade[] = [
  {
    id: 'iv-0.5-40',
    name: '0.5 mg/kg over 40 min',
    modelId: KAMP,
    drug: 'racemate',
    rows: [infusion(0.5, 40)],
    source: 'most trials in depression, for example ELEKT-D (Anand 2023)',
  },
  {
    id: 'iv-0.75-45',
    name: '0.75 mg/kg over 45 min',
    modelId: KAMP,
    drug: 'racemate',
    rows: [infusion(0.75, 45)],
    source: 'for comparison; no trial is named for it here',
  },
  {
    id: 'iv-0.8-40',
    name: '0.8 mg/kg over 40 min',
    modelId: KAMP,
    drug: 'racemate',
    rows: [infusion(0.8, 40)],
    source: 'alcohol: KARE (Grabski 2022), weekly, three times',
  },
  {
    id: 'iv-0.71-52',
    name: '0.11 mg/kg over 2, then 0.60 over 50 min',
    modelId: KAMP,
    drug: 'racemate',
    rows: [infusion(0.11, 2), infusion(0.6, 50, 2)],
    source: 'alcohol: Dakwar 2020, once',
  },
  {
    id: 'im-0.5',
    name: '0.5 mg/kg into muscle',
    modelId: KAMP,
    drug: 'racemate',
    rows: [row({ route: 'im', amount: 0.5, unit: 'mg/kg' })],
    source: 'methamphetamine: a trial under way, without result yet',
  },
  {
    id: 'im-2',
    name: '2 mg/kg into muscle',
    modelId: KAMP,
    drug: 'racemate',
    rows: [row({ route: 'im', amount: 2, unit: 'mg/kg' })],
    source: 'heroin: Krupitsky 2002 and 2007, with psychotherapy in hospital',
  },
  {
    id: 'esk-56',
    name: 'Esketamine spray 56 mg',
    modelId: SPRAY,
    drug: 'esketamine',
    rows: [row({ route: 'intranasal', amount: 28, unit: 'mg', times: 2, everyMin: 5 })],
    source: 'label of esketamine nasal spray: two devices of 28 mg, 5 minutes apart',
  },
  {
    id: 'esk-84',
    name: 'Esketamine spray 84 mg',
    modelId: SPRAY,
    drug: 'esketamine',
    rows: [row({ route: 'intranasal', amount: 28, unit: 'mg', times: 3, everyMin: 5 })],
    source: 'label of esketamine nasal spray: three devices of 28 mg, 5 minutes apart',
  },
  {
    id: 'film-50',
    name: 'Esketamine film 50 mg',
    modelId: 'simons-2022-arterial',
    drug: 'esketamine',
    rows: [row({ route: 'sublingual', amount: 50, unit: 'mg' })],
    source: 'Simons 2022, in young healthy people',
  },
  {
    id: 'sl-25',
    name: '25 mg under the tongue',
    modelId: KAMP,
    drug: 'racemate',
    rows: [row({ route: 'sublingual', amount: 25, unit: 'mg' })],
    source: 'wafer of Rolan 2014, in healthy people',
  },
  {
    id: 'po-0.5',
    name: '0.5 mg/kg swallowed',
    modelId: KAMP,
    drug: 'racemate',
    rows: [row({ route: 'oral', amount: 0.5, unit: 'mg/kg' })],
    source: 'Grant 1981; this model gives about half of what was measured',
  },
]

/** A regimen's fields as they would be typed. */
export function regimenValues(
  place: number,
  regimen: Pick<ReadyMade, 'name' | 'modelId' | 'drug' | 'rows'>,
): FieldValues {
  const values: Record<string, string> = {
    [regimenField(place, 'name')]: regimen.name,
    [regimenField(place, 'model')]: regimen.modelId,
    [regimenField(place, 'drug')]: regimen.drug,
  }
  for (const [at, dose] of regimen.rows.entries()) {
    const typed = {
      route: dose.route,
      amount: String(dose.amount),
      unit: dose.unit,
      at: String(dose.atMin),
      over: dose.route === 'infusion' ? String(dose.overMin) : '',
      times: dose.times > 1 ? String(dose.times) : '',
      every: dose.times > 1 ? String(dose.everyMin) : '',
    }
    for (const field of ROW_FIELDS) {
      if (typed[field] !== '') values[rowField(place, at + 1, field)] = typed[field]
    }
  }
  return values
}

const readyMade = (id: string) => READY_MADE.find((ready) => ready.id === id)!

/** What a first visit shows: an invented person and two infusions, on which the models stand best. */
export const EXAMPLE: FieldValues = {
  who: 'person',
  weight: '70',
  age: '40',
  n: '1000',
  seed: '1',
  effect: 'default',
  threshold: '100',
  until: '240',
  ...regimenValues(1, readyMade('iv-0.5-40')),
  ...regimenValues(2, readyMade('iv-0.8-40')),
}

/**
 * The workbench for somebody who is about to get an order, beside an infusion of the trials. The link carries a weight, an age
 * in whole years and a sex, and neither name nor id: addresses are kept in histories and logs and are passed on, and the
 * figures need no more.
 *
 * @param dose `countedFrom` is the weight that the order counts its mg/kg from where it is not the actual one: then both doses are in mg of it,
 *   while the body on the curve keeps its actual weight
 */
export function orderLinkValues(
  person: {
    readonly weightKg: number | undefined
    readonly ageYears: number | undefined
    readonly sex: string | undefined
  },
  dose: {
    readonly mgPerKg: number
    readonly durationMin: number
    readonly countedFrom?: { readonly basis: 'ideal' | 'adjusted'; readonly weightKg: number }
  },
): FieldValues {
  const asked = [dose.mgPerKg, dose.durationMin] as const
  const beside = asked[0] === 0.5 && asked[1] === 40 ? ([0.8, 40] as const) : ([0.5, 40] as const)
  return {
    who: 'person',
    ...(person.weightKg === undefined ? {} : { weight: String(person.weightKg) }),
    ...(person.ageYears === undefined ? {} : { age: String(person.ageYears) }),
    ...(person.sex === 'female' || person.sex === 'male' ? { sex: person.sex } : {}),
    ...regimenValues(1, orderRegimen(asked)),
    ...regimenValues(2, orderRegimen(beside)),
  }

  function orderRegimen([mgPerKg, overMin]: readonly [number, number]) {
    const own = { modelId: KAMP, drug: 'racemate' } as const
    const { countedFrom } = dose
    if (!countedFrom) {
      return { ...own, name: `${mgPerKg} mg/kg over ${overMin} min`, rows: [infusion(mgPerKg, overMin)] }
    }
    const amount = Number((mgPerKg * countedFrom.weightKg).toFixed(2))
    return {
      ...own,
      name: `${amount} mg over ${overMin} min, ${mgPerKg} mg/kg of ${countedFrom.basis} weight`,
      rows: [row({ route: 'infusion', amount, unit: 'mg', overMin })],
    }
  }
}
