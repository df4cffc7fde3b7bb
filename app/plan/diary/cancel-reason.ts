/** Why a visit was cancelled; a person's own words stay out of the diary. */
export const CANCEL_REASONS = [
  { id: 'asked-by-patient', label: 'The person asked for it' },
  { id: 'not-fit', label: 'Not fit for a session that day' },
  { id: 'clinic', label: 'The clinic cannot offer it' },
  { id: 'consent-withdrawn', label: 'Consent was taken back' },
  { id: 'other', label: 'Another reason' },
] as const

export type CancelReason = (typeof CANCEL_REASONS)[number]['id']
