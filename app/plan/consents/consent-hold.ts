import type { ConsentState } from './consent-document.ts'

type Missing = Pick<ConsentState, 'missing'>

/** Whether consent to the treatment itself was taken back and not signed again: then no order is written either. */
export function isTreatmentTakenBack({ missing }: Missing): boolean {
  return missing.some((m) => m.id === 'treatment' && m.why === 'withdrawn')
}

/**
 * Why nothing is given by an order though it is in force: a document that a dose needs was taken back, changed, or was
 * never signed. The worst is said first. Pure.
 *
 * @returns one sentence without its full stop; undefined when every document is signed in the version in force
 */
export function consentHold({ missing }: Missing): string | undefined {
  const said = HOLD_WORDS.flatMap(([why, words]) => {
    const titles = missing.filter((m) => m.why === why).map((m) => m.title)
    return titles.length > 0 ? `${words}: ${titles.join('; ')}` : []
  })
  return said.length > 0
    ? `${said.join('. ')}. Nothing is given by an order until ${missing.length === 1 ? 'it is' : 'they are'} signed`
    : undefined
}

const HOLD_WORDS = [
  ['withdrawn', 'Consent is taken back'],
  ['newer-version', 'Changed since it was signed'],
  ['never-signed', 'Not signed yet'],
] as const
