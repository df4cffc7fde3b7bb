import type { Language } from '../platform/language.ts'
import type { SafetyAnswer } from './request.ts'

export type HelpLineId = 'emergency' | 'lifeline' | 'poison' | 'samhsa'

/**
 * Where to turn at once, in the United States. Data, not text: numbers change, so each says where it comes from.
 * A line whose number could not be found the same in two places is left out; a clinic must check all of them.
 */
export type HelpLine = {
  readonly id: HelpLineId
  readonly name: string
  readonly what: string
  readonly number: string
  readonly callHref: string
  readonly textHref?: string
  /** Where a word has to be sent to be answered in a language. */
  readonly textHrefIn?: Partial<Readonly<Record<Language, string>>>
  readonly source: string
}

export const HELP_LINES: readonly HelpLine[] = [
  {
    id: 'emergency',
    name: 'Emergency',
    what: 'Somebody may die, is badly hurt, cannot be woken, has a seizure, or is in danger from another person.',
    number: '911',
    callHref: 'tel:911',
    source: 'national emergency number',
  },
  {
    id: 'lifeline',
    name: 'Suicide and Crisis Lifeline',
    what: 'Talk with somebody now, day or night, free. You do not have to be sure. Veterans press 1, Spanish press 2.',
    number: '988',
    callHref: 'tel:988',
    textHref: 'sms:988',
    textHrefIn: { es: 'sms:988?&body=AYUDA' },
    source: '988lifeline.org',
  },
  {
    id: 'poison',
    name: 'Poison Help',
    what: 'Too much of something, or the wrong mix, and the person is awake.',
    number: '800-222-1222',
    callHref: 'tel:+18002221222',
    source: 'poisonhelp.hrsa.gov',
  },
  {
    id: 'samhsa',
    name: 'National Helpline for treatment',
    what: 'Finds treatment near you, day or night, free and confidential.',
    number: '800-662-4357',
    callHref: 'tel:+18006624357',
    source: 'samhsa.gov/find-help',
  },
]

function helpLine(id: HelpLineId): HelpLine {
  const found = HELP_LINES.find((line) => line.id === id)
  if (!found) throw new Error(`there is no help line ${id}`)
  return found
}

/** Whom to call now, the first first: in danger the emergency number, otherwise somebody to talk with. */
export function linesFor(safety: SafetyAnswer): readonly HelpLine[] {
  const ids: readonly HelpLineId[] =
    safety === 'danger-now' ? ['emergency', 'lifeline', 'poison'] : ['lifeline', 'emergency']
  return ids.map(helpLine)
}
