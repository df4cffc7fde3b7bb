import { type NotConfirmed, notConfirmedWords } from '../../identity/index.ts'

/**
 * What a page says when a second person could not be confirmed.
 *
 * @param who whose e-mail and password were wanted, such as "a prescriber"
 */
export function secondProblem(result: NotConfirmed, who: string): string {
  return notConfirmedWords(
    result,
    `This is not the e-mail and password of ${who} here. Nothing was signed; what you wrote is kept.`,
  )
}
