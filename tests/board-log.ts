import { defaultInfusionReadingPlan } from '@evenkeel/vital-signs'
import type { Instant } from '../app/platform/time.ts'
import type { BoardVisit } from '../app/treat/board/board.ts'
import type { AlarmChange, SessionEvent } from '../app/treat/session/session-event.ts'

/** Visits and logs for the tests of the board. */
export const START = Date.parse('2026-11-22T15:00:00.000Z')
export const minute = (min: number) => new Date(START + min * 60_000).toISOString() as Instant
export const at = (min: number) => START + min * 60_000

export const visit = (n: number, change: Partial<BoardVisit> = {}): BoardVisit => ({
  appointmentId: `appointment-${n}`,
  personName: `Person ${n}`,
  sessionNumber: 1,
  roomName: `Room ${n}`,
  chairName: 'Chair',
  nurseName: 'Nurse',
  plan: {
    startsAt: minute(0),
    preparationMin: 40,
    monitoring: defaultInfusionReadingPlan,
    minMinutesAfterEnd: 60,
  },
  sessionId: `session-${n}`,
  diary: 'today',
  ...change,
})

export const event = (id: string, kind: string, atMin: number, data: unknown, by = 'nurse'): SessionEvent =>
  ({ id, kind, at: minute(atMin), by, data }) as unknown as SessionEvent

export const vitals = {
  systolicMmHg: 125,
  diastolicMmHg: 80,
  heartRatePerMin: 70,
  spo2Percent: 97,
  respiratoryRatePerMin: 14,
  moaas: 5,
}

export const reading = (id: string, atMin: number, values: object = vitals) =>
  event(id, 'reading', atMin, { values, confirmed: [] })

export const watched = (n: number, by = 'nurse') => event(`w${n}`, 'watch-taken', -41, { from: null }, by)

/** Arrived, watched, read and with an infusion that began at minute 0. */
export const running = (n: number, ...more: SessionEvent[]) => [
  watched(n),
  event(`a${n}`, 'arrived', -40, {}),
  reading(`r${n}`, -5),
  event(`d${n}`, 'dose-started', 0, {
    orderedMg: 55,
    drawnMl: 1.1,
    lotConcentrationMgPerMl: 50,
    rateMgPerH: 82.5,
    durationMin: 40,
  }),
  ...more,
]

/** One change in the life of an alarm named after its cause. */
export const alarm = (
  id: string,
  atMin: number,
  change: AlarmChange['change'],
  about: Partial<AlarmChange> = {},
  by = 'the clinic',
) =>
  event(
    id,
    'alarm',
    atMin,
    { alarmId: `${about.cause ?? 'cause'}@0`, change, cause: 'cause', level: 'red', ...about },
    by,
  )
