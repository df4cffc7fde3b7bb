import { parseHTML } from 'linkedom'
import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { ScoreChart } from './score-chart.tsx'
import { bandPath, stepPath } from './step-path.ts'
import { SurvivalChart, type SurvivalGroup } from './survival-chart.tsx'
import { VitalsChart } from './vitals-chart.tsx'

const draw = (node: ReactNode) =>
  parseHTML(`<html><body>${renderToStaticMarkup(node)}</body></html>`).document
const same = (value: number) => value

/** Corners of a path made of M, L, H, V and v/h commands, for checks by hand. */
function corners(path: string): [number, number][] {
  let x = 0
  let y = 0
  const found: [number, number][] = []
  for (const [, command, figures] of path.matchAll(/([MLHVZ])\s*([-\d. ]*)/g)) {
    const values = figures!.trim().split(/\s+/).map(Number)
    if (command === 'Z') continue
    if (command === 'H') x = values[0]!
    else if (command === 'V') y = values[0]!
    else [x, y] = values as [number, number]
    found.push([x, y])
  }
  return found
}

describe('step paths', () => {
  test('stay level until the next step, then drop', () => {
    const steps = [
      { time: 0, value: 10 },
      { time: 4, value: 7 },
    ]
    expect(stepPath(steps, 6, same, same)).toBe('M0 10 H4 V7 H6')
    expect(stepPath([], 6, same, same)).toBe('')
  })

  test('a band runs along its upper steps and back along its lower ones', () => {
    const band = [
      { time: 0, lower: 8, upper: 10 },
      { time: 4, lower: 3, upper: 9 },
    ]
    expect(corners(bandPath(band, 6, same, same))).toEqual([
      [0, 10],
      [4, 10],
      [4, 9],
      [6, 9],
      [6, 3],
      [4, 3],
      [4, 8],
      [0, 8],
    ])
  })
})

const group = (label: string, more: Partial<SurvivalGroup> = {}): SurvivalGroup => ({
  label,
  n: 4,
  steps: [
    { time: 10, survival: 0.75, lower: 0.4, upper: 1 },
    { time: 30, survival: 0.375, lower: 0.1, upper: 0.9 },
  ],
  censorTimes: [20, 50],
  atRisk: [
    { time: 0, n: 4 },
    { time: 25, n: 2 },
    { time: 50, n: 1 },
  ],
  ...more,
})
const survival = (groups: SurvivalGroup[]) =>
  draw(
    <SurvivalChart
      groups={groups}
      alt="What it shows"
      timeLabel="Days"
      survivalLabel="Not yet used"
      bandLabel="Band: 95%"
    />,
  )

describe('SurvivalChart', () => {
  test('is drawn for a phone and a desk, each with its words', () => {
    const images = [...survival([group('Own')]).querySelectorAll('svg[role=img]')]
    expect(images.map((image) => image.getAttribute('aria-label'))).toEqual([
      'What it shows',
      'What it shows',
    ])
  })

  test('the band contains the curve at every place', () => {
    const picture = survival([group('Own')]).querySelector('.chart-wide svg')!
    const curve = corners(picture.querySelector('g.series-1 .chart-line')!.getAttribute('d')!)
    const band = corners(picture.querySelector('.chart-band')!.getAttribute('d')!)
    for (const [x, y] of curve) {
      const heights = band.filter(([at]) => Math.abs(at - x) < 0.01).map(([, height]) => height)
      expect(heights.length, `band at ${x}`).toBeGreaterThan(0)
      expect(Math.min(...heights)).toBeLessThanOrEqual(y)
      expect(Math.max(...heights)).toBeGreaterThanOrEqual(y)
    }
  })

  test('the curve starts at everybody, never rises and ends with the last person observed', () => {
    const curve = corners(
      survival([group('Own')])
        .querySelector('.chart-wide g.series-1 .chart-line')!
        .getAttribute('d')!,
    )
    const heights = curve.map(([, y]) => y)
    expect(heights).toEqual([...heights].sort((a, b) => a - b))
    const hundred = [...survival([group('Own')]).querySelectorAll('.chart-wide text')].find(
      (text) => text.textContent === '100%',
    )
    expect(heights[0]).toBe(Number(hundred!.getAttribute('y')) - 4)
    expect(curve.at(-1)![0]).toBeCloseTo(760 - 150, 1)
  })

  test('a band whose bounds become unknown ends there', () => {
    const open = group('Own', {
      steps: [
        { time: 10, survival: 0.5, lower: 0.2, upper: 0.9 },
        { time: 30, survival: 0 },
      ],
      censorTimes: [],
      untilTime: 50,
    })
    const picture = survival([open]).querySelector('.chart-wide svg')!
    const curve = corners(picture.querySelector('g.series-1 .chart-line')!.getAttribute('d')!)
    const band = corners(picture.querySelector('.chart-band')!.getAttribute('d')!)
    const dropX = curve.at(-2)![0]
    expect(Math.max(...band.map(([x]) => x))).toBe(dropX)
    expect(curve.at(-1)![0]).toBeGreaterThan(dropX)
  })

  test('numbers at risk stand beneath the ticks they belong to', () => {
    const picture = survival([group('Own')]).querySelector('.chart-wide svg')!
    const at = (words: string, kind: string) =>
      [...picture.querySelectorAll(kind)].find((text) => text.textContent === words)?.getAttribute('x')
    const rows = [...picture.querySelectorAll('.chart-figure')]
    expect(rows.map((text) => text.textContent)).toEqual(['4', '2', '1'])
    expect(rows.map((text) => text.getAttribute('x'))).toEqual(
      ['0', '25', '50'].map((tick) => at(tick, '.chart-middle:not(.chart-figure)')),
    )
  })

  test('a withheld count is said to be few, a missing one is a dash', () => {
    const few = group('Own', {
      atRisk: [
        { time: 0, n: 4 },
        { time: 25, n: undefined },
      ],
    })
    const other = group('Other', { atRisk: [{ time: 0, n: 4 }] })
    const rows = [...survival([few, other]).querySelectorAll('.chart-wide .chart-figure')].map(
      (text) => text.textContent,
    )
    expect(rows).toEqual(['4', 'few', '4', '–'])
  })

  test('each censoring has a mark on its curve', () => {
    const marks = survival([group('Own')])
      .querySelector('.chart-wide .chart-censor')!
      .getAttribute('d')!
    expect(marks.match(/M/g)).toHaveLength(2)
  })

  test('groups are named at their lines and their labels do not touch', () => {
    const labels = [...survival([group('Own'), group('Cohort')]).querySelectorAll('.chart-wide .chart-halo')]
    expect(labels.map((label) => label.textContent)).toEqual(['Own', 'Cohort'])
    const [first, second] = labels.map((label) => Number(label.getAttribute('y')))
    expect(Math.abs(first! - second!)).toBeGreaterThanOrEqual(17)
  })

  test('nobody yet is still a picture', () => {
    const empty = group('Own', { n: 0, steps: [], censorTimes: [], atRisk: [] })
    expect(survival([empty]).body.innerHTML).not.toMatch(/NaN|Infinity|undefined/)
  })
})

describe('ScoreChart', () => {
  const chart = draw(
    <ScoreChart
      alt="PHQ-9 over time"
      scoreLabel="PHQ-9, 0 to 27"
      dayLabel="Days"
      range={[0, 27]}
      points={[
        { day: 0, score: 18 },
        { day: 7, score: 12 },
        { day: 14, score: undefined },
        { day: 21, score: 0 },
      ]}
      sessions={[{ day: 1, label: '1' }]}
    />,
  ).querySelector('.chart-wide svg')!

  test('draws no line across a questionnaire that was not finished, and no point for it', () => {
    expect(chart.querySelector('.chart-line')?.getAttribute('d')?.match(/M/g)).toHaveLength(2)
    expect(chart.querySelectorAll('.chart-dot').length).toBe(3)
    expect(chart.querySelectorAll('.chart-open').length).toBe(1)
    expect(chart.textContent).toContain('not finished')
  })

  test('marks the sessions', () => {
    expect(chart.querySelectorAll('.chart-session-line').length).toBe(1)
  })

  test('without any point there is no broken number', () => {
    const empty = renderToStaticMarkup(
      <ScoreChart alt="" scoreLabel="PHQ-9" dayLabel="Days" range={[0, 27]} points={[]} />,
    )
    expect(empty).not.toMatch(/NaN|Infinity|undefined/)
  })
})

describe('VitalsChart', () => {
  const chart = draw(
    <VitalsChart
      alt="Vital signs"
      limits={{ spo2Percent: { amberLow: 94, redLow: 90 } }}
      events={[{ minute: 0, label: 'start' }]}
      points={[
        { minute: -5, systolicMmHg: 128, diastolicMmHg: 78, heartRatePerMin: 70, spo2Percent: 98 },
        { minute: 5, systolicMmHg: 140, heartRatePerMin: 80 },
        { minute: 10, systolicMmHg: 138, diastolicMmHg: 80, heartRatePerMin: 82, spo2Percent: 97 },
      ]}
    />,
  ).querySelector('.chart-wide svg')!
  const lines = [...chart.querySelectorAll('.chart-line')].map((line) => line.getAttribute('d')!)

  test('has three small charts; a saturation that was not taken leaves a gap', () => {
    expect(lines).toHaveLength(3)
    expect(lines[1]!.match(/M/g)).toHaveLength(1)
    expect(lines[2]!.match(/M/g)).toHaveLength(2)
  })

  test('a systolic without a diastolic is a tick without a bar', () => {
    expect(lines[0]!.match(/h8/g)).toHaveLength(5)
    expect(lines[0]!.match(/V/g)).toHaveLength(2)
  })

  test('limits are named by word and figure', () => {
    expect([...chart.querySelectorAll('.chart-limit-text')].map((text) => text.textContent)).toEqual([
      'red 90',
      'amber 94',
    ])
  })

  test('before the first reading it is an empty frame', () => {
    expect(renderToStaticMarkup(<VitalsChart alt="" points={[]} />)).not.toMatch(/NaN|Infinity|undefined/)
  })
})
