import {
  type Answers,
  type Instrument,
  instrumentById,
  listInstruments,
  responseStamp,
  scoreBy,
  withWording,
  wordingOf,
} from '@evenkeel/questionnaires'
import { describe, expect, it } from 'vitest'
import type { PersonId } from '../../platform/ids.ts'
import { type Instant, parseInstant } from '../../platform/time.ts'
import type { InstrumentResponse, ResponseId } from '../instrument-response.ts'
import { readingsOf } from './change-readings.ts'
import { editionWords } from './edition-words.ts'
import { itemAnswers, wordingFor } from './item-answers.ts'
import { scoredToday } from './rescoring.ts'
import { changeOf } from './result-change.ts'
import { faceOf } from './result-face.ts'
import { linesOf, recallInWords, whyApart } from './result-line.ts'
import { newestRows, type PersonResults, waitingRows } from './result-overview.ts'
import { asksForALook, firedWith } from './result-review.ts'
import { resultView, type ScoreView, stateInWords } from './result-view.ts'
import { figureInWords, flagInWords, respondentInWords } from './result-words.ts'
import { entryInWords, metricInWords } from './series-words.ts'

const ZONE = 'America/New_York'
const at = (day: string) => parseInstant(`${day}T15:00:00Z`)

function response(
  instrumentId: string,
  answers: Answers,
  day = '2026-03-02',
  change: Partial<InstrumentResponse> = {},
): InstrumentResponse {
  const instrument = instrumentById(instrumentId)!
  return {
    id: `${instrumentId} ${day}` as ResponseId,
    personId: 'p' as PersonId,
    source: 'intake',
    objectId: 'a',
    ...responseStamp(instrument),
    answers,
    scores: scoreBy(instrument, answers, { sex: 'female' }),
    completedAt: at(day),
    ...change,
  }
}
const items = (count: number, value: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`q${index + 1}`, value]))
const phq9 = (value: number, open = 0) => {
  const answers: Record<string, number> = items(9, value)
  for (let index = 0; index < open; index += 1) delete answers[`q${9 - index - 1}`]
  return { ...answers, q9: 0 }
}
const viewOf = (one: InstrumentResponse) => resultView(one, instrumentById(one.instrumentId))
const total = (one: InstrumentResponse) => viewOf(one).scores[0] as ScoreView
const PLAIN = editionWords([], ZONE)
const overview = (responses: InstrumentResponse[], reviewed: string[] = []) => {
  const results: PersonResults = {
    responses,
    reviewed: new Set(reviewed as ResponseId[]),
    context: {},
    editionInWords: PLAIN,
  }
  const order = listInstruments().map(({ id }) => id)
  return { waiting: waitingRows(results), rows: newestRows(results, order) }
}
const newest = (...responses: InstrumentResponse[]) => overview(responses).rows[0]!

describe('a result that is not whole', () => {
  it('incomplete: no value, no band, no dot on the range; the span still possible and what is missing', () => {
    const one = response('phq-9', { q1: 0, q2: 0 })
    expect(total(one)).toMatchObject({
      value: undefined,
      place: undefined,
      band: undefined,
      span: [0, 21],
      range: [0, 27],
    })
    expect(figureInWords(total(one))).toBe('unknown, 0 to 21 still possible')
    expect(viewOf(one)).toMatchObject({
      state: 'incomplete',
      missing: ['q3', 'q4', 'q5', 'q6', 'q7', 'q8', 'q9'],
    })
    expect(stateInWords(viewOf(one))).toBe('incomplete; 7 answers missing')
  })

  it('nothing answered: unknown, without a span', () => {
    expect(figureInWords(total(response('phq-9', {})))).toBe('unknown')
  })

  it('prorated: the stored value, said to be an estimate in value, band and state, with the exact figure', () => {
    const one = response('phq-9', phq9(1, 2))
    expect(total(one)).toMatchObject({ status: 'prorated', band: 'mild, an estimate' })
    expect(total(one).exact).not.toBeUndefined()
    expect(stateInWords(viewOf(one))).toBe('prorated, an estimate; 2 answers missing')
  })

  it('partial: what is reached so far, and the lowest band says nothing', () => {
    const none = response('ketamine-side-effects', { nausea: 0 })
    expect(viewOf(none).scores.find(({ id }) => id === 'maxSeverity')).toMatchObject({
      value: 'at least 0',
      place: undefined,
      span: [0, 3],
      band: undefined,
    })
    const some = response('ketamine-side-effects', { nausea: 2 })
    expect(viewOf(some).scores.find(({ id }) => id === 'maxSeverity')).toMatchObject({
      value: 'at least 2',
      band: 'at least moderate',
    })
    expect(viewOf(some).state).toBe('partial')
  })

  it('rejected: no score at all, and each answer that does not fit is named', () => {
    const one = response('phq-9', { ...phq9(0), q3: 9 })
    expect(viewOf(one)).toMatchObject({
      scores: [],
      state: 'rejected',
      rejected: [expect.stringContaining('q3')],
    })
    expect(stateInWords(viewOf(one))).toBe('not scored; 1 answer does not fit')
    expect(viewOf(response('phq-9', { ...phq9(0), x: 1, y: 2 })).rejected).toEqual([
      'Not questions of this questionnaire: x, y',
    ])
    const rows = itemAnswers(one, wordingFor(one, instrumentById('phq-9'), undefined))
    expect(rows.find(({ id }) => id === 'q3')).toMatchObject({ state: 'does-not-fit', answer: '9' })
  })

  it('flags keep three values', () => {
    const flags = viewOf(response('phq-9', { q1: 0 })).flags
    expect(flags.map(({ value }) => flagInWords(value).word)).toEqual(['unknown', 'unknown'])
    expect([true, false, null].map((value) => flagInWords(value).state)).toEqual(['due', 'calm', 'unknown'])
  })

  it('a level that is not known says what is certain, and is no number', () => {
    const one = response('c-ssrs-screener', { q1: 1 })
    const view = viewOf(one)
    expect(view.categories).toEqual([{ id: 'risk', label: 'triage level', value: undefined, atLeast: 'low' }])
    expect(view).toMatchObject({ leading: [], state: 'incomplete' })
    const clear = viewOf(response('c-ssrs-screener', { q1: 0, q2: 0, q6: 0 }))
    expect(clear.categories[0]).toMatchObject({ value: 'no risk indicated' })
    expect(clear.state).toBe('complete')
  })

  it('holds for every instrument: without answers no score has a value, a place or a band', () => {
    for (const { id } of listInstruments()) {
      const view = viewOf(response(id, {}))
      for (const score of view.scores) {
        expect([id, score.value, score.place, score.band]).toEqual([id, undefined, undefined, undefined])
      }
      expect([id, view.categories.map(({ value }) => value)]).toEqual([
        id,
        view.categories.map(() => undefined),
      ])
      expect([id, view.flags.map(({ value }) => value).filter((value) => value === false)]).toEqual([id, []])
    }
  })
})

describe('change', () => {
  const of = (before: InstrumentResponse | undefined, after: InstrumentResponse) =>
    changeOf(instrumentById(after.instrumentId)!, 'total', before, after)

  it('says better and worse by the direction of the instrument', () => {
    expect(of(response('phq-9', phq9(2)), response('phq-9', phq9(1)))).toMatchObject({
      verdict: 'better',
      words: 'better by 8',
      moved: 'down',
    })
    expect(of(response('who-5', items(5, 2)), response('who-5', items(5, 4)))).toMatchObject({
      verdict: 'better',
      words: 'better by 40',
      moved: 'up',
    })
    expect(of(response('phq-9', phq9(1)), response('phq-9', phq9(1)))).toMatchObject({ words: 'the same' })
  })

  it('claims no better or worse where no source says which way that is', () => {
    const edi = instrumentById('edi')!
    const all = (value: number) => Object.fromEntries(edi.items.map(({ id }) => [id, value]))
    expect(of(response('edi', all(10)), response('edi', all(40)))).toMatchObject({
      verdict: 'moved',
      words: 'up 30',
      description: { direction: null, response: null },
    })
  })

  it('is unknown as soon as one of the two is not finished, never a fall', () => {
    const open = response('phq-9', { q1: 0 })
    expect(of(response('phq-9', phq9(3)), open)).toMatchObject({ verdict: 'unknown', moved: null })
    expect(of(open, response('phq-9', phq9(3)))).toMatchObject({ verdict: 'unknown', moved: null })
    expect(of(undefined, open)).toMatchObject({ verdict: 'first' })
  })

  it('says that it rests on an estimate', () => {
    expect(of(response('phq-9', phq9(2)), response('phq-9', phq9(1, 1))).words).toMatch(/, an estimate$/)
  })

  it('does not compare what part of the answers reached', () => {
    const before = response('ketamine-side-effects', { nausea: 3 })
    expect(
      changeOf(
        instrumentById('ketamine-side-effects')!,
        'maxSeverity',
        before,
        response('ketamine-side-effects', { nausea: 0 }),
      ),
    ).toMatchObject({ verdict: 'unknown' })
  })

  it('tells what no source defines from what is not known', () => {
    const readings = (row: ReturnType<typeof newest>) =>
      Object.fromEntries(
        readingsOf(row.changes[0]!, instrumentById(row.response.instrumentId)!).map((one) => [
          one.title,
          one.last,
        ]),
      )
    const phq = [response('phq-9', phq9(2), '2026-03-01'), response('phq-9', phq9(1), '2026-03-08')]
    expect(readings(newest(...phq))).toEqual({
      'In per cent of the earlier value': 'better by 50 %',
      'Response: better by at least 50 %': 'yes',
      'Remission: below 5': 'no',
      'Smallest change that matters: 5 points': 'better by at least this',
      'Reliable change: 6 points': 'better by at least this',
    })
    const edi = instrumentById('edi')!
    const all = (value: number) => Object.fromEntries(edi.items.map(({ id }) => [id, value]))
    expect(
      readings(newest(response('edi', all(1), '2026-03-01'), response('edi', all(2), '2026-03-08'))),
    ).toEqual({
      'In per cent of the earlier value': 'unknown',
      Response: 'not defined by a source',
      Remission: 'not defined by a source',
      'Smallest change that matters': 'not defined by a source',
      'Reliable change': 'not defined by a source',
    })
  })

  it('names the score even of a result that was not scored', () => {
    const row = newest(response('phq-9', phq9(1), '2026-03-01'), response('phq-9', { q1: 9 }, '2026-03-08'))
    expect(row.changes).toMatchObject([{ label: 'Total', last: { verdict: 'unknown' } }])
  })

  it('puts levels beside each other without a size', () => {
    const none = { q1: 0, q2: 0, q6: 0 }
    const row = newest(
      response('c-ssrs-screener', { q1: 1, q2: 1, q3: 1, q4: 0, q5: 0, q6: 0 }, '2026-03-01'),
      response('c-ssrs-screener', none, '2026-03-08'),
    )
    expect(row.changes).toMatchObject([
      { last: { verdict: 'other', words: 'before: moderate', moved: null } },
    ])
  })
})

describe('lines', () => {
  const first = response('phq-9', phq9(3), '2026-03-01')
  const second = response('phq-9', phq9(2), '2026-03-08')

  it('compare with the first and with the last finished result, past unfinished ones', () => {
    const row = newest(
      response('phq-9', { q1: 1 }, '2026-02-20'),
      first,
      second,
      response('phq-9', { q1: 0 }, '2026-03-12'),
      response('phq-9', phq9(1), '2026-03-15'),
    )
    expect(row.changes).toMatchObject([
      {
        last: { words: 'better by 8' },
        lastAt: second.completedAt,
        baseline: { words: 'better by 16' },
        baselineAt: first.completedAt,
      },
    ])
    expect(row.points.map(({ value }) => value)).toEqual([undefined, 24, 16, undefined, 8])
  })

  it.each<[string, Partial<InstrumentResponse>, string]>([
    ['wording', { edition: 'imported-0a1b2c3d4e5f' }, 'another wording (our plain-language edition)'],
    ['version', { version: '10 items' }, 'another version (9 items, 2 weeks)'],
    ['recall window', { recallPeriod: 'P7D' }, 'another recall window (the past 14 days)'],
    ['scoring', { scoringVersion: 99 }, 'another scoring (1)'],
  ])('never mix another %s, and say so', (_, change, reason) => {
    const other = response('phq-9', phq9(1), '2026-03-15', change)
    const { rows } = overview([first, second, other])
    expect(rows.map((row) => row.results)).toEqual([1, 2])
    expect(rows[0]!.changes).toMatchObject([{ last: { verdict: 'first' } }])
    expect(rows.map((row) => row.apart)).toEqual([[], [reason]])
    expect(whyApart(second, other, PLAIN)).toEqual([reason])
  })

  it('stay together when only a few words of the same edition changed', () => {
    expect(linesOf([first, response('phq-9', phq9(1), '2026-03-15', { formHash: 'x' })])).toHaveLength(1)
  })

  it('say recall windows as people do', () => {
    expect(['P14D', 'PT24H', 'P1M', 'PT0S', 'P100Y', 'P1Y2M'].map(recallInWords)).toEqual([
      'the past 14 days',
      'the past 24 hours',
      'the past month',
      'now',
      'the whole life',
      'P1Y2M',
    ])
  })
})

describe('a form that was set aside', () => {
  const aside = (value: number, day: string) =>
    response('phq-9', phq9(value), day, { source: 'form-set-aside' })
  const first = response('phq-9', phq9(3), '2026-03-01')
  const second = response('phq-9', phq9(2), '2026-03-08')

  it('is never a baseline and never the last, even with every answer given', () => {
    const row = newest(aside(0, '2026-02-20'), first, aside(1, '2026-03-04'), second)
    expect(row.changes).toMatchObject([
      { lastAt: first.completedAt, baselineAt: first.completedAt, last: { words: 'better by 8' } },
    ])
    expect(row.points.map(({ value }) => value)).toEqual([undefined, 24, undefined, 16])
  })

  it('is compared with nothing itself, and says why beside its score', () => {
    const late = aside(3, '2026-03-12')
    const [row] = overview([first, late]).waiting.filter(({ response: one }) => one.id === late.id)
    expect(row!.changes).toMatchObject([{ last: { verdict: 'unknown' }, baseline: { verdict: 'unknown' } }])
    const whySetAside = new Map([[late.objectId, 'Was tired.']])
    const beside = { reviews: [], timeZone: ZONE, names: new Map(), editionInWords: PLAIN, whySetAside }
    expect(faceOf(row!, beside)).toMatchObject({
      setAside: true,
      stateWords: 'set aside, not finished; complete',
      whySetAside: 'Was tired.',
    })
    expect(faceOf(newest(first), beside)).toMatchObject({ setAside: false, whySetAside: undefined })
  })

  it('does not stand for its line while another result does, but is led to', () => {
    const late = aside(0, '2026-03-12')
    expect(newest(first, late)).toMatchObject({ response: first, setAsideSince: late })
    expect(newest(late)).toMatchObject({ response: late, setAsideSince: undefined })
    const level = response('c-ssrs-screener', { q1: 0, q2: 0, q6: 0 }, '2026-03-02', {
      source: 'form-set-aside',
    })
    const after = response('c-ssrs-screener', { q1: 0, q2: 0, q6: 0 }, '2026-03-09')
    expect(newest(level, after).changes).toMatchObject([{ last: { verdict: 'first' } }])
  })
})

describe('an imported edition', () => {
  const origin = {
    instrumentId: 'phq-9',
    edition: 'imported-0a1b2c3d4e5f',
    importedAt: at('2026-03-02'),
    source: { fileName: 'phq.json', sha256: '0a1b' },
  }
  const asked = { instrumentId: 'phq-9', edition: origin.edition }

  it('is called by its publisher, else by its file, and the day it came', () => {
    expect(editionWords([origin], ZONE)(asked)).toBe(
      'the publisher’s words, phq.json, brought in Mon 2 Mar 2026',
    )
    const published = { ...origin, source: { ...origin.source, publisher: 'A publisher' } }
    expect(editionWords([published], ZONE)(asked)).toContain('words, A publisher, brought')
  })

  it('of another instrument, or none that the clinic has, keeps its stored name', () => {
    const words = editionWords([origin], ZONE)
    expect(words({ ...asked, instrumentId: 'gad-7' })).toBe(
      'words that are not at hand, imported-0a1b2c3d4e5f',
    )
    expect(words({ instrumentId: 'phq-9', edition: 'plain-language-edition' })).toBe(
      'our plain-language edition',
    )
  })
})

describe('to be looked at', () => {
  const warning = response('phq-9', phq9(3), '2026-03-01')
  const critical = response('phq-9', { q9: 1 }, '2026-03-08')

  it('puts the critical first, whatever is newer, and lets go of what somebody looked at', () => {
    const late = response('phq-9', phq9(0), '2026-03-20')
    expect(overview([warning, critical, late]).waiting.map(({ response: one }) => one.id)).toEqual([
      critical.id,
      warning.id,
    ])
    expect(overview([warning, critical, late], [critical.id]).waiting.map(({ waits }) => waits)).toEqual([
      'warning',
    ])
    expect(overview([late]).waiting).toEqual([])
  })

  it('takes a sign that is not in use any more for a warning, and what only informs for none', () => {
    const retired = { valid: true, scores: {}, triggers: ['retired-sign'] } as const
    expect(asksForALook(firedWith(retired))).toBe('warning')
    expect(asksForALook(firedWith(response('craving-nrs', { q1: 9 }).scores))).toBeUndefined()
  })
})

describe('the answers', () => {
  const ours = instrumentById('phq-9')!
  const given = response('phq-9', { q1: 2, q9: 0 })

  it('stand in the words that were shown, each with what became of it', () => {
    const wording = wordingFor(given, ours, undefined)
    expect(wording.kind).toBe('as-asked')
    const rows = itemAnswers(given, wording)
    expect(rows.map(({ state }) => state)).toEqual([
      'answered',
      ...Array.from({ length: 7 }, () => 'missing'),
      'answered',
      'left-open',
    ])
    expect(rows[0]).toMatchObject({
      prompt: ours.items[0]!.prompt,
      answer: `2: ${ours.items[0]!.values![2]!.label}`,
    })
  })

  it('say when words have changed since', () => {
    expect(wordingFor({ ...given, formHash: 'older' }, ours, undefined).kind).toBe('changed-since')
  })

  it('use the imported edition when it is at hand, else name what was asked and invent no words', () => {
    const imported: Instrument = withWording(ours, 'imported-0a1b2c3d4e5f', {
      ...wordingOf(ours),
      items: Object.fromEntries(ours.items.map(({ id }) => [id, { prompt: `Imported ${id}` }])),
    })
    const stored = { ...given, ...responseStamp(imported) }
    expect(itemAnswers(stored, wordingFor(stored, ours, imported))[0]!.prompt).toBe('Imported q1')
    const without = wordingFor(stored, ours, undefined)
    expect(without.kind).toBe('not-at-hand')
    expect(itemAnswers(stored, without)[0]).toMatchObject({
      concept: 'anhedonia',
      prompt: undefined,
      answer: '2',
    })
  })

  it('tell what was not asked from what is missing', () => {
    const audit = response('audit', { q1: 0 })
    const rows = itemAnswers(audit, wordingFor(audit, instrumentById('audit'), undefined))
    expect(rows.map(({ state }) => state)).toEqual([
      'answered',
      ...Array.from({ length: 7 }, () => 'not-asked'),
      'missing',
      'missing',
    ])
  })

  it('are shown without a definition of ours too', () => {
    const gone = { ...given, instrumentId: 'gone' }
    expect(itemAnswers(gone, wordingFor(gone, undefined, undefined))).toMatchObject([
      { id: 'q1', answer: '2' },
      { id: 'q9', answer: '0' },
    ])
    expect(resultView(gone, undefined).scores[0]).toMatchObject({
      label: 'Total',
      value: undefined,
      range: undefined,
    })
  })
})

describe('a series', () => {
  const calendar = response('tlfb', {
    days: [
      { date: '2026-03-01', drinks: 0 },
      { date: '2026-03-02', missing: true },
      { date: '2026-03-03', drinks: 6, drugs: ['cannabis'] },
    ],
  })

  it('shows figures; a day nobody knows about is counted as such', () => {
    const view = viewOf(calendar)
    expect(view.state).toBe('series')
    expect(view.metrics[0]!.id).toBe('observedDays')
    expect(view.metrics.find(({ id }) => id === 'missingDays')).toMatchObject({ value: '1 day' })
    expect(view.metrics.find(({ id }) => id === 'pda')).toMatchObject({ value: '50 % of days with an entry' })
    expect(overview([calendar]).rows[0]!.changes).toEqual([])
  })

  it('tells nothing known from nothing that happened', () => {
    expect(metricInWords({ daysToFirstDrink: null, drinkingDays: null }, 'daysToFirstDrink')).toBeUndefined()
    expect(metricInWords({ daysToFirstDrink: null, drinkingDays: 0 }, 'daysToFirstDrink')).toBe(
      'none among the days with an entry',
    )
  })

  it('says each entry as it was given', () => {
    expect(entryInWords({ date: '2026-03-02', missing: true })?.words).toBe('not known')
    expect(entryInWords({ date: '2026-03-02', drugs: ['cannabis'] })?.words).toBe(
      'alcohol not known; cannabis',
    )
    expect(entryInWords({ date: '2026-03-02', analyte: 'fentanyl', result: 'invalid' })?.words).toBe(
      'fentanyl: invalid',
    )
  })
})

describe('stored and today', () => {
  const stored = response('phq-9', phq9(1))
  const ours = instrumentById('phq-9')!

  it('agree, whatever the order of members', () => {
    const turned = JSON.parse(JSON.stringify(stored.scores), (_, value) =>
      value && typeof value === 'object' && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).reverse())
        : value,
    )
    expect(scoredToday({ ...stored, scores: turned }, ours, {})).toEqual([])
  })

  it('are both said where they differ, and the stored one is shown', () => {
    const scores = {
      valid: true,
      scores: { total: { value: 7, status: 'ok', band: 'mild' } },
      triggers: [],
    } as const
    const old = { ...stored, scores }
    expect(scoredToday(old, ours, {})).toContainEqual({ what: 'total', stored: '7, mild', today: '8, mild' })
    expect(total(old).value).toBe('7')
  })

  it('takes no range of another scoring for the stored value', () => {
    expect(total({ ...stored, scoringVersion: 99 })).toMatchObject({ value: '8', range: undefined })
  })
})

describe('words of a row', () => {
  const names = new Map([['n', 'Nadia Nurse']])
  const BESIDE = { reviews: [], timeZone: ZONE, names, editionInWords: PLAIN, whySetAside: new Map() }
  const by = (change: Partial<InstrumentResponse>) =>
    respondentInWords(response('phq-9', {}, '2026-03-01', change), names)

  it('say who answered, and that it is not known where nobody asked', () => {
    expect(by({ respondent: 'self' })).toBe('the person')
    expect(by({ respondent: 'proxy', proxy: 'A sister' })).toBe('A sister, for the person')
    expect(by({ respondent: 'clinician', recordedBy: 'n' })).toBe('Nadia Nurse')
    expect(by({})).toBe('who answered was not recorded')
  })

  it('are plain data with the small line on the whole range', () => {
    const row = newest(response('phq-9', phq9(3), '2026-03-01'), response('phq-9', phq9(1), '2026-03-11'))
    const face = faceOf(row, BESIDE)
    expect(face.line).toEqual({
      range: [0, 27],
      points: [
        { share: 0, value: 24, shown: false },
        { share: 1, value: 8, shown: true },
      ],
    })
    expect(face.changes[0]).toMatchObject({ one: true, last: { since: 'Sun 1 Mar 2026' } })
    expect(JSON.parse(JSON.stringify(face))).toMatchObject({ when: 'Wed 11 Mar 2026' })
    expect((face.completedAt as Instant) < at('2026-03-12')).toBe(true)
  })
})
