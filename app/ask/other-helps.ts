import type { DeclineReason } from './request-events.ts'

/**
 * Where else somebody can turn who is declined here: public and free to ask, in the United States. Data, not text: each says
 * where it comes from, and a clinic must check all of them.
 */
export type OtherHelp = {
  readonly id: string
  readonly name: string
  readonly what: string
  readonly href: string
  readonly label: string
  readonly source: string
}

export const OTHER_HELPS: readonly OtherHelp[] = [
  {
    id: 'samhsa',
    name: 'SAMHSA National Helpline',
    what: 'Finds treatment near you, day and night, free, in English and Spanish.',
    href: 'tel:+18006624357',
    label: 'Call 800-662-4357',
    source: 'samhsa.gov/find-help',
  },
  {
    id: 'findtreatment',
    name: 'FindTreatment.gov',
    what: 'The public list of places that treat the use of substances and mental health, by town and by payment.',
    href: 'https://findtreatment.gov/',
    label: 'findtreatment.gov',
    source: 'findtreatment.gov',
  },
  {
    id: 'lifeline',
    name: '988 Suicide and Crisis Lifeline',
    what: 'Somebody to talk with now, by call or text, day and night.',
    href: 'tel:988',
    label: 'Call 988',
    source: '988lifeline.org',
  },
  {
    id: 'health-center',
    name: 'Find a Health Center',
    what: 'Public health centers, which see people whatever they can pay.',
    href: 'https://findahealthcenter.hrsa.gov/',
    label: 'findahealthcenter.hrsa.gov',
    source: 'hrsa.gov',
  },
  {
    id: 'quitline',
    name: 'Quit line for tobacco and nicotine',
    what: 'Free coaching by telephone, and in many states free medicine.',
    href: 'tel:+18007848669',
    label: 'Call 800-784-8669',
    source: 'smokefree.gov',
  },
]

/** Which helps are proposed for a reason; whoever declines may choose others. Nothing is proposed to what was no person. */
const PROPOSED: Readonly<Record<DeclineReason, readonly string[]>> = {
  'not-suitable': ['samhsa', 'findtreatment', 'lifeline'],
  'needs-other-care': ['samhsa', 'findtreatment', 'health-center', 'lifeline'],
  'not-offered': ['findtreatment', 'samhsa', 'health-center'],
  'not-reached': ['samhsa', 'lifeline'],
  withdrawn: ['samhsa', 'lifeline'],
  'not-genuine': [],
}

/**
 * The helps that go with a refusal: those that were chosen, or, when nothing was chosen, those proposed for the reason.
 *
 * @param chosen ids; unknown ones are left out
 */
export function helpsFor(reason: DeclineReason, chosen: readonly string[]): readonly OtherHelp[] {
  const ids = chosen.length > 0 ? chosen : PROPOSED[reason]
  return OTHER_HELPS.filter((help) => ids.includes(help.id))
}
