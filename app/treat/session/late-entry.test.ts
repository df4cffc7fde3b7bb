import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Instant } from '../../platform/time.ts'
import { computedMg, expectedEndMs } from '../dose/infusion.ts'
import { acceptEntry, type BedsideEntry, type EntryContext } from './bedside-entry.ts'
import { mgWorkedOutAnew } from './mg-anew.ts'
import { foldSession } from './session.ts'
import type { SessionEvent, SessionEventId, SessionEventKind } from './session-event.ts'

const START = Date.parse('2026-11-22T15:00:00.000Z')
const ms = (min: number) => START + min * 60_000
const instant = (min: number) => new Date(ms(min)).toISOString() as Instant
const id = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}` as SessionEventId
const NOW = instant(120)
const context: EntryContext = { openedAt: instant(-30), orderedRateMlPerH: 60 }
let made = 0
const nextId = () => {
  made += 1
  return id(made)
}
const entry = (kind: SessionEventKind, atMin: number, data: object = {}): BedsideEntry =>
  ({ id: nextId(), kind, at: instant(atMin), data }) as unknown as BedsideEntry
const event = (kind: SessionEventKind, atMin: number, data: object = {}, by = 'nurse') =>
  ({ ...entry(kind, atMin, data), by }) as unknown as SessionEvent

// 40 mg over 40 minutes: 1 mg a minute, 60 mL/h of 1 mg/mL.
const started = event('dose-started', 0, {
  orderedMg: 40,
  drawnMl: 4,
  lotConcentrationMgPerMl: 10,
  rateMgPerH: 60,
  durationMin: 40,
})
const rate = (atMin: number, rateMlPerH: number) => entry('dose-rate-changed', atMin, { rateMlPerH })
const pause = (atMin: number) => entry('dose-paused', atMin)
const resume = (atMin: number) => entry('dose-resumed', atMin)
const stop = (atMin: number, mgGiven?: number) =>
  entry('dose-stopped', atMin, mgGiven === undefined ? {} : { mgGiven })

/** Takes entries in the order of their arrival, as the server does: the log, and why what was refused was. */
function arrive(entries: readonly BedsideEntry[], by: (entry: BedsideEntry) => string = () => 'nurse') {
  const log: SessionEvent[] = [started]
  const refused: [BedsideEntry, string][] = []
  for (const one of entries) {
    const accepted = acceptEntry(one, foldSession(log), log, context, NOW, by(one))
    if (!accepted.ok) {
      refused.push([one, accepted.reason])
      continue
    }
    log.push(accepted.event)
    const anew = mgWorkedOutAnew(foldSession(log), log, nextId, NOW)
    if (anew) log.push(anew)
  }
  return { log, refused, state: foldSession(log) }
}
const reasons = (entries: readonly BedsideEntry[]) => arrive(entries).refused.map(([, reason]) => reason)

describe('an entry that arrives late', () => {
  it('is judged by its own time: a pause of before a stop is taken, and the mg follow', () => {
    const { log, refused, state } = arrive([stop(20), pause(5), resume(11)])
    expect(refused).toEqual([])
    expect(state.dose?.pauses).toEqual([{ from: instant(5), until: instant(11) }])
    expect(state.doseMgGiven).toBe(14)
    expect(state.notCounted).toEqual([])
    // 5 mg while it seemed to stand to the end, then 14: each is said by an entry of the clinic, with its reason.
    const corrections = log.filter(({ kind }) => kind === 'correction')
    expect(corrections.map(({ data }) => 'figures' in data && data.figures.mgGiven)).toEqual([5, 14])
    expect(corrections[1]?.words?.reason).toContain('14 mg by rate and times, worked out anew')
  })

  it('of a rate before a stop changes the mg; what a nurse read from the pump stays', () => {
    expect(arrive([stop(20), rate(10, 30)]).state.doseMgGiven).toBe(15)
    const read = arrive([stop(20, 18.5), rate(10, 30)])
    expect(read.state.doseMgGiven).toBe(18.5)
    expect(read.log.filter(({ kind }) => kind === 'correction')).toEqual([])
    expect(computedMg(read.state.dose!, ms(20))).toBe(15)
  })

  it('moves the expected end of a pump that still runs', () => {
    const { dose } = arrive([rate(30, 60), pause(5), resume(15), rate(20, 30)]).state
    // 15 mg by 25, 5 by the slow ten minutes; the rest at full speed.
    expect(computedMg(dose!, ms(30))).toBe(15)
    expect(expectedEndMs(dose!, ms(30))).toBe(ms(55))
  })

  it('is refused by name where it was impossible at its time', () => {
    expect(reasons([stop(20), pause(25)])).toEqual(['no-infusion-running'])
    expect(reasons([pause(10), resume(15), pause(12)])).toEqual(['already-paused'])
    expect(reasons([pause(10), resume(15), resume(16)])).toEqual(['not-paused'])
    expect(reasons([pause(-1)])).toEqual(['no-infusion-running'])
    // Possible by now, faster than ordered then and now.
    expect(reasons([stop(20), rate(10, 61)])).toEqual(['faster-than-ordered'])
  })

  it('is for people to settle where somebody recorded otherwise for later', () => {
    const { refused, state } = arrive([rate(12, 30), stop(20, 15), stop(10)])
    expect(refused.map(([, reason]) => reason)).toEqual(['contradicts-later'])
    expect(state.dose?.ended?.at).toBe(instant(20))
    const log = [started, ...arrive([rate(12, 30), stop(20, 15)]).log.slice(1)]
    expect(acceptEntry(stop(10), foldSession(log), log, context, NOW, 'nurse')).toMatchObject({
      against: [
        { kind: 'dose-rate-changed', at: instant(12) },
        { kind: 'dose-stopped', at: instant(20) },
      ],
    })
  })

  it('is taken where later entries then only say again what is so', () => {
    const { refused, state } = arrive([pause(7), stop(5)])
    expect(refused).toEqual([])
    expect(state).toMatchObject({ doseMgGiven: 5, notCounted: [expect.any(String)] })
    expect(arrive([pause(7), resume(12), pause(5), resume(10)])).toMatchObject({
      refused: [],
      state: { dose: { pauses: [{ from: instant(5), until: instant(10) }] } },
    })
  })

  it('of an access or a sitter counts once, whoever said it first', () => {
    const placed = entry('access-placed', 1, { side: 'left', place: 'hand', gauge: 22, runsFreely: 'yes' })
    const removed = (atMin: number) => entry('access-removed', atMin, { of: placed.id, intact: 'yes' })
    const { refused, state } = arrive([placed, removed(50), removed(45), removed(0.5), removed(55)])
    expect(state.care.accessRemoved.map(({ at }) => at)).toEqual([instant(45)])
    expect(refused.map(([, reason]) => reason)).toEqual(['contradicts-log', 'contradicts-log'])
    const sits = entry('sitter-in', 1, { accountId: null })
    const out = (atMin: number) => entry('sitter-out', atMin, { of: sits.id })
    expect(arrive([sits, out(50), out(40)])).toMatchObject({ refused: [], state: { care: { sitters: [] } } })
  })

  it('does not take the watch from somebody who was told they have it', () => {
    const by: Record<string, string> = {}
    const of = (who: string, one: BedsideEntry) => {
      by[one.id] = who
      return one
    }
    const first = of('ann', entry('watch-taken', 1, { from: null }))
    const offer = of('ann', entry('handover-offered', 10, { to: 'ben' }))
    const taken = of('ben', entry('handover-taken', 11, { of: offer.id }))
    const late = of('cem', entry('watch-taken', 5, { from: 'ann' }))
    const { refused, state } = arrive([first, offer, taken, late], ({ id }) => by[id]!)
    expect(refused.map(([, reason]) => reason)).toEqual(['contradicts-later'])
    expect(state.care.watch?.by).toBe('ben')
    // Before anybody handed it over it may be, and the offer goes on from there.
    const own = of('ann', entry('watch-taken', 8, { from: 'cem' }))
    expect(arrive([first, own, offer, taken, late], ({ id }) => by[id]!)).toMatchObject({
      refused: [],
      state: { care: { watch: { by: 'ben' } } },
    })
  })

  it('of a person’s own mg counts before what was worked out anew, whichever arrives last', () => {
    const stopped = stop(20)
    const corrected = entry('correction', 21, { of: stopped.id, figures: { mgGiven: 17 } })
    for (const order of [
      [stopped, corrected, pause(5)],
      [stopped, pause(5), corrected],
    ]) {
      const { state, log } = arrive(order)
      expect(state.doseMgGiven).toBe(17)
      const newest = log.findLast(({ kind }) => kind === 'correction')
      expect(newest).toMatchObject({ data: { figures: { mgGiven: 17 } } })
    }
  })
})

describe('two tablets without a network', () => {
  const written = fc.oneof(
    { weight: 3, arbitrary: fc.constant(() => (at: number) => pause(at)) },
    { weight: 3, arbitrary: fc.constant(() => (at: number) => resume(at)) },
    {
      weight: 3,
      arbitrary: fc.integer({ min: 1, max: 60 }).map((mlPerH) => () => (at: number) => rate(at, mlPerH)),
    },
    {
      weight: 1,
      arbitrary: fc
        .option(fc.integer({ min: 0, max: 40 }), { nil: undefined })
        .map((mg) => () => (at: number) => stop(at, mg)),
    },
    { weight: 1, arbitrary: fc.constant(() => (at: number) => entry('dose-finished', at)) },
    { weight: 1, arbitrary: fc.constant(() => (at: number) => entry('music', at, { on: true })) },
  )
  const tablet = fc
    .array(fc.tuple(fc.integer({ min: 0, max: 90 }), written), { maxLength: 7 })
    .map((list) => [...list].sort(([a], [b]) => a - b).map(([half, make]) => make()(half / 2)))
  /** Each tablet sends in the order of writing; between the two anything goes. */
  const woven = (a: readonly BedsideEntry[], b: readonly BedsideEntry[], turns: readonly boolean[]) => {
    const [left, right] = [[...a], [...b]]
    const order: BedsideEntry[] = []
    for (const first of turns) order.push(...(first ? left : right).splice(0, 1))
    return [...order, ...left, ...right]
  }
  const turns = fc.array(fc.boolean(), { minLength: 14, maxLength: 14 })
  const said = (log: readonly SessionEvent[]) => {
    const { dose, doseMgGiven, care } = foldSession(log)
    return { dose, doseMgGiven, music: care.music, endMs: dose && !dose.ended && expectedEndMs(dose, ms(45)) }
  }

  it('give the same state in whatever order what they wrote arrives', () => {
    fc.assert(
      fc.property(tablet, tablet, turns, turns, (a, b, one, other) => {
        const first = arrive(woven(a, b, one))
        const second = arrive(woven(a, b, other))
        const taken = ({ refused }: typeof first) => refused.map(([{ id }]) => id).sort()
        // The same entries taken: the same state, mg and end, though each correction was written when it was due.
        fc.pre(JSON.stringify(taken(first)) === JSON.stringify(taken(second)))
        expect(said(second.log)).toEqual(said(first.log))
      }),
      { numRuns: 400 },
    )
  })

  it('fold alike in any order, and lose nothing that counted but what says again what is so', () => {
    fc.assert(
      fc.property(tablet, tablet, turns, fc.infiniteStream(fc.nat()), (a, b, order, random) => {
        const log: SessionEvent[] = [started]
        for (const one of woven(a, b, order)) {
          const before = foldSession(log)
          const accepted = acceptEntry(one, before, log, context, NOW, 'nurse')
          if (!accepted.ok) continue
          log.push(accepted.event)
          const after = foldSession(log)
          expect(after.notCounted).not.toContain(one.id)
          const lost = log.filter(
            ({ id }) => after.notCounted.includes(id) && !before.notCounted.includes(id),
          )
          for (const { kind } of lost) expect(['dose-paused', 'dose-resumed']).toContain(kind)
          const anew = mgWorkedOutAnew(after, log, nextId, NOW)
          if (anew) log.push(anew)
          expect(mgWorkedOutAnew(foldSession(log), log, nextId, NOW)).toBeUndefined()
        }
        const shuffled = [...log, ...log.slice(0, 3)]
          .map((event) => ({ event, key: random.next().value }))
          .sort((x, y) => x.key - y.key)
          .map(({ event }) => event)
        expect(foldSession(shuffled)).toEqual(foldSession(log))
        const [mg, byHand] = [foldSession(log).doseMgGiven, mgByHand(log)]
        expect(mg === undefined).toBe(byHand === undefined)
        // Two ways to the half of a hundredth may round it apart.
        expect(Math.abs((mg ?? 0) - (byHand ?? 0))).toBeLessThan(0.0101)
      }),
      { numRuns: 300 },
    )
  })

  /** mg of the dose by walking the log half minute by half minute, without the code under test; undefined while it runs. */
  function mgByHand(log: readonly SessionEvent[]): number | undefined {
    const order = [...log].sort((x, y) => x.at.localeCompare(y.at) || x.id.localeCompare(y.id))
    let [mg, perMin, runs] = [0, 1, false]
    let lastMs = ms(0)
    for (const event of order) {
      const nowMs = Date.parse(event.at)
      if (runs) mg += (perMin * (nowMs - lastMs)) / 60_000
      lastMs = nowMs
      if (event.kind === 'dose-started' || event.kind === 'dose-resumed') runs = true
      if (event.kind === 'dose-paused') runs = false
      if (event.kind === 'dose-rate-changed') perMin = event.data.rateMgPerH / 60
      if (event.kind === 'dose-finished') return event.data.mgGiven
      if (event.kind === 'dose-stopped') {
        return event.data.mgComputed ? Math.round(Math.min(40, mg) * 100) / 100 : event.data.mgGiven
      }
    }
    return undefined
  }
})
