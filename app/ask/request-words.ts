import type { RequestAnswers } from './request.ts'
import type { StepId } from './request-form.ts'
import { tickedItems } from './suitability.ts'
import type { RequestWords } from './words/english.ts'
import { wordsIn } from './words/words-in.ts'

/** One answer as its writer reads it again; undefined when nothing was said. */
export type AnswerLine = {
  readonly step: StepId
  readonly question: string
  readonly answer: string
}

/** Everything said, in the order of the pages and in whole words, for the check page. */
export function answersInWords(
  answers: RequestAnswers,
  words: RequestWords = wordsIn.en,
): readonly AnswerLine[] {
  const { answers: said } = words
  const line = (step: StepId, question: string, answer: string | undefined): AnswerLine => ({
    step,
    question,
    answer: answer?.trim() || said.notSaid,
  })
  return [
    line('who', said.forWhom, answers.forWhom === 'self' ? said.self : said.other),
    line('about', said.topics, topicWords(answers.topics, words).join('; ')),
    line('about', said.words, answers.words),
    line('safety', said.danger, words.choices.safety[answers.safety].words),
    line('suitability', said.applies, suitabilityWords(answers.suitability, words).join('; ')),
    line('reach', said.name, answers.name),
    ...(answers.forWhom === 'other' ? [line('reach', said.otherName, answers.otherName)] : []),
    line('reach', said.email, answers.email),
    line('reach', said.phone, answers.phone),
    line('times', said.safeTimes, answers.safeTimes),
    line('times', said.message, messageWords(answers.leaveMessage, words)),
    line('times', said.suits, timeWords(answers.suits, words).join('; ')),
  ]
}

export function topicWords(topics: RequestAnswers['topics'], words = wordsIn.en): readonly string[] {
  return topics.map((id) => words.choices.topics[id]?.words ?? id)
}

export function timeWords(suits: RequestAnswers['suits'], words = wordsIn.en): readonly string[] {
  return suits.map((id) => words.choices.times[id]?.words ?? id)
}

/** Not said is not a yes. */
export function messageWords(leaveMessage: RequestAnswers['leaveMessage'], { answers } = wordsIn.en): string {
  if (leaveMessage === 'yes') return answers.messageYes
  return leaveMessage === 'no' ? answers.messageNo : answers.messageNotSaid
}

/** A request's suitability answer in words. */
export function suitabilityWords(ids: readonly string[], words = wordsIn.en): readonly string[] {
  if (ids.includes('none')) return [words.answers.none]
  const ticked = tickedItems(ids).map((item) => words.suitability[item.id].words)
  return ids.includes('unsure') ? [...ticked, words.answers.unsure] : ticked
}
