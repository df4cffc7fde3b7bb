/** The pages of the clinic's figures, in the order of the overview. */
export const TOPICS = [
  {
    id: 'use',
    title: 'First use, lapse, relapse',
    lead: 'How long it took, with those we lost sight of and why nobody knows more of them.',
  },
  {
    id: 'abstinence',
    title: 'Without use',
    lead: 'At round days, with people who did not answer counted in several ways, since nobody knows.',
  },
  {
    id: 'scores',
    title: 'Questionnaires before and after',
    lead: 'Response, remission and reliable change, as far as a source says what they are.',
  },
  {
    id: 'retention',
    title: 'Staying in touch',
    lead: 'How long people kept coming or answering.',
  },
  {
    id: 'craving',
    title: 'Craving',
    lead: 'What people said of the strongest urge of a day, week by week.',
  },
  {
    id: 'side-effects',
    title: 'What was noted in sessions',
    lead: 'Entries in the logs of sessions in which a dose was begun.',
  },
  {
    id: 'subgroups',
    title: 'By group',
    lead: 'Sex, age, what people were treated for, and when they came. Small groups swing, and many groups make one that stands out.',
  },
  {
    id: 'funnel',
    title: 'By clinician',
    lead: 'Whether anybody lies further from the common share than chance explains.',
  },
  {
    id: 'quarters',
    title: 'By calendar quarter',
    lead: 'The same share by the quarter of the first dose.',
  },
] as const

export type Topic = (typeof TOPICS)[number]
export type TopicId = Topic['id']

/** @returns undefined for an address that is none of ours */
export function topicById(id: string | undefined): Topic | undefined {
  return TOPICS.find((topic) => topic.id === id)
}
