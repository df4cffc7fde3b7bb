import type { WeightBasis } from './basis-weight.ts'
import { CONCENTRATIONS_MG_PER_ML, type ConcentrationMgPerMl, type DoseChoice } from './dose-arithmetic.ts'
import type { ChosenStep } from './infusion-arithmetic.ts'
import { RAISE_FACTS, type RaiseAnswers, type Told } from './raise-rule.ts'
import { ESKETAMINE_DEVICE } from './units-arithmetic.ts'

/** What the form of a protocol asks for: the same on the server and while somebody types. */
export type DoseForm = {
  readonly kind: DoseChoice['kind']
  /** Titles of the steps of an infusion, in order. */
  readonly steps: readonly string[]
  /** Of esketamine the device is not asked for. */
  readonly esketamine: boolean
}

export type ReadDose =
  | { readonly ok: true; readonly choice: DoseChoice }
  | { readonly ok: false; readonly errors: Readonly<Record<string, string>> }

/** The name of a field of one step: the first has the plain name. */
export function stepField(name: 'mgPerKg' | 'durationMin', step: number): string {
  return step === 0 ? name : `${name}${step + 1}`
}

/**
 * The dose as it was typed, or what to do about each field. Pure: the same on the server and in the browser, which
 * works the order out while somebody types.
 *
 * @param text what a field holds; empty where nothing was typed
 */
export function readDose(form: DoseForm, text: (name: string) => string): ReadDose {
  const errors: Record<string, string> = {}
  const figure = (name: string, message: string): number => {
    const typed = text(name).trim()
    if (/^\d{1,4}([.,]\d{1,3})?$/.test(typed)) return Number(typed.replace(',', '.'))
    errors[name] = message
    return Number.NaN
  }
  const choice = choiceOf(form, text, figure, errors)
  return Object.keys(errors).length > 0 ? { ok: false, errors } : { ok: true, choice }
}

function choiceOf(
  form: DoseForm,
  text: (name: string) => string,
  figure: (name: string, message: string) => number,
  errors: Record<string, string>,
): DoseChoice {
  if (form.kind === 'units') {
    const mg = figure('mg', 'Choose the dose.')
    const unitMg = form.esketamine
      ? ESKETAMINE_DEVICE.mg
      : figure('unitMg', 'Enter how many mg one of them holds, such as 50.')
    return { kind: 'units', mg, unitMg }
  }
  const concentration = text('concentrationMgPerMl')
  if (!CONCENTRATIONS_MG_PER_ML.map(String).includes(concentration))
    errors.concentrationMgPerMl = 'Choose the vial.'
  const concentrationMgPerMl = Number(concentration) as ConcentrationMgPerMl
  if (form.kind === 'at-once-mg') {
    return { kind: 'at-once-mg', mg: figure('mg', 'Choose the dose.'), concentrationMgPerMl }
  }
  const basis = text('weightBasis')
  if (!['actual', 'ideal', 'adjusted'].includes(basis))
    errors.weightBasis = 'Choose which weight the dose is counted from.'
  const weightBasis = basis as WeightBasis
  const dose = 'Enter the dose in mg/kg, such as 0.8.'
  if (form.kind === 'at-once-per-kg') {
    return { kind: 'at-once-per-kg', mgPerKg: figure('mgPerKg', dose), weightBasis, concentrationMgPerMl }
  }
  const steps = form.steps.map(
    (title, at): ChosenStep => ({
      title,
      mgPerKg: figure(stepField('mgPerKg', at), dose),
      durationMin: figure(stepField('durationMin', at), 'Enter the duration in minutes, such as 40.'),
    }),
  )
  const totalVolumeMl = figure('totalVolumeMl', 'Enter the whole volume the pump infuses, in mL, such as 50.')
  return { kind: 'infusion', steps, weightBasis, concentrationMgPerMl, totalVolumeMl }
}

/** What was answered about the last dose; undefined while a line is open. */
export function readRaise(text: (name: string) => string): RaiseAnswers | undefined {
  const told = RAISE_FACTS.map((fact) => [fact, text(`raise-${fact}`)] as const)
  const improvement = text('raise-improvement')
  const known = ['less-than-half', 'half-or-more', 'unknown']
  if (!known.includes(improvement)) return undefined
  if (told.some(([, answer]) => !['yes', 'no', 'unknown'].includes(answer))) return undefined
  return {
    ...(Object.fromEntries(told) as Record<(typeof RAISE_FACTS)[number], Told>),
    improvement: improvement as RaiseAnswers['improvement'],
  }
}
