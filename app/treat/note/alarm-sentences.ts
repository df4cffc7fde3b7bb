import type { AlarmLife } from '../session/care.ts'
import { alarmCauseWords } from '../session/care-words.ts'
import type { DraftSentence } from './session-note.ts'

type Change = AlarmLife['changes'][number]

/** How a stretch of an alarm begins: each needs an answer of its own. */
const BEGINS: Readonly<Partial<Record<Change['change'], string>>> = {
  raised: 'alarm',
  'raised-again': 'alarm again',
  worsened: 'alarm became worse',
}

/**
 * Each life of each alarm in one sentence: when it was raised, raised again or became worse, after how many seconds somebody
 * acknowledged that, how far it was passed on, when it was over. An answer to an earlier life says nothing of a later one.
 */
export function alarmSentences(
  alarms: readonly AlarmLife[],
  { time, name }: { readonly time: (instant: string) => string; readonly name: (account: string) => string },
): DraftSentence[] {
  return alarms
    .flatMap(livesOf)
    .sort(({ changes: [a] }, { changes: [b] }) => (a!.at < b!.at ? -1 : a!.at > b!.at ? 1 : 0))
    .map(({ changes, next }) => {
      const [begun] = changes as [Change]
      const seconds = (to: string) => Math.round((Date.parse(to) - Date.parse(begun.at)) / 1000)
      const answer = changes.find(({ change }) => change === 'acknowledged')
      const over = changes.find(({ change }) => change === 'resolved')
      const step = Math.max(
        0,
        ...changes.map(({ change, ladderStep }) => (change === 'escalated' ? (ladderStep ?? 1) : 0)),
      )
      const said = [
        answer ? `acknowledged by ${name(answer.by)} after ${seconds(answer.at)} s` : 'never acknowledged',
        ...(step > 0 ? [`passed on to step ${step} of the ladder`] : []),
        over
          ? `over after ${seconds(over.at)} s`
          : next
            ? `${next.change === 'worsened' ? 'became worse' : 'raised again'} after ${seconds(next.at)} s`
            : 'not over',
      ]
      return {
        text: `${time(begun.at)} ${BEGINS[begun.change]}, ${alarmCauseWords(begun)}: ${said.join(', ')}.`,
        eventIds: changes.map(({ eventId }) => eventId),
      }
    })
}

/** An alarm's changes from each beginning up to the next one. */
function livesOf({ changes }: AlarmLife): { changes: readonly Change[]; next: Change | undefined }[] {
  const begins = changes.flatMap(({ change }, place) => (BEGINS[change] ? [place] : []))
  return begins.map((place, index) => {
    const until = begins[index + 1]
    return { changes: changes.slice(place, until), next: until === undefined ? undefined : changes[until] }
  })
}
