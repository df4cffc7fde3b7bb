export type SuitabilityId =
  | 'under-18'
  | 'pregnant'
  | 'psychosis'
  | 'mania'
  | 'dissociative'
  | 'dementia'
  | 'vessels'
  | 'heart'
  | 'liver-bladder'
  | 'eye-or-skull-pressure'
  | 'sleep-apnea'
  | 'nobody-to-fetch'
  | 'ketamine'

/**
 * What usually stands against treatment here, said before somebody asks. It informs and never stops a request:
 * the prescriber decides later, with the person, from facts. The limits follow the United States labels of
 * ketamine and esketamine and the exclusions of the addiction trials; where those only advise caution, we say so.
 */
export type SuitabilityItem = {
  readonly id: SuitabilityId
  readonly words: string
  /**
   * `not-here`: we would say no while this holds. `look-first`: a prescriber has to look before anything else. `not-that-day`: it only
   * makes a dose wait.
   */
  readonly weight: 'not-here' | 'look-first' | 'not-that-day'
  readonly why: string
  readonly instead: string
}

export const SUITABILITY: readonly SuitabilityItem[] = [
  {
    id: 'under-18',
    words: 'Younger than 18',
    weight: 'not-here',
    why: 'Neither drug is approved below 18, and the addiction trials included adults only.',
    instead: 'A pediatrician or a service for young people can help now.',
  },
  {
    id: 'pregnant',
    words: 'Pregnant, trying to be, or breastfeeding',
    weight: 'not-here',
    why: 'Ketamine may harm an unborn child and passes into milk.',
    instead:
      'Your obstetrician or midwife can help now, also with opioid or alcohol use. Please do not stop suddenly on your own.',
  },
  {
    id: 'psychosis',
    words: 'Psychosis, now or in the past',
    weight: 'not-here',
    why: 'Hearing or seeing things others do not, or schizophrenia: ketamine can bring this back or make it worse.',
    instead: 'A psychiatrist can treat both this and the use of substances.',
  },
  {
    id: 'mania',
    words: 'Mania at the moment',
    weight: 'not-here',
    why: 'Very little sleep with very much drive, or diagnosed mania: ketamine can push it further.',
    instead: 'Once your mood has settled we can look again, together with whoever treats you.',
  },
  {
    id: 'dissociative',
    words: 'Often feeling cut off from oneself (a dissociative disorder)',
    weight: 'not-here',
    why: 'Ketamine does the same for an hour, and may leave more of it.',
    instead: 'A therapist who knows dissociation can help now.',
  },
  {
    id: 'dementia',
    words: 'Dementia',
    weight: 'not-here',
    why: 'Ketamine clouds thinking for a time, and the trials left out people with dementia.',
    instead: 'A doctor who knows memory problems can say what is safe.',
  },
  {
    id: 'vessels',
    words: 'An aneurysm, a malformed vessel, or a bleed in the brain in the past',
    weight: 'not-here',
    why: 'Ketamine raises blood pressure for an hour or two. A weak vessel may not bear that.',
    instead: 'There are medicines for addiction that do not raise blood pressure; ask your doctor.',
  },
  {
    id: 'heart',
    words:
      'Heart attack, stroke or head injury in the last six months, or high blood pressure that is not treated',
    weight: 'look-first',
    why: 'The rise of blood pressure has to be safe for your heart and brain first.',
    instead: 'Often this means waiting, or treating the blood pressure first.',
  },
  {
    id: 'liver-bladder',
    words: 'Severe liver disease, bladder pain or blood in the urine',
    weight: 'look-first',
    why: 'Ketamine can strain the liver and the bladder.',
    instead: 'We would need tests first, and may have to say no.',
  },
  {
    id: 'eye-or-skull-pressure',
    words: 'High pressure in the eye (glaucoma) or in the skull',
    weight: 'look-first',
    why: 'Ketamine may raise both.',
    instead: 'An eye doctor or a neurologist would have to say first whether it is safe.',
  },
  {
    id: 'sleep-apnea',
    words: 'Severe sleep apnea (breathing that stops during sleep)',
    weight: 'look-first',
    why: 'In somebody drowsy the airway can close.',
    instead: 'We would need to know first how it is treated.',
  },
  {
    id: 'ketamine',
    words: 'Regular use of ketamine or PCP, or an allergy to ketamine',
    weight: 'not-here',
    why: 'With an allergy it is dangerous, and with regular use it can feed the habit it should treat.',
    instead: 'We can still talk, and help you find treatment that works without it.',
  },
  {
    id: 'nobody-to-fetch',
    words: 'Nobody who could fetch you after a dose',
    weight: 'not-that-day',
    why: 'After ketamine nobody leaves here alone, or drives before the next day.',
    instead: 'We think with you about who could come.',
  },
]

/** The items somebody ticked; "none" and "unsure" are no items. */
export function tickedItems(ids: readonly string[]): readonly SuitabilityItem[] {
  return SUITABILITY.filter((item) => ids.includes(item.id))
}
