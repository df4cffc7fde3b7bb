/** A number to call in the United States. Facts of the country, not of the clinic. */
export type HelpNumber = {
  readonly who: string
  readonly say: string
  readonly href: string
  readonly label: string
}

/** Beyond 988 and 911: each with what it is for. Gambling lines change and belong to the clinic's configuration. */
export const furtherNumbers: readonly HelpNumber[] = [
  {
    who: 'Veterans',
    say: 'Call 988, then press 1, or text 838255.',
    href: 'sms:838255',
    label: 'Text 838255',
  },
  { who: 'En español', say: 'Llame al 988 y marque el 2.', href: 'tel:988', label: '988' },
  {
    who: 'Where to find treatment',
    say: 'SAMHSA National Helpline, all hours, free, English and Spanish.',
    href: 'tel:+18006624357',
    label: '1-800-662-4357',
  },
  {
    who: 'Something poisonous',
    say: 'Poison Help, all hours. If they cannot be woken or do not breathe, call 911.',
    href: 'tel:+18002221222',
    label: '1-800-222-1222',
  },
]
