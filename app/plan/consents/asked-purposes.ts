/** For what something would be given, as staff are asked. */
export const ASKED_PURPOSES = [
  { value: 'treatment', label: 'Treatment' },
  { value: 'payment', label: 'Payment' },
  { value: 'operations', label: 'Running the clinic' },
  { value: 'patient-request', label: 'The person asked for it' },
  { value: 'proceedings', label: 'A proceeding' },
  { value: 'other', label: 'Something else' },
] as const
