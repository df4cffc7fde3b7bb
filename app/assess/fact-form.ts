import { type Fact, type FactId, type FactKind, factValueSchemas, isYesNoKind } from './fact.ts'

/** How staff enter facts: groups of kinds, in the order of the page. Any of them may stay empty. */
export const FACT_GROUPS: readonly { readonly title: string; readonly kinds: readonly FactKind[] }[] = [
  {
    title: 'Measured',
    kinds: [
      'blood-pressure',
      'heart-rate-per-min',
      'spo2-percent',
      'weight-kg',
      'height-cm',
      'breath-alcohol',
    ],
  },
  {
    title: 'Tests and ratings',
    kinds: [
      'alt-times-uln',
      'ast-times-uln',
      'ciwa-ar',
      'cows',
      'suicide-risk-level',
      'ymrs',
      'stop-bang',
      'ecg',
      'pregnancy-test',
    ],
  },
  {
    title: 'Judged or asked by staff',
    kinds: [
      'consent-capacity',
      'psychosis',
      'psychosis-in-family',
      'mania-now',
      'bipolar-disorder',
      'mood-stabiliser',
      'dissociative-disorder-dementia-delirium',
      'aneurysm-or-vessel-malformation',
      'brain-haemorrhage',
      'pressure-rise-hazard',
      'recent-infarct-stroke-head-injury',
      'heart-disease-not-controlled',
      'raised-head-or-eye-pressure',
      'ketamine-reaction',
      'ketamine-use-disorder',
      'ketamine-days-per-week',
      'active-substance-problem',
      'bladder-symptoms',
      'bladder-worked-up',
      'moderate-liver-disease',
      'severe-liver-disease',
      'kidney-failure-porphyria-thyrotoxicosis',
      'sleep-apnoea-or-lung-disease',
      'withdrawal-seizure-or-delirium',
      'pregnancy-possible',
      'contraception-agreed',
      'breastfeeding',
      'intoxicated-now',
      'stimulant-last-24-h',
      'escort-named',
    ],
  },
]

export const FACT_FORM_KINDS: readonly FactKind[] = FACT_GROUPS.flatMap((group) => group.kinds)

/** Choices of kinds that are not a figure; undefined for figures. */
export function factChoices(kind: FactKind): readonly string[] | undefined {
  if (isYesNoKind(kind)) return ['yes', 'no', 'unknown']
  if (kind === 'ecg') return factValueSchemas.ecg.options
  if (kind === 'pregnancy-test') return factValueSchemas['pregnancy-test'].options
  return undefined
}

export type FactEntry = { readonly kind: FactKind; readonly value: Fact['value'] }

/**
 * Reads the staff's fact form. Empty fields are no facts; every filled one must be plausible.
 *
 * @param fields field name → typed text; blood pressure comes as `systolicMmHg` and `diastolicMmHg`
 * @returns the facts, or one message per field
 */
export function parseFactForm(
  fields: Readonly<Record<string, string | readonly string[] | undefined>>,
):
  | { readonly ok: true; readonly facts: readonly FactEntry[] }
  | { readonly ok: false; readonly errors: Readonly<Record<string, string>> } {
  const text = (name: string) => {
    const field = fields[name]
    return (typeof field === 'string' ? field : (field?.[0] ?? '')).trim()
  }
  const errors: Record<string, string> = {}
  const facts: FactEntry[] = []
  for (const kind of FACT_FORM_KINDS) {
    const candidate =
      kind === 'blood-pressure'
        ? text('systolicMmHg') || text('diastolicMmHg')
          ? { systolicMmHg: figure(text('systolicMmHg')), diastolicMmHg: figure(text('diastolicMmHg')) }
          : undefined
        : text(kind) === ''
          ? undefined
          : factChoices(kind)
            ? text(kind)
            : figure(text(kind))
    if (candidate === undefined) continue
    const checked = factValueSchemas[kind].safeParse(candidate)
    if (checked.success) facts.push({ kind, value: checked.data })
    else {
      for (const issue of checked.error.issues) {
        errors[issue.path.length > 0 ? String(issue.path[0]) : kind] ??= issue.message
      }
    }
  }
  if (Object.keys(errors).length > 0) return { ok: false, errors }
  if (facts.length === 0) return { ok: false, errors: { form: 'Enter at least one value.' } }
  return { ok: true, facts }
}

/** A decimal with point or comma; NaN for anything else. */
function figure(text: string): number {
  return /^\d{1,4}([.,]\d{1,4})?$/.test(text) ? Number(text.replace(',', '.')) : Number.NaN
}

/**
 * The id of one of several facts entered with one form: the form's key with its end replaced, so that sending the
 * form twice makes the same ids.
 */
export function factIdFrom(key: string, kind: FactKind): FactId {
  const place = FACT_FORM_KINDS.indexOf(kind)
  return `${key.slice(0, -4)}${place.toString(16).padStart(4, '0')}` as FactId
}
