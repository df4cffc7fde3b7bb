import { describe, expect, it } from 'vitest'
import { siteContent } from './content.server.ts'
import { evidencePicture, pictureAxis } from './evidence-picture.ts'
import type { Finding, Study } from './study.ts'
import { chosenStudies } from './study-rows.ts'

const content = siteContent()
const pictureOf = (topic: string) => evidencePicture(chosenStudies(content, { topic }))
const dakwar = content.studies.get('dakwar-2019-cocaine')!

const finding = (
  changes: Partial<NonNullable<Finding['estimate']>>,
  checked: Finding['checked'] = 'source',
) =>
  ({
    ...dakwar.findings[0]!,
    checked,
    estimate: {
      kind: 'mean-difference',
      counts: 'points',
      better: 'higher',
      value: 1,
      ci95: [-1, 3],
      ...changes,
    },
  }) satisfies Finding
const trial = (id: string, findings: Finding[], changes: Partial<Study> = {}): Study => ({
  ...dakwar,
  id,
  findings,
  ...changes,
})

describe('an axis of the picture', () => {
  it('has no difference in the middle and better to the right, whichever way better is', () => {
    const up = pictureAxis('percentage-points', 'higher', [14.2, 3.9, 24.2])
    expect(up.place(0)).toBe(50)
    expect(up.place(30)).toBeCloseTo(96)
    expect(up.place(-30)).toBeCloseTo(4)
    const down = pictureAxis('mean-difference', 'lower', [-3.16, -8.54, 2.22])
    expect(down.place(0)).toBe(50)
    expect(down.place(-8.54)).toBeGreaterThan(50)
    expect(down.place(2.22)).toBeLessThan(50)
  })

  it('gives the same ratio the same room, and twice is as far as half', () => {
    const { place, ticks } = pictureAxis('odds-ratio', 'higher', [5.7, 1.3, 25.1])
    expect(place(1)).toBe(50)
    expect(place(4) - place(2)).toBeCloseTo(place(16) - place(8))
    expect(place(2) - 50).toBeCloseTo(50 - place(0.5))
    expect(ticks.map(({ label }) => label)).toEqual(['1/64', '1/16', '1/4', '1', '4', '16', '64'])
  })

  it.each([
    [[34.78], ['−40', '−20', '0', '+20', '+40']],
    [
      [28.1, 1.1],
      ['−30', '−20', '−10', '0', '+10', '+20', '+30'],
    ],
    [[-0.3], ['−0.3', '−0.2', '−0.1', '0', '+0.1', '+0.2', '+0.3']],
    [[0], ['−1', '0', '+1']],
  ])('counts %j in round steps, at most three to a side', (values, labels) => {
    expect(pictureAxis('mean-difference', 'higher', values).ticks.map(({ label }) => label)).toEqual(labels)
  })

  it('holds every value it was made for inside its ends', () => {
    for (const end of [0.02, 0.9, 1, 2.71, 3, 3.01, 9.99, 10, 30, 31, 99, 1001]) {
      const { place } = pictureAxis('mean-difference', 'higher', [end, -end])
      expect(place(end), String(end)).toBeLessThanOrEqual(96 + 1e-6)
      expect(place(-end), String(end)).toBeGreaterThanOrEqual(4 - 1e-6)
    }
  })

  it('refuses a ratio that has no logarithm', () => {
    expect(() => pictureAxis('hazard-ratio', 'lower', [0, 1])).toThrow(RangeError)
  })
})

describe('the picture of a subject', () => {
  it('puts one kind, one count and one direction on one axis, and never two units', () => {
    const { panels } = evidencePicture([
      trial('a', [finding({}), finding({ counts: 'days' })]),
      trial('b', [
        finding({}),
        finding({ better: 'lower' }),
        finding({ kind: 'odds-ratio', ci95: [0.5, 2] }),
      ]),
    ])
    expect(panels.map(({ rows }) => rows.map(({ key }) => key))).toEqual([
      ['a-0', 'b-0'],
      ['a-1'],
      ['b-1'],
      ['b-2'],
    ])
  })

  it('keeps lower than and higher than in order on a mirrored axis', () => {
    const [row] = evidencePicture([trial('a', [finding({ better: 'lower', value: -3, ci95: [-8, 2] })])])
      .panels[0]!.rows
    expect(row!.from).toBeLessThan(row!.at)
    expect(row!.at).toBeLessThan(row!.to)
    expect(row!.to).toBeGreaterThan(50)
  })

  it.each([
    ['mean-difference', 'higher', [1, 3], 'ketamine'],
    ['mean-difference', 'higher', [-3, -1], 'comparison'],
    ['mean-difference', 'lower', [-3, -1], 'ketamine'],
    ['mean-difference', 'lower', [1, 3], 'comparison'],
    ['mean-difference', 'higher', [0, 3], 'either'],
    ['hazard-ratio', 'lower', [0.24, 0.92], 'ketamine'],
    ['odds-ratio', 'higher', [1.3, 25.1], 'ketamine'],
    ['odds-ratio', 'higher', [0.9, 2], 'either'],
    ['odds-ratio', 'lower', [1.1, 2], 'comparison'],
  ] as const)('reads %s, %s is better, %j as %s', (kind, better, [low, high], reading) => {
    const value = (low + high) / 2
    const picture = evidencePicture([trial('a', [finding({ kind, better, value, ci95: [low, high] })])])
    expect(picture.panels[0]!.rows[0]!.reading).toBe(reading)
  })

  it('draws nothing unverified, nothing from the press or memory, nothing without an interval, and says which', () => {
    const picture = evidencePicture([
      trial('memory-record', [finding({})], { confidence: 'from-memory' }),
      trial('press', [finding({}, 'press')]),
      trial('no-interval', [finding({ ci95: null })]),
      trial('groups-only', [{ ...finding({}), estimate: null }]),
      trial('words-only', [{ ...finding({}), estimate: null, ketamine: null, control: null }]),
      trial('open', [finding({})], { recordType: 'open-label' }),
      trial('running', [finding({})], { recordType: 'ongoing', direction: 'pending' }),
    ])
    expect(picture.panels).toEqual([])
    expect(picture.notDrawn.map(({ study, why }) => [study.id, why])).toEqual([
      ['press', 'figure-not-checked'],
      ['no-interval', 'no-interval'],
      ['groups-only', 'no-interval'],
      ['words-only', 'no-figure'],
    ])
    expect(picture.uncheckedFigures).toBe(1)
  })
})

describe('the pictures of our subjects', () => {
  it('shows alcohol as one panel with the two figures of the 96-person trial, and names the other four trials', () => {
    const { panels, notDrawn } = pictureOf('alcohol')
    expect(panels.map(({ counts, rows }) => [counts, rows.map(({ figures }) => figures)])).toEqual([
      ['days without alcohol, in percentage points', ['10.1 (1.1 to 19)', '15.9 (3.8 to 28.1)']],
    ])
    expect(notDrawn.map(({ study }) => study.id).sort()).toEqual([
      'dakwar-2020-alcohol',
      'gent-2024-esketamine-mindfulness',
      'terasaki-2022-inpatient',
      'yoon-2025-naltrexone-rct',
    ])
  })

  it('draws the null of KARMA-Dep 2 across the line, beside the trial under anesthesia', () => {
    const panel = pictureOf('depression').panels.find(({ counts }) => counts.includes('MADRS'))!
    expect(panel.rows.map(({ studyId, reading }) => [studyId, reading])).toEqual([
      ['jelovac-2025-karmadep2', 'either'],
      ['lii-2023-anaesthesia-mask', 'either'],
    ])
  })

  it('has no unverified study in any panel, and every counted study drawn or named', () => {
    for (const topic of [
      'alcohol',
      'opioids',
      'cocaine',
      'tobacco',
      'depression',
      'ptsd',
      'bipolar',
      'ocd',
    ]) {
      const { panels, notDrawn } = pictureOf(topic)
      const drawn = panels.flatMap(({ rows }) => rows.map(({ studyId }) => studyId))
      expect(drawn).not.toContain('feder-2014-ptsd')
      const named = new Set([...drawn, ...notDrawn.map(({ study }) => study.id)])
      const trials = chosenStudies(content, { topic, kind: 'trial' }).filter(
        ({ aim, confidence }) => aim === 'treatment' && confidence === 'checked',
      )
      expect([...named].sort(), topic).toEqual(trials.map(({ id }) => id).sort())
    }
  })
})
