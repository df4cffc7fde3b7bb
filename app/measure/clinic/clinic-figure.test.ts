import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CensoredWhy, EventCount } from '../dataset/outcome-row.ts'
import { clinicFigure } from './clinic-figure.ts'

type Row = EventCount<CensoredWhy>
const used = (days: number): Row => ({ days, event: true, censoredWhy: null, people: 1 })
const followed = (days: number, people = 1): Row => ({
  days,
  event: false,
  censoredWhy: 'still-followed',
  people,
})
const many = (n: number, make: (at: number) => Row) => Array.from({ length: n }, (_, at) => make(at))

describe("the clinic's curve", () => {
  it('is not shown for fewer than ten people, and their number is not told', () => {
    expect(
      clinicFigure(
        many(9, (at) => used(20 + at)),
        'here',
      ),
    ).toEqual({
      kind: 'no-curve',
      why: 'too-few-people',
      people: undefined,
    })
    expect(clinicFigure([], 'here')).toMatchObject({ why: 'too-few-people', people: 0 })
  })

  it('is not shown when hardly anybody was followed', () => {
    const rows = [followed(0, 12), followed(90, 5)]
    expect(clinicFigure(rows, 'here')).toEqual({ kind: 'no-curve', why: 'too-few-followed', people: 17 })
  })

  it('ends on the last day with ten people still observed', () => {
    const rows = [...many(20, (at) => used(10 + at)), followed(300, 5)]
    const figure = clinicFigure(rows, 'here')
    if (figure.kind !== 'curve') throw new Error(figure.why)
    // 25 people; after the sixteenth event, on day 25, nine are left.
    expect(figure.untilDay).toBe(25)
    expect(Math.max(...figure.drawn.steps.map((step) => step.time))).toBe(25)
    expect(figure.points.at(-1)).toMatchObject({ day: 25, atRisk: 10 })
    expect(figure.points.at(-1)!.without).toBeCloseTo(9 / 25, 12)
  })

  it('says how many used only when that points at nobody', () => {
    const rows = [...many(3, (at) => used(10 + at)), followed(100, 30)]
    const figure = clinicFigure(rows, 'here')
    if (figure.kind !== 'curve') throw new Error(figure.why)
    // Thirty are hidden with the three: with the total of 33 they would give it away.
    expect(figure.people).toBe(33)
    expect(figure.states.find((s) => s.state === 'event')!.people).toBeUndefined()
    expect(figure.states.find((s) => s.state === 'still-followed')!.people).toBeUndefined()
  })

  it('is the same for one line of several people and for as many lines of one', () => {
    const rows = many(40, (at) => (at % 3 === 0 ? used(10 + at) : followed(200)))
    const together = [
      ...rows.filter(({ event }) => event),
      followed(200, rows.filter(({ event }) => !event).length),
    ]
    expect(clinicFigure(together, 'here')).toEqual(clinicFigure(rows, 'here'))
  })

  it('never shows a number at risk from 1 to 9, nor a day beyond the last one shown', () => {
    const row = fc.oneof(
      fc.integer({ min: 1, max: 365 }).map((d) => used(d)),
      fc.integer({ min: 0, max: 365 }).map((d) => followed(d)),
    )
    fc.assert(
      fc.property(fc.array(row, { maxLength: 60 }), (rows) => {
        const figure = clinicFigure(rows, 'here')
        if (figure.kind === 'no-curve') return
        for (const { n } of figure.drawn.atRisk) expect(n === undefined || n === 0 || n >= 10).toBe(true)
        for (const { atRisk, day } of figure.points) {
          expect(atRisk === undefined || atRisk >= 10).toBe(true)
          expect(day).toBeLessThanOrEqual(figure.untilDay)
        }
        for (const { time } of figure.drawn.steps) expect(time).toBeLessThanOrEqual(figure.untilDay)
        for (const time of figure.drawn.censorTimes) expect(time).toBeLessThanOrEqual(figure.untilDay)
      }),
    )
  })
})
