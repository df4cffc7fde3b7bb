import { instrumentById } from '@evenkeel/questionnaires'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assessmentState } from './assessment.ts'
import { factValueSchemas } from './fact.ts'
import { FACT_FORM_KINDS, factIdFrom, parseFactForm } from './fact-form.ts'
import { type Fields, factValueOf, parseAnswer } from './intake-answer-form.ts'
import { answersNow, type StoredAnswer } from './intake-answers.ts'
import { intakeOf } from './intake-form.ts'
import {
  askedQuestions,
  intakeProgress,
  nextOpenScreen,
  previousScreen,
  sectionProgress,
  visibleScreens,
} from './intake-progress.ts'
import { answerInWords, questionView } from './question-view.ts'

const INTAKE = intakeOf(['phq-9', 'gad-7', 'audit', 'craving-nrs'].map((id) => instrumentById(id)!))
const TODAY = '2026-11-22'
const question = (id: string) => INTAKE.question(id) ?? expect.fail(`no question ${id}`)
const all = INTAKE.screens.flatMap((screen) => screen.questions)

describe('the intake as data', () => {
  it('asks every question once and names real kinds of facts', () => {
    expect(new Set(all.map((one) => one.id)).size).toBe(all.length)
    expect(new Set(INTAKE.screens.map((one) => one.id)).size).toBe(INTAKE.screens.length)
    for (const one of all) if (one.fact) expect(factValueSchemas[one.fact]).toBeDefined()
  })

  it('keeps one question of an instrument to a screen', () => {
    for (const screen of INTAKE.screens) {
      if (screen.questions.some((one) => one.kind === 'item')) expect(screen.questions).toHaveLength(1)
    }
  })

  it('no question is called like another’s field', () => {
    for (const a of all) for (const b of all) expect(a !== b && b.id.startsWith(`${a.id}.`)).toBe(false)
  })
})

describe('reading an answer', () => {
  const given = (value: unknown) => ({ kind: 'given', value })
  it.each<[string, Fields, unknown]>([
    ['about.birth-date', { 'about.birth-date': '1980-02-29' }, given('1980-02-29')],
    ['about.birth-date', { 'about.birth-date': TODAY }, given(TODAY)],
    ['about.birth-date', { 'about.birth-date': '2026-11-23' }, 'wrong'],
    ['about.birth-date', { 'about.birth-date': '1981-02-29' }, 'wrong'],
    ['about.birth-date', { 'about.birth-date': '1899-12-31' }, 'wrong'],
    ['about.birth-date', {}, 'empty'],
    ['about.sex', { 'about.sex': 'female' }, given('female')],
    ['about.sex', { 'about.sex': 'robot' }, 'wrong'],
    [
      'about.weight',
      { 'about.weight': '181', 'about.weight.unit': 'lb' },
      given({ kg: 82.1, typed: '181 lb' }),
    ],
    [
      'about.weight',
      { 'about.weight': '82,5', 'about.weight.unit': 'kg' },
      given({ kg: 82.5, typed: '82,5 kg' }),
    ],
    ['about.weight', { 'about.weight': '82', 'about.weight.unit': 'stone' }, 'wrong'],
    ['about.weight', { 'about.weight': '20', 'about.weight.unit': 'kg' }, 'wrong'],
    ['about.weight', { 'about.weight': '1e2', 'about.weight.unit': 'kg' }, 'wrong'],
    ['about.weight', { 'about.weight': '', 'about.weight.unit': 'kg' }, 'empty'],
    [
      'about.height',
      { 'about.height.feet': '5', 'about.height.inches': '9' },
      given({ cm: 175, typed: '5 ft 9 in' }),
    ],
    ['about.height', { 'about.height.feet': '6' }, given({ cm: 183, typed: '6 ft 0 in' })],
    ['about.height', { 'about.height.cm': '175' }, given({ cm: 175, typed: '175 cm' })],
    ['about.height', { 'about.height.cm': '17' }, 'wrong'],
    ['about.height', {}, 'empty'],
    [
      'substances.used',
      { 'substances.used': ['ketamine', 'alcohol', 'alcohol'] },
      given(['alcohol', 'ketamine']),
    ],
    ['substances.used', { 'substances.used': 'alcohol' }, given(['alcohol'])],
    ['substances.used', { 'substances.used': ['none', 'alcohol'] }, 'wrong'],
    ['substances.used', { 'substances.used': ['glue'] }, 'wrong'],
    ['substances.used', {}, 'empty'],
    ['substances.ketamine-days', { 'substances.ketamine-days': '7' }, given(7)],
    ['substances.ketamine-days', { 'substances.ketamine-days': '8' }, 'wrong'],
    ['substances.ketamine-days', { 'substances.ketamine-days': '0.5' }, 'wrong'],
    ['health.psychosis', { 'health.psychosis': 'unknown' }, given('unknown')],
    ['health.psychosis', { 'health.psychosis': 'maybe' }, 'wrong'],
    ['medicines.list', { 'medicines.list': '  none  ' }, given('none')],
    ['medicines.list', { 'medicines.list': 'x'.repeat(4_001) }, 'wrong'],
    ['phq-9.q9', { 'phq-9.q9': '1' }, given(1)],
    ['phq-9.q9', { 'phq-9.q9': '4' }, 'wrong'],
    ['phq-9.q9', {}, 'empty'],
    ['audit.q9', { 'audit.q9': '1' }, 'wrong'],
    ['audit.q9', { 'audit.q9': '2' }, given(2)],
    ['craving-nrs.q1', { 'craving-nrs.q1': '10' }, given(10)],
    ['craving-nrs.q1', { 'craving-nrs.q1': '11' }, 'wrong'],
  ])('%s %o', (id, fields, expected) => {
    const parsed = parseAnswer(question(id), fields, TODAY)
    if (typeof expected === 'string') expect(parsed.kind).toBe(expected)
    else expect(parsed).toEqual(expected)
  })

  it('what was answered comes back in the same fields, and reads the same again', () => {
    for (const [id, fields] of [
      ['about.weight', { 'about.weight': '181', 'about.weight.unit': 'lb' }],
      ['about.height', { 'about.height.feet': '5', 'about.height.inches': '9' }],
      ['about.height', { 'about.height.cm': '175' }],
      ['substances.used', { 'substances.used': ['alcohol', 'ketamine'] }],
      ['phq-9.q2', { 'phq-9.q2': '3' }],
      ['craving-nrs.q1', { 'craving-nrs.q1': '7' }],
    ] as const) {
      const parsed = parseAnswer(question(id), fields, TODAY)
      if (parsed.kind !== 'given') throw new Error(id)
      expect(questionView(question(id), parsed.value).given).toEqual(fields)
    }
  })

  it('becomes a fact in the fact’s own unit, and nothing when skipped', () => {
    expect(factValueOf(question('about.weight'), { kg: 82.1, typed: '181 lb' })).toBe(82.1)
    expect(factValueOf(question('about.height'), { cm: 175, typed: '175 cm' })).toBe(175)
    expect(factValueOf(question('health.psychosis'), 'unknown')).toBe('unknown')
    expect(factValueOf(question('health.psychosis'), null)).toBeUndefined()
    expect(factValueOf(question('phq-9.q9'), 1)).toBeUndefined()
  })

  it('is read by staff in words', () => {
    expect(answerInWords(question('phq-9.q9'), 1)).toBe('1: Some of the days')
    expect(answerInWords(question('health.psychosis'), 'unknown')).toBe('not sure')
    expect(answerInWords(question('substances.used'), ['alcohol', 'cocaine'])).toBe(
      'Alcohol; Cocaine or crack',
    )
    expect(answerInWords(question('about.weight'), { kg: 82.1, typed: '181 lb' })).toBe(
      '82.1 kg (typed: 181 lb)',
    )
    expect(answerInWords(question('phq-9.q9'), null)).toBe('skipped')
    expect(answerInWords(question('phq-9.q9'), undefined)).toBeUndefined()
  })
})

describe('the way through', () => {
  const upTo = (screenId: string) => {
    const answers: Record<string, unknown> = {}
    for (const screen of INTAKE.screens) {
      if (screen.id === screenId) break
      for (const one of screen.questions) answers[one.id] = null
    }
    return answers
  }

  it('resumes at the first question not reached; what was skipped was reached', () => {
    expect(nextOpenScreen(INTAKE, {})?.id).toBe('birth-date')
    expect(nextOpenScreen(INTAKE, upTo('mind'))?.id).toBe('mind')
    expect(nextOpenScreen(INTAKE, { 'about.birth-date': null })?.id).toBe('sex')
  })

  it('goes on after the screen just answered, and returns to gaps only at the end', () => {
    expect(nextOpenScreen(INTAKE, {}, 'sex')?.id).toBe('body')
    const { 'about.sex': _, ...gap } = Object.fromEntries(all.map((one) => [one.id, null]))
    expect(nextOpenScreen(INTAKE, gap, 'phq-9-q1')?.id).toBe('sex')
    expect(nextOpenScreen(INTAKE, Object.fromEntries(all.map((one) => [one.id, null])))).toBeUndefined()
  })

  it('a screen half answered is still open', () => {
    expect(nextOpenScreen(INTAKE, { ...upTo('mind'), 'health.psychosis': 'no' })?.id).toBe('mind')
  })

  it('asks nobody recorded as male about pregnancy, and somebody who does not drink two questions about alcohol', () => {
    const ids = (answers: Record<string, unknown>) =>
      visibleScreens(INTAKE, answers).map((screen) => screen.id)
    expect(ids({})).toContain('pregnancy')
    expect(ids({ 'about.sex': null })).toContain('pregnancy')
    expect(ids({ 'about.sex': 'male' })).not.toContain('pregnancy')
    const audit = ids({ 'audit.q1': 0 }).filter((id) => id.startsWith('audit-'))
    expect(audit).toEqual(['audit-q1', 'audit-q9', 'audit-q10'])
  })

  it('back leads to the screen before that is seen', () => {
    expect(previousScreen(INTAKE, {}, 'birth-date')).toBeUndefined()
    expect(previousScreen(INTAKE, { 'about.sex': 'male' }, 'phq-9-q1')?.id).toBe('goals')
    expect(previousScreen(INTAKE, { 'audit.q1': 0 }, 'audit-q9')?.id).toBe('audit-q1')
  })

  it('minutes left are none when nothing is open, and some as long as something is', () => {
    expect(intakeProgress(INTAKE, {}).minutesLeft).toBeGreaterThan(5)
    expect(intakeProgress(INTAKE, Object.fromEntries(all.map((one) => [one.id, null])))).toMatchObject({
      answered: 0,
      open: 0,
      minutesLeft: 0,
    })
  })

  it('counts agree with each other whatever has been answered', () => {
    const anyAnswers = fc
      .subarray(all)
      .chain((some) =>
        fc.record(Object.fromEntries(some.map((one) => [one.id, fc.constantFrom(null, 0, 1, 'male', 'no')]))),
      )
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const progress = intakeProgress(INTAKE, answers)
        const asked = INTAKE.screens.flatMap((screen) => askedQuestions(screen, answers)).length
        const sections = sectionProgress(INTAKE, answers)
        const sum = (read: (one: (typeof sections)[number]) => number) =>
          sections.reduce((total, one) => total + read(one), 0)
        expect(progress.answered + progress.skipped + progress.open).toBe(asked)
        expect(sum((one) => one.answered)).toBe(progress.answered)
        expect(sum((one) => one.skipped.length)).toBe(progress.skipped)
        expect(sum((one) => one.notReached)).toBe(progress.open)
        expect(progress.open === 0).toBe(nextOpenScreen(INTAKE, answers) === undefined)
      }),
      { numRuns: 100 },
    )
  })
})

describe('answers that hold', () => {
  it('are the highest revisions, in whatever order they come', () => {
    const answer = (revision: number, value: unknown) =>
      ({ question: 'phq-9.q9', revision, value }) as unknown as StoredAnswer
    const stored = [answer(1, 1), answer(3, 2), answer(2, 0)]
    expect(answersNow(stored)).toEqual({ 'phq-9.q9': 2 })
    expect(answersNow([...stored].reverse())).toEqual({ 'phq-9.q9': 2 })
  })
})

describe('state of an assessment', () => {
  it.each([
    [false, false, 0, 'opened'],
    [false, false, 1, 'intake-in-progress'],
    [false, true, 5, 'intake-complete'],
    [false, true, 0, 'intake-complete'],
    [true, false, 0, 'decided'],
    [true, true, 9, 'decided'],
  ])('decided %s, finished %s, %i answers: %s', (decided, intakeCompleted, answers, state) => {
    expect(assessmentState({ decided, intakeCompleted, answers })).toBe(state)
  })
})

describe('the staff’s form of facts', () => {
  it.each<[string, Record<string, string>, unknown]>([
    [
      'pressure',
      { systolicMmHg: '128', diastolicMmHg: '82' },
      [{ kind: 'blood-pressure', value: { systolicMmHg: 128, diastolicMmHg: 82 } }],
    ],
    ['a comma', { 'weight-kg': '82,5' }, [{ kind: 'weight-kg', value: 82.5 }]],
    [
      'several',
      { ecg: 'no-concern', psychosis: 'no', 'ciwa-ar': '4' },
      [
        { kind: 'ciwa-ar', value: 4 },
        { kind: 'ecg', value: 'no-concern' },
        { kind: 'psychosis', value: 'no' },
      ],
    ],
  ])('reads %s', (_, fields, facts) => {
    expect(parseFactForm(fields)).toEqual({ ok: true, facts })
  })

  it.each<[string, Record<string, string>, string]>([
    ['nothing', {}, 'form'],
    ['half a pressure', { systolicMmHg: '128' }, 'diastolicMmHg'],
    ['a pressure upside down', { systolicMmHg: '80', diastolicMmHg: '120' }, 'systolicMmHg'],
    ['an impossible weight', { 'weight-kg': '9000' }, 'weight-kg'],
    ['words for a figure', { 'heart-rate-per-min': 'fast' }, 'heart-rate-per-min'],
    ['half a point', { 'ciwa-ar': '4.5' }, 'ciwa-ar'],
    ['an unknown reading', { ecg: 'fine' }, 'ecg'],
  ])('asks again about %s', (_, fields, name) => {
    const parsed = parseFactForm(fields)
    expect(parsed.ok).toBe(false)
    if (!parsed.ok) expect(Object.keys(parsed.errors)).toContain(name)
  })

  it('makes the same ids for the same form, another for each kind', () => {
    const key = '0199e6b9-2080-707f-a549-b924520f2c32'
    const ids = FACT_FORM_KINDS.map((kind) => factIdFrom(key, kind))
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids).toEqual(FACT_FORM_KINDS.map((kind) => factIdFrom(key, kind)))
    expect(ids.every((id) => /^[0-9a-f-]{36}$/.test(id))).toBe(true)
  })
})
