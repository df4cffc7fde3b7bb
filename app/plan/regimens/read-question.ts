import { type AbsorbedRoute, type Model, modelById } from '@evenkeel/pharmacokinetics'
import { MOST_WORK, mostPeople, workOf } from './question-work.ts'
import {
  beyondTheForm,
  type FieldValues,
  MOST_REGIMENS,
  MOST_ROWS,
  type RowField,
  regimenField,
  rowField,
  usedRegimens,
  usedRows,
} from './regimen-fields.ts'
import type {
  AskedPeople,
  AskedRegimen,
  DoseRoute,
  DoseRow,
  DoseUnit,
  DrugForm,
  RegimenQuestion,
} from './regimen-question.ts'
import { rowEndMin } from './regimen-question.ts'

/** Most doses of a regimen after repeating: each is a piece of every drawn person's curve. */
const MOST_DOSES = 24

export const FIELD_DEFAULTS: FieldValues = {
  who: 'person',
  n: '1000',
  seed: '1',
  effect: 'default',
  until: '240',
}

export type ReadQuestion =
  | { readonly ok: true; readonly question: RegimenQuestion }
  | { readonly ok: false; readonly errors: Readonly<Record<string, string>> }

type Limits = { readonly least: number; readonly most: number; readonly whole?: true; readonly unit: string }

/**
 * Which drug may be asked of a model. One of esketamine may be asked about racemate, as the comparison of all models does,
 * with its caution that R is taken to behave as S does; one of racemate alone says nothing of either half.
 */
export function drugFormsOf(model: Model): readonly DrugForm[] {
  return model.analyte === 'racemic ketamine' ? ['racemate'] : ['racemate', 'esketamine']
}

/**
 * Reads a form of the workbench into a question that can be computed, or says field by field what is wrong. Everything
 * that a link may hold is answered: no text makes it throw.
 *
 * @param values what was typed, with `FIELD_DEFAULTS` where nothing was
 * @param query the whole address, to see what the form has no room for
 */
export function readQuestion(values: FieldValues, query: URLSearchParams): ReadQuestion {
  const errors: Record<string, string> = {}
  const wrong = (field: string, words: string) => {
    errors[field] ??= words
  }

  const number = (field: string, limits: Limits): number => {
    const text = values[field]
    if (text === undefined) {
      wrong(field, 'Write a number.')
      return Number.NaN
    }
    if (/^-\s*[\d.,]+$/.test(text)) {
      wrong(field, `${text} is below 0. Write ${limits.least} or more.`)
      return Number.NaN
    }
    if (!/^\d{1,10}([.,]\d{1,6})?$/.test(text)) {
      wrong(field, `“${text}” is not a number here. Write it in figures, for example 0.5.`)
      return Number.NaN
    }
    const value = Number(text.replace(',', '.'))
    if (limits.whole && !Number.isInteger(value)) {
      wrong(field, `${text} is not a whole number.`)
      return Number.NaN
    }
    if (value < limits.least || value > limits.most) {
      wrong(field, `${text} is outside ${limits.least} to ${limits.most} ${limits.unit}.`.replace(' .', '.'))
      return Number.NaN
    }
    return value
  }
  const oneOf = <Value extends string>(field: string, choices: readonly Value[]): Value => {
    const found = choices.find((choice) => choice === values[field])
    if (found === undefined) wrong(field, 'Choose one of the list.')
    return found ?? choices[0]!
  }

  const tooMany = beyondTheForm(query)
  if (tooMany !== undefined) {
    wrong(
      'r1-name',
      `The link holds ${tooMany}; at most ${MOST_REGIMENS} regimens with ${MOST_ROWS} rows each are compared. More doses of one kind go into one row, repeated.`,
    )
  }
  const people = readPeople()
  const n = number('n', { least: 200, most: 5000, whole: true, unit: 'people' })
  const seed = number('seed', { least: 0, most: 4_294_967_295, whole: true, unit: '' })
  const effectSite = oneOf('effect', ['default', 'fast'] as const)
  const thresholdNgPerMl =
    values.threshold === undefined
      ? undefined
      : number('threshold', { least: 0.1, most: 10_000, unit: 'ng/mL' })
  const untilMin = number('until', { least: 30, most: 1440, whole: true, unit: 'minutes' })
  const asked = usedRegimens(values)
  if (asked.length === 0) wrong('r1-d1-amount', 'Write at least one dose.')
  const regimens = asked.map(readRegimen)

  if (Object.keys(errors).length === 0) {
    const last = Math.max(...regimens.flatMap(({ rows }) => rows.map(rowEndMin)))
    if (last > untilMin) wrong('until', `The last dose ends at minute ${last}. Show at least until then.`)
    const size = { regimens, n, untilMin }
    if (workOf(size) > MOST_WORK) {
      const doses = regimens.reduce(
        (sum, { rows }) => sum + rows.reduce((own, { times }) => own + times, 0),
        0,
      )
      wrong(
        'n',
        `${n} people over ${untilMin} minutes with ${doses} doses in ${regimens.length} regimens is more than this page computes. Take at most ${mostPeople(size)} people, or fewer minutes or doses.`,
      )
    }
  }
  if (Object.keys(errors).length > 0) return { ok: false, errors }
  return { ok: true, question: { people, n, seed, effectSite, thresholdNgPerMl, untilMin, regimens } }

  function readPeople(): AskedPeople {
    if (oneOf('who', ['person', 'people'] as const) === 'person') {
      if (values.weight === undefined) wrong('weight', 'Without a weight there is no curve. Write it in kg.')
      return {
        kind: 'person',
        weightKg: number('weight', { least: 20, most: 400, unit: 'kg' }),
        ageYears:
          values.age === undefined ? undefined : number('age', { least: 1, most: 120, unit: 'years' }),
        sex: values.sex === undefined ? undefined : oneOf('sex', ['female', 'male'] as const),
      }
    }
    const kg = { least: 20, most: 400, unit: 'kg' }
    const years = { least: 1, most: 120, whole: true, unit: 'years' } as const
    const weightKg = {
      mean: number('meanWeight', kg),
      sd: number('sdWeight', { least: 0, most: 80, unit: 'kg' }),
      least: number('leastWeight', kg),
      most: number('mostWeight', kg),
    }
    const ageYears = { least: number('leastAge', years), most: number('mostAge', years) }
    if (weightKg.least > weightKg.mean) wrong('leastWeight', 'The least weight is above the mean.')
    if (weightKg.most < weightKg.mean) wrong('mostWeight', 'The largest weight is below the mean.')
    if (ageYears.most < ageYears.least) wrong('mostAge', 'This is below the youngest age.')
    const womenPercent = values.women === undefined ? 50 : number('women', { least: 0, most: 100, unit: '%' })
    return { kind: 'people', weightKg, ageYears, womenPercent }
  }

  function readRegimen(place: number): AskedRegimen {
    const modelField = regimenField(place, 'model')
    const model = modelById(values[modelField] ?? '')
    if (!model) wrong(modelField, 'Choose a model of the list.')
    const drug = oneOf(regimenField(place, 'drug'), ['racemate', 'esketamine'] as const)
    if (model && !drugFormsOf(model).includes(drug)) {
      wrong(
        regimenField(place, 'drug'),
        'This model is of racemate. Choose racemate, or a model of esketamine.',
      )
    }
    const used = usedRows(values, place)
    if (used.length === 0) {
      wrong(rowField(place, 1, 'amount'), 'Write at least one dose, or empty the name of this regimen.')
    }
    const rows = used.map((row) => readRow(place, row, model))
    checkPump(place, used, rows)
    const doses = rows.reduce((sum, { times }) => sum + times, 0)
    if (doses > MOST_DOSES) {
      wrong(
        rowField(place, used[0]!, 'times'),
        `${doses} doses in one regimen; at most ${MOST_DOSES} are computed.`,
      )
    }
    const name = values[regimenField(place, 'name')] ?? `Regimen ${place}`
    return { place, name, model: model!, drug, rows }
  }

  function readRow(place: number, row: number, model: Model | undefined): DoseRow {
    const at = (field: RowField) => rowField(place, row, field)
    const route = oneOf<DoseRoute>(at('route'), [
      'infusion',
      'bolus',
      'rate',
      'im',
      'intranasal',
      'sublingual',
      'oral',
    ])
    const unit = oneOf<DoseUnit>(at('unit'), ['mg', 'mg/kg', 'mg/min', 'mg/kg/h'])
    const isRate = unit === 'mg/min' || unit === 'mg/kg/h'
    if (isRate !== (route === 'rate')) {
      wrong(
        at('unit'),
        route === 'rate'
          ? 'The rate of a pump is in mg/min or mg/kg/h.'
          : 'A dose is in mg or mg/kg. For mg/min choose the route “pump rate”.',
      )
    }
    if (model && !isInto(model, route)) {
      wrong(at('route'), `${model.title} has no such route. Choose another model or route.`)
    }
    if (values[at('amount')] === undefined) wrong(at('amount'), 'Write the amount, or empty the whole row.')
    const amount = number(at('amount'), {
      least: route === 'rate' ? 0 : 0.001,
      most: { mg: 2000, 'mg/kg': 20, 'mg/min': 100, 'mg/kg/h': 20 }[unit],
      unit,
    })
    const minutes = { least: 0, most: 1440, unit: 'minutes' }
    const atMin = values[at('at')] === undefined ? 0 : number(at('at'), minutes)
    if (route === 'infusion' && values[at('over')] === undefined) {
      wrong(at('over'), 'Over how many minutes? For a dose given at once choose the route “at once”.')
    }
    const overMin = route === 'infusion' ? number(at('over'), { ...minutes, least: 0.5 }) : 0
    const times =
      values[at('times')] === undefined
        ? 1
        : number(at('times'), { least: 1, most: MOST_DOSES, whole: true, unit: 'times' })
    if (route === 'rate' && times > 1) wrong(at('times'), 'A rate holds until the next; it is not repeated.')
    if (times > 1 && values[at('every')] === undefined) wrong(at('every'), 'After how many minutes again?')
    const everyMin = times > 1 ? number(at('every'), { ...minutes, least: 0.5 }) : 0
    return { route, amount, unit, atMin, overMin, times, everyMin }
  }

  function checkPump(place: number, used: readonly number[], rows: readonly DoseRow[]): void {
    const steps = rows
      .map((row, i) => ({ ...row, row: used[i]! }))
      .filter(({ route }) => route === 'rate')
      .sort((a, b) => a.atMin - b.atMin)
    for (const [i, step] of steps.entries()) {
      if (i > 0 && step.atMin === steps[i - 1]!.atMin) {
        wrong(rowField(place, step.row, 'at'), `Two rates begin at minute ${step.atMin}.`)
      }
    }
    const last = steps.at(-1)
    if (last && last.amount !== 0) {
      wrong(
        rowField(place, last.row, 'amount'),
        'When does the pump stop? Add a row with the rate 0 at that minute.',
      )
    }
  }
}

/** Whether the model knows this way into the body; all know the vein. */
function isInto(model: Model, route: DoseRoute): boolean {
  if (route === 'infusion' || route === 'bolus' || route === 'rate') return true
  return model.routes[route as AbsorbedRoute] !== undefined
}
