import { instrumentById, listInstruments } from '@evenkeel/questionnaires'
import { describe, expect, it } from 'vitest'
import { PHASES, TRACKS, trackOfTopics } from './condition-track.ts'
import { defaultSet, isForm, minutesOf, readSet } from './instrument-sets.ts'

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

it('a form is what has questions and no calendar', () => {
  const not = listInstruments().filter((one) => !isForm(one))
  expect(not.map(({ id }) => id)).toEqual(['tlfb', 'uds', 'kset'])
})

it.each([
  [['alcohol', 'cocaine'], 'alcohol'],
  [['unsure', 'cannabis'], 'cannabis'],
  [['unsure'], 'other'],
  [[], 'other'],
])('topics %o lead to %s', (topics, track) => expect(trackOfTopics(topics)).toBe(track))
