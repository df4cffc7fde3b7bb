import { leftOverMl } from '../dose/infusion.ts'
import type { SessionDose, SessionState } from '../session/session.ts'
import type { LotId, SessionId } from '../session/session-event.ts'
import { balancesOf, type Movement, microgramsOf } from './movement.ts'
import { amountInWords, mgInWords } from './movement-words.ts'

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

const INTO_SYRINGE: readonly Movement['kind'][] = ['draw', 'take-back', 'waste-back']

/** Works out a session's part of the ledger from its movements, lot by lot. */
export function sessionLedger(sessionId: SessionId, movements: readonly Movement[]): SessionLedger[] {
  const lotIds = [...new Set(movements.map(({ lotId }) => lotId))]
  return lotIds.map((lotId) => {
    const own = movements.filter((movement) => movement.lotId === lotId)
    const sum = (...kinds: readonly Movement['kind'][]) =>
      own.reduce(
        (total, { kind, from, hundredths }) =>
          kinds.includes(kind) && (from.place.at === 'syringe' || INTO_SYRINGE.includes(kind))
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
      wasted: sum('waste') - sum('waste-back'),
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
 * ended, of several lots the first one's first. Devices and tablets are those recorded one by one, and once the dose has ended the mg on
 * record in units: parts of one where the mg are not whole ones.
 */
export function givenByLog(dose: SessionDose): Map<LotId, number> {
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
  return dose.units ? unitsByLog(dose, dose.units) : new Map()
}

/**
 * What was given of a syringe as the ledger counts it, where that is not what the log says: mg are rounded to the hundredth of a mL.
 *
 * @returns undefined where both say the same mg, the dose has not ended, or it is none of a syringe
 * @example asLedgerCounts(dose) // 'To the hundredth of a mL, as the ledger counts it: 3.60 mL, 36 mg.' where the log says 35.96 mg
 */
export function asLedgerCounts(dose: SessionDose): string | undefined {
  const { ended, drawnMl, lotConcentrationMgPerMl: strength } = dose
  if (!ended || drawnMl === undefined || !strength) return undefined
  const given = [...givenByLog(dose).values()].reduce((sum, hundredths) => sum + hundredths, 0)
  const micrograms = microgramsOf(given, strength)
  if (micrograms === Math.round(ended.mgGiven * 1000)) return undefined
  return `To the hundredth of a mL, as the ledger counts it: ${amountInWords(given, 'vial')}, ${mgInWords(micrograms)}.`
}

function unitsByLog(
  { lotId, atOnce, devices, ended }: SessionDose,
  { unitMg, count }: NonNullable<SessionDose['units']>,
): Map<LotId, number> {
  const byMg = ended && withoutFloatError((ended.mgGiven / unitMg) * 100)
  if (atOnce) return new Map([[lotId as LotId, byMg ?? count * 100]])
  const taken = devices.map((device) => device.lotId as LotId)
  let rest = byMg ?? taken.length * 100
  const given = new Map<LotId, number>(taken.map((from) => [from, 0]))
  for (const [index, from] of taken.entries()) {
    // More than were taken counts to the last one's lot, where it is missing.
    const part = index === taken.length - 1 ? rest : Math.min(rest, 100)
    given.set(from, withoutFloatError(given.get(from)! + part))
    rest -= part
  }
  return given
}

const withoutFloatError = (hundredths: number) => Math.round(hundredths * 1e6) / 1e6

/** Whether the ledger can give just that: whole hundredths of a mL, whole devices and tablets, and halves where the dose itself has one. */
export function canBeGiven({ units }: SessionDose, hundredths: number): boolean {
  if (!units) return Number.isInteger(hundredths)
  return hundredths % (Number.isInteger(units.count) ? 100 : 50) === 0
}

/**
 * What the ledger has still to follow of what the log says was given, lot by lot, in hundredths: below 0 where it takes back. Never more
 * than the syringe holds; mg that are no whole devices or tablets it cannot follow.
 */
export function givenToFollow(
  dose: SessionDose | undefined,
  ledger: readonly SessionLedger[],
): { readonly lotId: LotId; readonly hundredths: number }[] {
  if (!dose) return []
  const wanted = givenByLog(dose)
  return ledger.flatMap(({ lotId, drawn, given, inSyringe }) => {
    const byLog = wanted.get(lotId) ?? 0
    const hundredths = Math.min(byLog - given, inSyringe)
    return drawn === 0 || hundredths === 0 || !canBeGiven(dose, byLog) ? [] : [{ lotId, hundredths }]
  })
}

/**
 * The ledger of a session as it is once it has followed the log, which it does with the next entry. The two differ where a dose was drawn
 * before there was a ledger and given since.
 */
export function followed(
  dose: SessionDose | undefined,
  ledger: readonly SessionLedger[],
): readonly SessionLedger[] {
  const follows = new Map(givenToFollow(dose, ledger).map(({ lotId, hundredths }) => [lotId, hundredths]))
  return ledger.map((each) => {
    const more = follows.get(each.lotId) ?? 0
    return { ...each, given: each.given + more, inSyringe: each.inSyringe - more }
  })
}

/** Whether it is known how much of what was drawn is left over: where no dose began all of it is. */
export function leftOverIsKnown({ dose }: Pick<SessionState, 'dose'>): boolean {
  return dose === undefined || dose.ended !== undefined
}

/** Why the ledger of a session is not settled: drug is still in the syringe, or log and ledger tell different amounts given. */
export type Unsettled = { readonly lotId: LotId; readonly inSyringe: number; readonly logLessLedger: number }

/** What keeps a session from being closed; empty where everything drawn was given, wasted, returned or lost on record. */
export function unsettled(dose: SessionDose | undefined, ledger: readonly SessionLedger[]): Unsettled[] {
  const wanted = dose ? givenByLog(dose) : new Map<LotId, number>()
  return ledger.flatMap(({ lotId, drawn, given, inSyringe }) => {
    // A dose from before the ledger was opened was never drawn in it.
    const logLessLedger = drawn === 0 ? 0 : withoutFloatError((wanted.get(lotId) ?? 0) - given)
    return inSyringe === 0 && logLessLedger === 0 ? [] : [{ lotId, inSyringe, logLessLedger }]
  })
}

/**
 * What of a session was recorded as waste and was given, as its log says: it can be set right. Drug in the syringe is given without
 * that.
 *
 * @returns hundredths of each lot, never more than was wasted of it; empty where nothing is wrong
 */
export function wasteToSetRight(
  dose: SessionDose | undefined,
  ledger: readonly SessionLedger[],
): { readonly lotId: LotId; readonly hundredths: number }[] {
  return unsettled(dose, ledger).flatMap(({ lotId, inSyringe, logLessLedger }) => {
    const { wasted } = ledger.find((each) => each.lotId === lotId)!
    const missing = Math.min(wasted, logLessLedger - inSyringe)
    return missing > 0 && dose && canBeGiven(dose, missing) ? [{ lotId, hundredths: missing }] : []
  })
}
