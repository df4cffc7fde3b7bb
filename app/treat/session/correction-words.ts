import { eventWords } from './event-words.ts'
import { byBedsideTime, withFigures } from './session.ts'
import type { SessionEvent } from './session-event.ts'

/**
 * What a correction sets right: which entry, who wrote it, from what to what. Who corrected it and why stands with the correction.
 *
 * @param events the whole log, in any order
 * @returns undefined for every other entry; of an entry that is not in the log only that it is not
 * @example correctionWords(correction, events, words) // "Entry of 10:31 by Tom Vale: Infusion stopped: 3.8 mg given → Infusion stopped: 4.1 mg given"
 */
export function correctionWords(
  event: SessionEvent,
  events: readonly SessionEvent[],
  { time, name }: { readonly time: (instant: string) => string; readonly name: (account: string) => string },
): string | undefined {
  if (event.kind !== 'correction') return undefined
  const of = events.find(({ id }) => id === event.data.of)
  if (!of) return 'Of an entry that is not in this log'
  const earlier = events
    .filter((each) => each.kind === 'correction' && each.data.of === of.id && byBedsideTime(each, event) < 0)
    .sort(byBedsideTime)
    .at(-1)
  const before = eventWords(earlier?.kind === 'correction' ? withFigures(of, earlier.data.figures) : of)
  const after = eventWords(withFigures(of, event.data.figures))
  const changes = [
    ...(before.title === after.title ? [] : [`${before.title} → ${after.title}`]),
    ...(before.text === after.text ? [] : [`${before.text ?? 'nothing'} → ${after.text ?? 'nothing'}`]),
  ]
  const what = changes.length > 0 ? changes.join('; ') : `${before.title}, kept as it was`
  return `Entry of ${time(of.at)} by ${name(of.by)}: ${what}`
}
