import { ageText } from './age-text.ts'
import { classNames } from './class-names.ts'

/**
 * The age of a value, for example `3 min ago`. Pure: the page says how old, this says it in words.
 *
 * @param ageMs time since the value was taken, in ms; undefined when not known
 * @param staleAfterMs from this age on the text is marked as old, in shape as well as colour
 */
export function Age({ ageMs, staleAfterMs }: { ageMs: number | undefined; staleAfterMs?: number }) {
  const stale = ageMs === undefined || (staleAfterMs !== undefined && ageMs >= staleAfterMs)
  return <span className={classNames('age', stale && 'age-stale')}>{ageText(ageMs)}</span>
}
