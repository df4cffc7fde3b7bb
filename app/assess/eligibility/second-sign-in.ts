type NotConfirmed = { readonly reason: 'no-match' } | { readonly reason: 'slowed'; readonly waitMs: number }

/**
 * What a page says when a second person could not be confirmed.
 *
 * @param who whose e-mail and password were wanted, such as "a prescriber"
 */
export function secondProblem(result: NotConfirmed, who: string): string {
  return result.reason === 'slowed'
    ? `Too many tries. Please wait ${Math.ceil(result.waitMs / 60_000)} minutes.`
    : `This is not the e-mail and password of ${who} here. Nothing was signed; what you wrote is kept.`
}
