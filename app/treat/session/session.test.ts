import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Instant } from '../../platform/time.ts'
import { computedMg, infusionMinutes, leftOverMl } from '../dose/infusion.ts'
import { acceptEntry, type BedsideEntry } from './bedside-entry.ts'
import { checklistGaps, foldSession } from './session.ts'
import type { SessionEvent, SessionEventData, SessionEventId, SessionEventKind } from './session-event.ts'

const START = Date.parse('2026-11-22T15:00:00.000Z')
const minute = (min: number) => new Date(START + min * 60_000).toISOString() as Instant
const id = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}` as SessionEventId

let made = 0
function event<Kind extends SessionEventKind>(
  kind: Kind,
  atMin: number,
  data: SessionEventData[Kind],
  n = ++made,
): SessionEvent {
  return { id: id(n), kind, at: minute(atMin), by: 'nurse', data } as SessionEvent
}

const started: SessionEventData['dose-started'] = {
  orderId: 'order',
  lotId: 'lot' as SessionEventData['dose-started']['lotId'],
  drawnMl: 1.1,
  lotConcentrationMgPerMl: 50,
  orderedMg: 55,
  rateMgPerH: 82.5,
  durationMin: 40,
}
const complete: SessionEventData['checklist'] = {
  escortNamed: true,
  escortPhoneGiven: true,
  fasted: 'yes',
  noUseSince: 'yes',
  breathAlcoholGPer210L: 0,
}
const calm = {
  systolicMmHg: 120,
  diastolicMmHg: 76,
  heartRatePerMin: 70,
  spo2Percent: 98,
  respiratoryRatePerMin: 14,
  moaas: 5,
}
const reading = (atMin: number, values: SessionEventData['reading']['values'] = calm, n?: number) =>
  event('reading', atMin, { values, confirmed: [] }, n)

describe('the fold of a session', () => {
  const arrived = event('arrived', 0, {})
  const identity = event('identity-checked', 2, { identifiers: ['full-name', 'birth-date'] })
  const checklist = event('checklist', 4, complete)
  const baseline = reading(10)
  const dose = event('dose-started', 15, started)
  const finished = event('dose-finished', 55, { mgGiven: 55, computedMg: 55 })
  const discharged = event('discharged', 130, { overrideBy: null, notMet: [] })

  it.each([
    ['nothing yet', [], 'arrive'],
    ['arrived', [arrived], 'check'],
    ['checked without a reading', [arrived, identity, checklist], 'check'],
    ['checked with a reading', [arrived, identity, checklist, baseline], 'dose'],
    [
      'one identifier is not two',
      [arrived, event('identity-checked', 2, { identifiers: ['full-name'] }), checklist, baseline],
      'check',
    ],
    [
      'the same identifier twice is not two',
      [
        arrived,
        event('identity-checked', 2, { identifiers: ['full-name', 'full-name'] }),
        checklist,
        baseline,
      ],
      'check',
    ],
    ['infusion running', [arrived, baseline, dose], 'monitor'],
    ['infusion ended', [arrived, baseline, dose, finished], 'recover'],
    ['left', [arrived, baseline, dose, finished, discharged], 'leave'],
  ] as const)('is in its phase: %s → %s', (_, events, phase) => {
    expect(foldSession(events).phase).toBe(phase)
  })

  it('takes the last reading not later than the dose as baseline', () => {
    const late = reading(20)
    expect(foldSession([baseline, late, dose]).baseline?.eventIds).toEqual([baseline.id])
    expect(foldSession([baseline, late]).baseline?.eventIds).toEqual([late.id])
    expect(foldSession([late, dose]).baseline).toBeUndefined()
  })

  it('counts one dose: a second start is kept aside and changes nothing', () => {
    const again = event('dose-started', 20, { ...started, orderedMg: 99 })
    const state = foldSession([dose, again])
    expect(state.dose?.orderedMg).toBe(55)
    expect(state.notCounted).toEqual([again.id])
  })

  it('counts the first stop; what contradicts it is kept aside', () => {
    const stop = event('dose-stopped', 30, { mgGiven: 20, computedMg: 20.63 })
    const state = foldSession([dose, stop, finished])
    expect(state.doseMgGiven).toBe(20)
    expect(state.dose?.ended?.how).toBe('stopped')
    expect(state.notCounted).toEqual([finished.id])
  })

  it('replaces figures by a correction and keeps the old ones', () => {
    const wrong = reading(20, { ...calm, systolicMmHg: 210 })
    const first = event('correction', 21, {
      of: wrong.id,
      figures: { values: { ...calm, systolicMmHg: 120 } },
    })
    const second = event('correction', 22, {
      of: wrong.id,
      figures: { values: { ...calm, systolicMmHg: 121 } },
    })
    const state = foldSession([wrong, second, first])
    expect(state.readings[0]?.values.systolicMmHg).toBe(121)
    expect(state.readings[0]?.earlierValues.map((v) => v.systolicMmHg)).toEqual([210, 120])
  })

  it('never lets a correction change what was drawn', () => {
    const cheat = event('correction', 21, { of: dose.id, figures: { drawnMl: 0.1, orderedMg: 5 } })
    expect(foldSession([dose, cheat]).dose).toMatchObject({ drawnMl: 1.1, orderedMg: 55 })
  })

  it('looks back to an instant', () => {
    expect(foldSession([arrived, baseline, dose, finished], minute(30)).phase).toBe('monitor')
  })

  it('subtracts pauses from the running time', () => {
    const events = [dose, event('dose-paused', 25, {}), event('dose-resumed', 31, {})]
    const running = foldSession(events).dose!
    expect(infusionMinutes(running, START + 35 * 60_000)).toBe(14)
    expect(computedMg(running, START + 35 * 60_000)).toBeCloseTo(19.25, 2)
    const paused = foldSession(events.slice(0, 2)).dose!
    expect(computedMg(paused, START + 30 * 60_000)).toBeCloseTo(13.75, 2)
    expect(computedMg(paused, START + 90 * 60_000)).toBeCloseTo(13.75, 2)
  })

  it('never computes more than was ordered', () => {
    expect(computedMg(foldSession([dose]).dose!, START + 300 * 60_000)).toBe(55)
  })

  it('knows what is left in the syringe once the infusion has ended', () => {
    expect(leftOverMl(foldSession([dose]).dose!)).toBeUndefined()
    const stop = event('dose-stopped', 30, { mgGiven: 20, computedMg: 20.63 })
    expect(leftOverMl(foldSession([dose, stop]).dose!)).toBe(0.7)
  })
})

describe('the checklist', () => {
  it.each([
    ['missing', undefined, ['missing']],
    ['complete', complete, []],
    ['no escort', { ...complete, escortNamed: false }, ['escort']],
    ['escort without telephone', { ...complete, escortPhoneGiven: false }, ['escort']],
    ['fasting not known', { ...complete, fasted: 'unknown' as const }, ['fasting']],
    ['used', { ...complete, noUseSince: 'no' as const }, ['use-since']],
    ['alcohol not measured', { ...complete, breathAlcoholGPer210L: null }, ['breath-alcohol']],
    ['alcohol measured', { ...complete, breathAlcoholGPer210L: 0.01 }, ['breath-alcohol']],
  ])('%s', (_, checklist, gaps) => {
    expect(checklistGaps(checklist)).toEqual(gaps)
  })
})

// Random logs: few times and ids, so that ties, repeats and contradictions are common.
const anyEvent: fc.Arbitrary<SessionEvent> = fc.integer({ min: 1, max: 25 }).map((n) => {
  // Everything follows from the id, so that the same id is always the same event.
  const at = (n * 7) % 12
  const value = (n * 13) % 55
  switch (n % 11) {
    case 0:
      return event('arrived', at, {}, n)
    case 1:
      return event('identity-checked', at, { identifiers: ['full-name', 'birth-date'] }, n)
    case 2:
      return event('checklist', at, complete, n)
    case 3:
      return reading(at, { systolicMmHg: 100 + value }, n)
    case 4:
      return event('dose-started', at, { ...started, orderedMg: value }, n)
    case 5:
      return event('dose-paused', at, {}, n)
    case 6:
      return event('dose-resumed', at, {}, n)
    case 7:
      return event('dose-stopped', at, { mgGiven: value, computedMg: value }, n)
    case 8:
      return event(
        'correction',
        at,
        { of: id((n * 3) % 25), figures: { values: { systolicMmHg: value }, mgGiven: value } },
        n,
      )
    case 9:
      return event('discharge-step', at, { step: 'oriented', met: n % 2 ? 'yes' : 'no' }, n)
    default:
      return n % 2
        ? event('dose-finished', at, { mgGiven: value, computedMg: value }, n)
        : event('dose-rate-changed', at, { rateMlPerH: value + 1, rateMgPerH: value + 1 }, n)
  }
})
const anyLog = fc.array(anyEvent, { maxLength: 30 })

describe('any log at all', () => {
  it('gives the same state in every order and with every repetition', () => {
    fc.assert(
      fc.property(
        anyLog,
        fc.array(fc.nat(), { maxLength: 60 }),
        fc.infiniteStream(fc.nat()),
        (log, repeats, order) => {
          const doubled = log.length === 0 ? [] : [...log, ...repeats.map((n) => log[n % log.length]!)]
          const shuffled = doubled
            .map((each) => ({ each, key: order.next().value as number }))
            .sort((a, b) => a.key - b.key)
            .map(({ each }) => each)
          expect(foldSession(shuffled)).toEqual(foldSession(log))
        },
      ),
      { numRuns: 500 },
    )
  })

  it('changes nothing of the dose by what comes after the closing', () => {
    fc.assert(
      fc.property(anyLog, anyLog, (log, later) => {
        const closing = event('session-closed', 20, { outcome: 'completed' }, 900)
        const after = later.map(
          (each, i) => ({ ...each, id: id(1000 + i), at: minute(21 + i) }) as SessionEvent,
        )
        expect(foldSession([...after, ...log, closing])).toEqual(foldSession([...log, closing]))
      }),
      { numRuns: 300 },
    )
  })

  it('never says more was given than some event says, and never gives without a start', () => {
    fc.assert(
      fc.property(anyLog, (log) => {
        const state = foldSession(log)
        if (state.doseMgGiven !== undefined) {
          const said = log.flatMap((each) =>
            'mgGiven' in each.data
              ? [each.data.mgGiven]
              : each.kind === 'correction'
                ? [each.data.figures.mgGiven]
                : [],
          )
          expect(said).toContain(state.doseMgGiven)
          expect(log.some(({ kind }) => kind === 'dose-started')).toBe(true)
        }
      }),
    )
  })
})

describe('a bolus by hand', () => {
  const context = { openedAt: minute(-60), orderedRateMlPerH: 60 }
  const arrived = event('arrived', -30, {})
  const dose = event('dose-started', 0, started)
  const finished = event('dose-finished', 19, { mgGiven: 55, computedMg: 55 })
  it.each<[string, SessionEvent[]]>([
    ['before a dose', [arrived]],
    ['during one', [arrived, dose]],
    ['after it', [arrived, dose, finished]],
  ])('is not taken %s: its mg would be in no sum', (_, log) => {
    const entry = { ...event('bolus-given', 20, { mg: 20, ml: 2 }) } as unknown as BedsideEntry
    expect(acceptEntry(entry, foldSession(log), log, context, minute(60), 'nurse')).toMatchObject({
      ok: false,
      reason: 'no-bolus-by-hand',
    })
  })
})
