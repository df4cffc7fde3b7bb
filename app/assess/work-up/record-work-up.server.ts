import { personById } from '../../identity/index.server.ts'
import type { Command } from '../../platform/command.server.ts'
import type { PersonId } from '../../platform/ids.ts'
import { done, refused } from '../../platform/outcome.ts'
import { addMs, type Instant, MINUTE_MS } from '../../platform/time.ts'
import type { WorkUpEntry } from './work-up.ts'
import { recordWorkUp as recordWorkUpAction } from './work-up-access.ts'
import { WORK_UP_ITEMS } from './work-up-items.ts'
import { insertWorkUpEntry, workUpEntriesOf } from './work-up-queries.server.ts'

export type RecordWorkUp = {
  readonly id: WorkUpEntry['id']
  readonly personId: PersonId
  readonly itemId: string
  readonly outcome: WorkUpEntry['outcome']
  readonly happenedAt: Instant
  /** What was found, or what was said; asked for whenever something was not simply done. */
  readonly words?: string | undefined
  readonly usState?: string | undefined
}

const CLOCK_SLACK_MS = 5 * MINUTE_MS

/**
 * Writes down by hand that an item of the work-up was done, refused or is not needed, or takes that back. Items that
 * are shown by a fact, a test or a form take no tick: the thing itself is recorded.
 */
export const recordWorkUp: Command<
  RecordWorkUp,
  { readonly id: WorkUpEntry['id'] },
  | 'no-such-person'
  | 'no-such-item'
  | 'not-by-hand'
  | 'words-missing'
  | 'state-missing'
  | 'in-the-future'
  | 'id-taken'
> = {
  action: recordWorkUpAction,
  async run({ db, at, actor, audit, tell }, input) {
    const { id, personId, itemId, outcome, happenedAt } = input
    const { clinicId } = actor
    if (actor.kind !== 'member' || !(await personById(db, clinicId, personId)))
      return refused('no-such-person')
    const item = WORK_UP_ITEMS.find((one) => one.id === itemId)
    if (!item) return refused('no-such-item')
    if (outcome !== 'withdrawn' && !item.record.includes(outcome)) return refused('not-by-hand')
    const words = input.words?.trim() || undefined
    if (outcome !== 'done' && !words) return refused('words-missing')
    if (outcome === 'done' && item.asksState && !input.usState) return refused('state-missing')
    if (happenedAt > addMs(at, CLOCK_SLACK_MS)) return refused('in-the-future')
    const sent = (await workUpEntriesOf(db, clinicId, [personId])).find((one) => one.id === id)
    if (sent) {
      const same = sent.itemId === itemId && sent.outcome === outcome && sent.words === words
      return same ? done({ id }) : refused('id-taken')
    }
    const stored = await insertWorkUpEntry(db, clinicId, {
      id,
      personId,
      itemId,
      outcome,
      happenedAt,
      words,
      usState: item.asksState && outcome === 'done' ? input.usState : undefined,
      recordedAt: at,
      recordedBy: actor.accountId,
    })
    if (!stored) return refused('id-taken')
    audit.write(recordWorkUpAction.id, {
      personId,
      object: 'work-up',
      objectId: id,
      detail: { item: itemId, outcome },
    })
    tell('work-up.recorded', { personId, itemId, outcome })
    return done({ id })
  },
}
