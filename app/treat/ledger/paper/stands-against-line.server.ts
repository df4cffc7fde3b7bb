import type { Needs } from '../../../platform/command.server.ts'
import type { Read } from '../../../platform/database.server.ts'
import { addMs, HOUR_MS, localDateOf, momentInWords } from '../../../platform/time.ts'
import { foldSession } from '../../session/session.ts'
import { eventsOfSessions } from '../../session/session-queries.server.ts'
import { countsFinishedSince } from '../counts/count-queries.server.ts'
import { movementsOfSession, openedVials } from '../ledger-queries.server.ts'
import type { LotBalance } from '../lot-queries.server.ts'
import { type PlannedMovement, placeCode } from '../movement.ts'
import { movementsOfLot } from '../movement-list-queries.server.ts'
import { amountInWords, type CabinetNames, sideInWords } from '../movement-words.ts'
import { ledgerSettings } from '../settings/settings-queries.server.ts'
import type { PaperLine } from './paper-line.ts'
import { belowZero } from './running-balance.ts'

/** What speaks against a line, a sentence each. */
export type AgainstLine = {
  /** By its times the line cannot be: it says why in words, or is not entered. */
  readonly cannotBe: readonly string[]
  /** Everything that is asked about before it is signed, those first. */
  readonly questions: readonly string[]
}

/** What speaks against a line without forbidding it: paper tells what happened, also what should not have. */
export async function standsAgainstLine(
  { db, actor }: Pick<Needs, 'actor'> & { readonly db: Read },
  line: PaperLine,
  lot: LotBalance,
  planned: readonly PlannedMovement[],
  { timeZone, cabinets }: { readonly timeZone: string; readonly cabinets: CabinetNames },
): Promise<AgainstLine> {
  const { clinicId } = actor
  const asked: string[] = []
  const cannotBe: string[] = []
  const vials = await openedVials(db, clinicId, [lot.id])
  const vial = vials.find(({ id }) => id === line.from.container)
  const moment = (at: PaperLine['at']) => momentInWords(at, timeZone)

  for (const { side, at, hundredths } of belowZero(await movementsOfLot(db, clinicId, lot.id), planned)) {
    const number = vials.find(({ id }) => id === side.container)?.number
    cannotBe.push(
      `By the times on record this cannot be: at ${moment(at)} there would have been ${amountInWords(hundredths, lot.form)} less than nothing in ${sideInWords(side.place, number, cabinets)}. Look at the time and the amount once more.`,
    )
  }
  const stores = planned.flatMap(({ from, to }) => [from.place, to.place]).map(placeCode)
  const counted = (await countsFinishedSince(db, clinicId, line.at)).find(
    (count) => stores.includes(placeCode(count.place)) && (count.lotId ?? lot.id) === lot.id,
  )
  if (counted?.end) {
    asked.push(
      `${sentence(sideInWords(counted.place, undefined, cabinets))} was counted at ${moment(counted.end.at)}, after this. That count did not know of it.`,
    )
  }
  if (line.kind === 'draw' || line.kind === 'open') {
    if (lot.expiresOn < localDateOf(line.at, timeZone)) asked.push('The lot had expired by then.')
    if (lot.recalled !== undefined) asked.push('The lot is called back.')
  }
  if (line.kind === 'draw' && vial) {
    const { openedVialHours, vialForOnePersonOnly } = await ledgerSettings(db, clinicId)
    if (vialForOnePersonOnly) asked.push('What was left in this vial was for nobody else.')
    else if (addMs(vial.openedAt, openedVialHours * HOUR_MS) < line.at) {
      asked.push(`Vial ${vial.number} had been open for longer than ${openedVialHours} hours.`)
    }
  }
  if (line.sessionId && line.kind === 'draw') {
    const drawn = (await movementsOfSession(db, clinicId, line.sessionId))
      .filter(({ kind, lotId }) => kind === 'draw' && lotId === lot.id)
      .reduce((sum, { hundredths }) => sum + hundredths, 0)
    const state = foldSession(
      (await eventsOfSessions(db, clinicId, [line.sessionId])).get(line.sessionId) ?? [],
    )
    if (drawn > 0) {
      asked.push(
        `${amountInWords(drawn, lot.form)} of this lot are on record as drawn for this session already. Enter only what was drawn besides.`,
      )
    }
    if (state.closed) asked.push('The session is closed: its note was signed without this draw.')
  }
  return { cannotBe, questions: [...cannotBe, ...asked] }
}

const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
