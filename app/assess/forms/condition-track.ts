/**
 * What somebody is treated for, as far as it decides which forms are asked. One person has one track at a time; what
 * else troubles them is asked by the forms themselves.
 */
export const TRACKS = [
  { id: 'alcohol', title: 'Alcohol' },
  { id: 'opioids', title: 'Opioids' },
  { id: 'cocaine', title: 'Cocaine' },
  { id: 'methamphetamine', title: 'Methamphetamine and other stimulants' },
  { id: 'cannabis', title: 'Cannabis' },
  { id: 'nicotine', title: 'Nicotine' },
  { id: 'benzodiazepines', title: 'Benzodiazepines and sleeping pills' },
  { id: 'gambling', title: 'Gambling' },
  { id: 'gaming', title: 'Gaming' },
  { id: 'depression', title: 'Depression' },
  { id: 'trauma', title: 'Trauma' },
  { id: 'compulsion', title: 'Obsessions and compulsions' },
  { id: 'other', title: 'Something else, or not clear yet' },
] as const

export type TrackId = (typeof TRACKS)[number]['id']

/** When in a treatment forms are asked. */
export const PHASES = [
  {
    id: 'intake',
    title: 'Intake',
    lead: 'The person answers these on their own, after the questions about health.',
  },
  { id: 'baseline', title: 'Before the first session', lead: 'Asked once at the visits before treatment.' },
  { id: 'before-dose', title: 'Day of a session, before the dose', lead: 'Short: the person is waiting.' },
  {
    id: 'after-dose',
    title: 'Day of a session, at the peak',
    lead: 'Rated while the effect is strongest.',
  },
  {
    id: 'before-leaving',
    title: 'Day of a session, before going home',
    lead: 'What must be settled before somebody leaves.',
  },
  { id: 'next-day', title: 'Day after a session', lead: 'What changed within a day.' },
  { id: 'weekly', title: 'Every week', lead: 'In the weeks of sessions.' },
  { id: 'monthly', title: 'Every month', lead: 'In the months after.' },
  { id: 'quarterly', title: 'At 3, 6 and 12 months', lead: 'The long view.' },
] as const

export type PhaseId = (typeof PHASES)[number]['id']

export function isTrack(text: unknown): text is TrackId {
  return TRACKS.some(({ id }) => id === text)
}

export function isPhase(text: unknown): text is PhaseId {
  return PHASES.some(({ id }) => id === text)
}

/** Bipolar depression is asked about with the forms of depression. */
const trackOfTopic = (topic: string) => (topic === 'bipolar' ? 'depression' : topic)

/**
 * The track of a request by what it names: the first thing that has a track of its own.
 *
 * @param topics as chosen in the request, in the order of its list
 */
export function trackOfTopics(topics: readonly string[]): TrackId {
  return topics.map(trackOfTopic).find(isTrack) ?? 'other'
}
