import { clinicById } from '../../identity/index.server.ts'
import { consentState, holdForDose } from '../../plan/index.server.ts'
import { type Appointment, type DoseOrder, takenBackAt } from '../../plan/index.ts'
import type { Command } from '../../platform/command.server.ts'
import { done, refused } from '../../platform/outcome.ts'
import { addMs, type Instant, localDateOf } from '../../platform/time.ts'
import {
  drawForDose,
  drawnAhead,
  settleGiven,
  whyNotDrawn,
  withDrawn,
} from '../ledger/draw-for-dose.server.ts'
import type { Taken as InHand } from '../ledger/lot-in-hand.server.ts'
import { lockLot } from '../ledger/lot-queries.server.ts'
import { appendEvent } from '../session/append-event.server.ts'
import { stepInstant } from '../session/event-time.ts'
import { accountOf } from '../session/recorder.ts'
import { foldSession, type SessionState } from '../session/session.ts'
import type { LotId, SessionEvent, SessionEventId, SessionId } from '../session/session-event.ts'
import { eventsOfSessions, lockSession } from '../session/session-queries.server.ts'
import { startDose as startDoseAction } from '../treat-access.ts'
import { type LotHindrance, unitLotHindrance } from './dose-gate.ts'
import { nextDevice } from './infusion.ts'
import { answers, standsAgainst } from './stands-against.ts'

export type GiveDevice = Partial<InHand> & {
  readonly sessionId: SessionId
  /** Becomes the id of the event. */
  readonly key: SessionEventId
  readonly at?: Instant
  readonly lotId: LotId
  /** What was asked about and is right, as the refusal named it. */
  readonly sure?: string
}

/**
 * Gives the next device of a nasal dose: the entry and the device's way out of the stock, in one transaction. Never
 * before its minutes have passed since the one before, and never while red stands; amber is asked about once. The last one
 * ends the dose. The refusal's detail says what stands: `{ stands, question? }`.
 */
export const giveDevice: Command<
  GiveDevice,
  { readonly state: SessionState },
  | 'no-such-session'
  | 'future-time'
  | 'before-last-event'
  | 'recorded-otherwise'
  | 'key-in-use'
  | 'no-infusion-running'
  | 'all-devices-given'
  | 'device-too-early'
  | 'red-stands'
  | 'amber-stands'
  | 'consent-taken-back'
  | LotHindrance
> = {
  action: startDoseAction,
  async run(needs, input) {
    const { db, actor } = needs
    const session = await lockSession(db, actor.clinicId, input.sessionId)
    if (!session) return refused('no-such-session')
    const events = (await eventsOfSessions(db, actor.clinicId, [session.id])).get(session.id) ?? []
    const state = foldSession(events)
    const stored = events.find(({ id }) => id === input.key)
    if (stored) {
      const same = stored.kind === 'device-given' && stored.data.lotId === input.lotId
      return same ? done({ state }) : refused('recorded-otherwise')
    }
    const { dose } = state
    if (!dose?.units || dose.atOnce || state.phase === 'leave') return refused('no-infusion-running')
    if (dose.devices.length >= dose.units.count) return refused('all-devices-given')
    const device = nextDevice(dose)
    if (!device) return refused('no-infusion-running')
    const when = stepInstant(input.at, needs.at, events)
    if (!when.ok) return refused(when.reason)
    const { at } = when
    // Nobody takes consent back between this look and the device.
    await holdForDose(db, actor.clinicId, {
      planId: session.planId as DoseOrder['planId'],
      personId: session.personId,
      appointmentId: session.appointmentId as Appointment['id'],
    })
    if (takenBackAt(await consentState(db, actor.clinicId, session.personId)))
      return refused('consent-taken-back')
    if (Date.parse(at) < device.dueAtMs) return refused('device-too-early', { dueAtMs: device.dueAtMs })

    const { redValues, redAlarms, amber, question } = standsAgainst(state)
    const red = [...redValues, ...redAlarms]
    if (red.length > 0) return refused('red-stands', { stands: red })
    if (question !== '' && !answers(input.sure, question))
      return refused('amber-stands', { stands: amber, question })

    const timeZone = (await clinicById(db, actor.clinicId))?.timeZone ?? 'UTC'
    const lot = await lockLot(db, actor.clinicId, input.lotId)
    const { unitMg, count } = dose.units
    const counted = lot && withDrawn(lot, await drawnAhead(needs, session.id, lot.id))
    const asked = { route: 'nasal-esketamine', unitMg } as const
    const against = unitLotHindrance(counted, asked, 1, localDateOf(at, timeZone))
    if (against || !lot) return refused(against ?? 'no-lot')

    const by = accountOf(actor)
    const given: SessionEvent = {
      id: input.key,
      kind: 'device-given',
      at,
      by,
      data: { deviceNumber: device.number, mg: unitMg, lotId: lot.id },
    }
    if (!(await appendEvent(needs, session, given))) return refused('key-in-use')
    const added: SessionEvent[] = [given]
    if (device.number === count) {
      const end: SessionEvent = {
        id: needs.ids.next(),
        kind: 'dose-finished',
        at: addMs(at, 1),
        by,
        data: { mgGiven: unitMg * count, computedMg: unitMg * count },
      }
      await appendEvent(needs, session, end)
      added.push(end)
    }
    const { serials, place } = input
    const draw = { lot, hundredths: 100, sessionId: session.id, at, serial: serials?.[lot.id], place }
    if (!(await drawForDose(needs, draw))) return refused(await whyNotDrawn(needs, draw))
    const after = foldSession([...events, ...added])
    await settleGiven(needs, session.id, after)
    return done({ state: after })
  },
}
