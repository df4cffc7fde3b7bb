import { instrumentById, responseStamp, score } from '@evenkeel/questionnaires'
import { describe, expect, it } from 'vitest'
import type { InstrumentResponse } from '../../assess/index.ts'
import type { CheckIn } from '../../follow-up/index.ts'
import type { Id, PersonId } from '../../platform/ids.ts'
import { parseInstant, parseLocalDate } from '../../platform/time.ts'
import { dayZeroOf, scoreLines } from './score-lines.ts'

const ZONE = 'America/New_York'
const zero = parseLocalDate('2026-03-02')

const response = (
  instrumentId: string,
  day: string,
  answers: Record<string, number>,
  change: Partial<InstrumentResponse> = {},
): InstrumentResponse => ({
  id: `${instrumentId} ${day}` as Id<'instrument-response'>,
  personId: 'p' as PersonId,
  source: 'intake',
  objectId: 'a',
  ...responseStamp(instrumentById(instrumentId)!),
  answers,
  scores: score(instrumentId, answers),
  completedAt: parseInstant(`${day}T15:00:00Z`),
  ...change,
})
const checkIn = (day: string, craving0to10: number | null, change: Partial<CheckIn> = {}): CheckIn => ({
  id: day as Id<'check-in'>,
  forDate: parseLocalDate(day),
  submittedAt: parseInstant(`${day}T15:00:00Z`),
  craving0to10,
  used: 'no',
  substances: [],
  mood0to10: null,
  words: null,
  cravingStamp: responseStamp(instrumentById('craving-nrs')!),
  ...change,
})
const all = (value: number) => Object.fromEntries(Array.from({ length: 9 }, (_, at) => [`q${at + 1}`, value]))
const lines = (responses: InstrumentResponse[], checkIns: CheckIn[] = []) =>
  scoreLines(responses, checkIns, zero, ZONE)

describe("a person's lines", () => {
  it('counts days from the first session, before it too, in order', () => {
    const [phq] = lines([response('phq-9', '2026-03-09', all(1)), response('phq-9', '2026-02-20', all(2))])
    expect(phq!.points.map((p) => [p.day, p.score])).toEqual([
      [-10, 18],
      [7, 9],
    ])
    expect(phq!.range).toEqual([0, 27])
    expect(phq!.bands.map((b) => b.from)).toContain(10)
  })

  it('shows a questionnaire answered in part as such, never as zero', () => {
    const [phq] = lines([response('phq-9', '2026-03-09', { q1: 1 })])
    expect(phq!.points).toMatchObject([{ day: 7, score: undefined }])
  })

  it('puts craving of questionnaires and check-ins on one line; open and corrected ones are left out', () => {
    const [craving, ...more] = lines(
      [response('craving-nrs', '2026-03-01', { q1: 9 })],
      [
        checkIn('2026-03-03', 5, { supersededBy: 'later' as Id<'check-in'> }),
        checkIn('2026-03-03', 6),
        checkIn('2026-03-04', null),
      ],
    )
    expect(more).toEqual([])
    expect(craving!.points.map((p) => [p.day, p.score])).toEqual([
      [-1, 9],
      [1, 6],
    ])
  })

  it('never mixes editions, recall windows or scorings on one line', () => {
    const found = lines([
      response('phq-9', '2026-03-01', all(1)),
      response('phq-9', '2026-03-08', all(1), { edition: 'official' }),
      response('phq-9', '2026-03-15', all(1), { scoringVersion: 99 }),
      response('phq-9', '2026-03-22', all(2), { formHash: 'another comma' }),
    ])
    expect(found.map((line) => line.points.map((p) => p.day))).toEqual([[-1, 20], [6], [13]])
    expect(found.every((line) => line.edition !== undefined)).toBe(true)
    // Bands belong to the edition we ship.
    expect(found.map((line) => line.bands.length > 0)).toEqual([true, false, false])
  })

  it('takes the day in the zone of the clinic', () => {
    const late = response('gad-7', '2026-03-03', {}, { completedAt: parseInstant('2026-03-03T03:00:00Z') })
    expect(lines([late])[0]!.points[0]!.day).toBe(0)
  })

  it('counts from the first result when there was no session', () => {
    expect(
      dayZeroOf(undefined, [response('phq-9', '2026-03-09', {})], [checkIn('2026-03-04', 2)], zero, ZONE),
    ).toEqual({
      date: '2026-03-04',
      from: 'first-result',
    })
  })
})
