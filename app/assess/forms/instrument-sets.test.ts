import { instrumentById, listInstruments } from '@evenkeel/questionnaires'
import { describe, expect, it } from 'vitest'
import { PHASES, TRACKS, trackOfTopics } from './condition-track.ts'
import { asksAboutSuicide, defaultSet, isForm, minutesOf, readSet, whatIsMissing } from './instrument-sets.ts'

const ALL = TRACKS.flatMap(({ id: track }) => PHASES.map(({ id: phase }) => [track, phase] as const))

describe('default sets', () => {
  it.each(ALL)('%s, %s: known forms, none twice, none that needs a permission', (track, phase) => {
    const ids = defaultSet(track, phase)
    expect(ids.length).toBeGreaterThan(0)
    expect(readSet(ids, phase)).toHaveProperty('instruments')
    for (const id of ids) {
      expect(instrumentById(id)?.licence.status, id).toMatch(/^(public-domain|free-with-conditions|own)$/)
    }
  })

  it('ask about suicide before every dose, whatever the track', () => {
    for (const { id } of TRACKS) expect(defaultSet(id, 'before-dose')[0]).toBe('c-ssrs-screener')
  })

  it('keep the intake’s forms under half an hour', () => {
    for (const { id } of TRACKS) {
      const set = readSet(defaultSet(id, 'intake'), 'intake')
      expect('instruments' in set && minutesOf(set.instruments)).toBeLessThanOrEqual(30)
    }
  })
})

describe('a set as it is sent', () => {
  it.each([
    [['phq-9', 'phq-9'], 'weekly', /twice/],
    [['phq-10'], 'weekly', /not a form/],
    [['tlfb'], 'weekly', /not a form/],
    [['kset'], 'weekly', /not a form/],
    [['madrs'], 'intake', /rated by staff/],
    [listInstruments().map(({ id }) => id), 'weekly', /at most 30/],
  ] as const)('%o at %s is refused', (ids, phase, problem) => {
    const read = readSet(ids, phase)
    expect('problem' in read && read.problem).toMatch(problem)
  })

  it('keeps its order, and may be empty', () => {
    const read = readSet(['gad-7', 'phq-9'], 'weekly')
    expect('instruments' in read && read.instruments.map(({ id }) => id)).toEqual(['gad-7', 'phq-9'])
    expect(readSet([], 'weekly')).toEqual({ instruments: [] })
  })
})

it('an instrument asks about suicide or it does not', () => {
  const asking = listInstruments()
    .filter(asksAboutSuicide)
    .map(({ id }) => id)
  expect(asking).toEqual(expect.arrayContaining(['c-ssrs-screener', 'phq-9', 'qids-sr16', 'madrs']))
  for (const id of ['gad-7', 'who-5', 'audit', 'moaa-s']) expect(asking).not.toContain(id)
})

it('a set without a question about suicide, or without any, has to be confirmed where it matters', () => {
  const set = (ids: readonly string[]) => ids.map((id) => instrumentById(id)!)
  expect(whatIsMissing(set(['gad-7']), 'intake')).toMatch(/suicide/)
  expect(whatIsMissing(set(['bprs-plus']), 'before-dose')).toMatch(/suicide/)
  expect(whatIsMissing(set(['gad-7']), 'weekly')).toBeUndefined()
  expect(whatIsMissing([], 'weekly')).toMatch(/nothing/)
  for (const [track, phase] of ALL)
    expect(whatIsMissing(set(defaultSet(track, phase)), phase)).toBeUndefined()
})

it('a form is what has questions and no calendar', () => {
  const not = listInstruments().filter((one) => !isForm(one))
  expect(not.map(({ id }) => id)).toEqual(['tlfb', 'uds', 'kset'])
})

it.each([
  [['alcohol', 'cocaine'], 'alcohol'],
  [['unsure', 'cannabis'], 'cannabis'],
  [['bipolar', 'trauma'], 'depression'],
  [['compulsion'], 'compulsion'],
  [['unsure'], 'other'],
  [[], 'other'],
])('topics %o lead to %s', (topics, track) => expect(trackOfTopics(topics)).toBe(track))
