import { isDeepStrictEqual } from 'node:util'
import type { Command } from '../../../platform/command.server.ts'
import type { Read } from '../../../platform/database.server.ts'
import type { ClinicId } from '../../../platform/ids.ts'
import { done, refused } from '../../../platform/outcome.ts'
import type { Instant } from '../../../platform/time.ts'
import { accountOf } from '../../session/recorder.ts'
import type { LotId } from '../../session/session-event.ts'
import { writeLossReport } from '../../treat-access.ts'
import { basisOfDiscrepancy } from '../counts/close-discrepancy.server.ts'
import type { Discrepancy, DiscrepancyId } from '../counts/discrepancy.ts'
import { discrepancyById } from '../counts/discrepancy-queries.server.ts'
import { lockLedgerHead, movementsOfAct } from '../ledger-queries.server.ts'
import {
  insertLossDraft,
  type LossDraftId,
  type LossSubject,
  lossDraft,
  lossDraftById,
} from './loss-queries.server.ts'
import type { LossAnswers } from './loss-report.ts'

/** What is missing by the ledger: of which lot how much, since when it is known; in hundredths, undefined where it is not known. */
export type Loss = {
  readonly lotId: LotId
  readonly discoveredAt: Instant
  readonly hundredths: number | undefined
  /** What the one report of it goes by: a discrepancy, and the movement that closed it. */
  readonly subjects: readonly LossSubject[]
}

/**
 * What a report is about; undefined where there is no such thing in this clinic, or nothing in it is lost. What was missing in a count
 * is known since that count, not only since somebody closed it: the days to report by begin then.
 */
export async function lossOf(db: Read, clinicId: ClinicId, subject: LossSubject): Promise<Loss | undefined> {
  if (subject.kind === 'movement') {
    const lost = (await movementsOfAct(db, clinicId, subject.id)).find(({ id }) => id === subject.id)
    if (lost?.kind !== 'lose') return undefined
    const counted = lost.detail?.discrepancyId as DiscrepancyId | undefined
    const found = counted && (await discrepancyById(db, clinicId, counted))
    const subjects: LossSubject[] = found ? [subject, { kind: 'discrepancy', id: found.id }] : [subject]
    const discoveredAt = found?.openedAt ?? lost.at
    return { lotId: lost.lotId, discoveredAt, hundredths: lost.hundredths, subjects }
  }
  const found = await discrepancyById(db, clinicId, subject.id)
  if (!found) return undefined
  const { lotId, openedAt, closing } = found
  const subjects: LossSubject[] = closing?.movementId
    ? [subject, { kind: 'movement', id: closing.movementId }]
    : [subject]
  return { lotId, discoveredAt: openedAt, hundredths: await missingOf(db, clinicId, found), subjects }
}

/** What is missing by what closed a discrepancy, or by the newest count of it. */
async function missingOf(
  db: Read,
  clinicId: ClinicId,
  discrepancy: Discrepancy,
): Promise<number | undefined> {
  const movementId = discrepancy.closing?.movementId
  if (movementId) {
    const moved = (await movementsOfAct(db, clinicId, movementId)).find(({ id }) => id === movementId)
    return moved && moved.from.place.at !== 'adjusted' ? moved.hundredths : 0
  }
  const { expected, counted, agrees, late } = await basisOfDiscrepancy(db, clinicId, discrepancy)
  if (late.length > 0) return undefined
  if (agrees) return 0
  return counted === undefined ? undefined : Math.max(0, expected - counted)
}

/** Saves a draft beside the ones before it. One that somebody else saved meanwhile is never written over. */
export const saveLossDraft: Command<
  {
    readonly key: LossDraftId
    readonly subject: LossSubject
    /** The draft that stood on the page; undefined where there was none. */
    readonly seen: LossDraftId | undefined
    readonly answers: LossAnswers
  },
  { readonly id: LossDraftId },
  'no-such-loss' | 'saved-meanwhile' | 'recorded-otherwise'
> = {
  action: writeLossReport,
  async run({ db, at, actor, audit }, { key, subject, seen, answers }) {
    // Of two who save at once the second one sees the first one's draft.
    await lockLedgerHead(db, actor.clinicId)
    const loss = await lossOf(db, actor.clinicId, subject)
    if (!loss) return refused('no-such-loss')
    const before = await lossDraft(db, actor.clinicId, ...loss.subjects)
    const stored = await lossDraftById(db, actor.clinicId, key)
    if (stored) {
      const { of, by } = stored
      const same = of === subject.id && by === accountOf(actor) && isDeepStrictEqual(stored.answers, answers)
      return same ? done({ id: key }) : refused('recorded-otherwise')
    }
    if (before?.id !== seen) return refused('saved-meanwhile')
    await insertLossDraft(db, actor.clinicId, subject, { id: key, at, by: accountOf(actor), answers })
    audit.write(writeLossReport.id, { object: 'loss-report', objectId: subject.id })
    return done({ id: key })
  },
}
