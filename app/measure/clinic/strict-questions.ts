import { isSmall } from '../../platform/disclosure.ts'
import type { ChangeCounts } from '../dataset/result-queries.server.ts'

/**
 * Which questions of one instrument, and whether the table of where people stand, may be told to who does not treat people
 * here. Everything told of them is a sum of cells: people who stand at the same place and answer the told questions alike.
 * When every cell holds nobody or at least ten, so does whatever can be added and subtracted. Questions are taken in their
 * order, so the first keeps its place.
 *
 * @param answerOf how people who share a pair answer a question, in one word
 */
export function openTogether<Question>(
  questions: readonly Question[],
  counts: readonly ChangeCounts[],
  answerOf: (question: Question, count: ChangeCounts) => string,
): { readonly standing: boolean; readonly questions: ReadonlySet<Question> } {
  const standing = holds(counts, ({ state }) => state)
  // Without the table those who are due stand together, and nothing is told of the others.
  const placed = standing ? counts : counts.filter(({ state }) => state !== 'not-yet')
  const open: Question[] = []
  for (const question of questions) {
    const asked = [...open, question]
    const cellOf = (count: ChangeCounts) =>
      [standing ? count.state : '', ...asked.map((one) => answerOf(one, count))].join(' ')
    if (holds(placed, cellOf)) open.push(question)
  }
  return { standing, questions: new Set(open) }
}

/** Whether every cell holds nobody or at least ten. */
function holds(counts: readonly ChangeCounts[], cellOf: (count: ChangeCounts) => string): boolean {
  const cells = new Map<string, number>()
  for (const count of counts) {
    const cell = cellOf(count)
    cells.set(cell, (cells.get(cell) ?? 0) + count.people)
  }
  return ![...cells.values()].some(isSmall)
}
