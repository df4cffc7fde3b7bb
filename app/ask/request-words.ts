import { type RequestAnswers, SAFETY_ANSWERS, SUITABLE_TIMES, TOPICS, wordsOf } from './request.ts'
import type { StepId } from './request-form.ts'
import { suitabilityWords } from './suitability.ts'

/** One answer as its writer reads it again; undefined when nothing was said. */
export type AnswerLine = {
  readonly step: StepId
  readonly question: string
  readonly answer: string
}

const NOT_SAID = 'nothing said'

/** Everything said, in the order of the pages and in whole words, for the check page. */
export function answersInWords(answers: RequestAnswers): readonly AnswerLine[] {
  const line = (step: StepId, question: string, answer: string | undefined): AnswerLine => ({
    step,
    question,
    answer: answer?.trim() || NOT_SAID,
  })
  return [
    line('who', 'Who it is for', answers.forWhom === 'self' ? 'For me' : 'For somebody else'),
    line('about', 'What it is about', topicWords(answers.topics).join('; ')),
    line('about', 'In your words', answers.words),
    line('safety', 'Danger', wordsOf(SAFETY_ANSWERS, answers.safety)),
    line('suitability', 'What applies', suitabilityWords(answers.suitability).join('; ')),
    line('reach', 'Name', answers.name),
    ...(answers.forWhom === 'other' ? [line('reach', 'Their name', answers.otherName)] : []),
    line('reach', 'E-mail', answers.email),
    line('reach', 'Telephone', answers.phone),
    line('times', 'When it is safe to reach you', answers.safeTimes),
    line('times', 'A message that says who we are', messageWords(answers.leaveMessage)),
    line('times', 'Times that suit', timeWords(answers.suits).join('; ')),
  ]
}

export function topicWords(topics: RequestAnswers['topics']): readonly string[] {
  return topics.map((id) => wordsOf(TOPICS, id))
}

export function timeWords(suits: RequestAnswers['suits']): readonly string[] {
  return suits.map((id) => wordsOf(SUITABLE_TIMES, id))
}

/** Not said is not a yes. */
export function messageWords(leaveMessage: RequestAnswers['leaveMessage']): string {
  if (leaveMessage === 'yes') return 'Yes, one may be left'
  return leaveMessage === 'no' ? 'No, leave none' : 'Not said: leave none'
}
