import type { ConsentChange } from '../../plan/index.ts'

/** Where the record of it is kept: such a line is no entry of the session's log. */
export const CONSENT_SOURCE = 'Record of consents'

/** Consent taken back, or signed again, as a line beside the log says it: a title and the documents. */
export function consentChangeWords({ what, titles }: Pick<ConsentChange, 'what' | 'titles'>): {
  readonly title: string
  readonly text: string
} {
  const title =
    what === 'taken-back' ? 'Consent to dosing was taken back' : 'Consent to dosing was signed again'
  return { title, text: titles.join('; ') }
}
