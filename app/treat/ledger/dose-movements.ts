import { leftOverMl } from '../dose/infusion.ts'
import type { SessionDose } from '../session/session.ts'
import type { LotId, SessionId } from '../session/session-event.ts'
import { balancesOf, type Movement } from './movement.ts'

/** What the ledger holds of one session and one lot, in hundredths: drawn = given + wasted + returned + lost + inSyringe. */
export type SessionLedger = {
  readonly lotId: LotId
  readonly drawn: number
  readonly given: number
  readonly wasted: number
  readonly returned: number
  readonly lost: number
  readonly inSyringe: number
}

/** Works out a session's part of the ledger from its movements, lot by lot. */
export function sessionLedger(sessionId: SessionId, movements: readonly Movement[]): SessionLedger[] {
  const lotIds = [...new Set(movements.map(({ lotId }) => lotId))]
  return lotIds.map((lotId) => {
    const own = movements.filter((movement) => movement.lotId === lotId)
    const sum = (...kinds: readonly Movement['kind'][]) =>
      own.reduce(
        (total, { kind, from, hundredths }) =>
          kinds.includes(kind) && (kind === 'draw' || from.place.at === 'syringe' || kind === 'take-back')
            ? total + hundredths
            : total,
        0,
      )
    const syringe = balancesOf(own).find(
      ({ place }) => place.at === 'syringe' && 'id' in place && place.id === sessionId,
    )
    return {
      lotId,
      drawn: sum('draw'),
      given: sum('give') - sum('take-back'),
      wasted: sum('waste'),
      returned: sum('return'),
      lost: sum('lose'),
      inSyringe: syringe?.hundredths ?? 0,
    }
  })
}

/**
 * What a dose from a syringe drew from each lot, in hundredths, the first lot first.
 *
 * @example drawnByLot({ lotId: 'a', drawnMl: 5.2, otherLots: [{ lotId: 'b', ml: 4 }] }) // [['a', 120], ['b', 400]]
 */
export function drawnByLot({
  lotId,
  drawnMl = 0,
  otherLots = [],
}: Pick<SessionDose, 'lotId' | 'drawnMl' | 'otherLots'>): [LotId, number][] {
  const others = otherLots.map(({ lotId: other, ml }): [LotId, number] => [other, Math.round(ml * 100)])
  const rest = others.reduce((sum, [, hundredths]) => sum - hundredths, Math.round(drawnMl * 100))
  return [[lotId as LotId, rest], ...others]
}

/**
 * What a session's log says was given, in hundredths of each lot: of a syringe what was drawn less what was left over, 0 until it has
 * ended, of several lots the first one's first; devices and tablets one by one.
 */
export function givenByLog(dose: SessionDose): Map<LotId, number> {
  const lotId = dose.lotId as LotId
  if (dose.drawnMl !== undefined) {
    const left = leftOverMl(dose)
    let rest = left === undefined ? 0 : Math.round((dose.drawnMl - left) * 100)
    return new Map(
      drawnByLot(dose).map(([from, drawn]) => {
        const part = Math.min(rest, drawn)
        rest -= part
        return [from, part]
      }),
    )
  }
  if (!dose.units) return new Map()
  if (dose.atOnce) return new Map([[lotId, dose.units.count * 100]])
  const given = new Map<LotId, number>()
  for (const device of dose.devices) {
    const of = device.lotId as LotId
    given.set(of, (given.get(of) ?? 0) + 100)
  }
  return given
}

/** Why the ledger of a session is not settled: drug is still in the syringe, or log and ledger tell different amounts given. */
export type Unsettled = { readonly lotId: LotId; readonly inSyringe: number; readonly logLessLedger: number }

/** What keeps a session from being closed; empty where everything drawn was given, wasted, returned or lost on record. */
export function unsettled(dose: SessionDose | undefined, ledger: readonly SessionLedger[]): Unsettled[] {
  const wanted = dose ? givenByLog(dose) : new Map<LotId, number>()
  return ledger.flatMap(({ lotId, drawn, given, inSyringe }) => {
    // A dose from before the ledger was opened was never drawn in it.
    const logLessLedger = drawn === 0 ? 0 : (wanted.get(lotId) ?? 0) - given
    return inSyringe === 0 && logLessLedger === 0 ? [] : [{ lotId, inSyringe, logLessLedger }]
  })
}
