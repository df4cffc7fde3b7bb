/** Subjects of the questions page, in the order a person meets them. */
export const questionGroupIds = [
  'before-you-ask',
  'the-day',
  'risks',
  'other-medicines',
  'money-and-law',
  'family-and-friends',
  'afterwards',
  'evidence',
] as const

export type QuestionGroupId = (typeof questionGroupIds)[number]

const titles: Readonly<Record<QuestionGroupId, string>> = {
  'before-you-ask': 'Before you ask',
  'the-day': 'The day of a session',
  risks: 'Risks',
  'other-medicines': 'Other medicines and other treatments',
  'money-and-law': 'Money, law and privacy',
  'family-and-friends': 'Family and friends',
  afterwards: 'Afterwards',
  evidence: 'Evidence',
}

/** Questions under one subject. */
export type QuestionGroup<Question> = {
  /** Anchor of the subject on the page. */
  readonly id: QuestionGroupId
  readonly title: string
  readonly questions: readonly Question[]
}

/**
 * Sorts questions under their subjects, in the order of the subjects and, within one, as they came. A subject
 * without a question is left out.
 *
 * @throws Error naming a question without a subject, because it would silently be missing from the page
 * @example groupQuestions([{ id: 'driving', group: 'the-day' }])[0]?.title // 'The day of a session'
 */
export function groupQuestions<Question extends { id: string; group?: QuestionGroupId | undefined }>(
  questions: readonly Question[],
): QuestionGroup<Question>[] {
  const lost = questions.find(({ group }) => group === undefined)
  if (lost !== undefined) throw new Error(`content/questions/${lost.id}.md names no group`)
  return questionGroupIds
    .map((id) => ({ id, title: titles[id], questions: questions.filter(({ group }) => group === id) }))
    .filter(({ questions }) => questions.length > 0)
}
