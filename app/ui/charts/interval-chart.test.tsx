import { parseHTML } from 'linkedom'
import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { FunnelChart } from './funnel-chart.tsx'
import { IntervalChart, type IntervalRow } from './interval-chart.tsx'

const draw = (node: ReactNode) =>
  parseHTML(`<html><body>${renderToStaticMarkup(node)}</body></html>`).document

const row = (more: Partial<IntervalRow> = {}): IntervalRow => ({
  key: 'a',
  label: 'Left out',
  value: 0.5,
  lower: 0.25,
  upper: 0.75,
  beside: '20 of 40',
  ...more,
})
const intervals = (rows: IntervalRow[], range: readonly [number, number] = [0, 1]) =>
  draw(
    <IntervalChart
      groups={[{ label: 'Day 90', rows }]}
      alt="What it shows"
      valueLabel="Without use"
      range={range}
    />,
  )
const texts = (document: Document | ReturnType<typeof draw>) =>
  [...document.querySelectorAll('.chart-wide text')].map((text) => text.textContent)

describe('IntervalChart', () => {
  test('is drawn for a phone and a desk, each with its words', () => {
    const images = [...intervals([row()]).querySelectorAll('svg[role=img]')]
    expect(images.map((image) => image.getAttribute('aria-label'))).toEqual([
      'What it shows',
      'What it shows',
    ])
  })

  test('puts mark and limits where the scale has them', () => {
    const picture = intervals([row()]).querySelector('.chart-wide')!
    const [, from, to] = /^M([\d.]+) [\d.]+ H([\d.]+)/.exec(
      picture.querySelector('.chart-span')!.getAttribute('d')!,
    )!
    const mark = Number(/^M([\d.]+)/.exec(picture.querySelector('.chart-dot')!.getAttribute('d')!)![1]) + 5
    // The scale runs from 230 to 640: a quarter lies at 332.5, three quarters at 537.5, half at 435.
    expect([Number(from), Number(to), mark]).toEqual([332.5, 537.5, 435])
  })

  test('a value that may not be shown leaves its words and no mark', () => {
    const picture = intervals([
      row({ value: undefined, lower: undefined, upper: undefined, instead: 'withheld' }),
    ])
    expect(picture.querySelectorAll('.chart-dot, .chart-span').length).toBe(0)
    expect(texts(picture)).toContain('withheld')
  })

  test('a limit beyond the scale ends in an arrow at its edge', () => {
    const path = intervals([row({ upper: 1.5 })])
      .querySelector('.chart-wide .chart-span')!
      .getAttribute('d')!
    expect(path).toMatch(/^M332\.5 [\d.]+ H640 /)
    expect(path.match(/L640/g)?.length).toBe(1)
  })

  test('tells series apart by shape', () => {
    const marks = intervals(
      ([1, 2, 3, 4] as const).map((series) => row({ key: String(series), series })),
    ).querySelectorAll('.chart-wide .chart-dot')
    const shapes = [...marks].map((mark) => mark.getAttribute('d')!.replaceAll(/-?[\d.]+ ?/g, ''))
    expect(new Set(shapes).size).toBe(4)
  })
})

describe('FunnelChart', () => {
  const lines = [10, 50, 100].map((n) => ({
    n,
    lower95: 0.5 - 1 / Math.sqrt(n),
    upper95: 0.5 + 1 / Math.sqrt(n),
    lower998: 0.5 - 2 / Math.sqrt(n),
    upper998: 0.5 + 2 / Math.sqrt(n),
  }))
  const picture = draw(
    <FunnelChart
      units={[
        { label: 'A', n: 100, share: 0.5, place: 'within', named: true },
        { label: 'C', n: 98, share: 0.51, place: 'within' },
        { label: 'B', n: 50, share: 0.9, place: 'beyond' },
      ]}
      lines={lines}
      target={0.5}
      alt="What it shows"
      shareLabel="Without use"
      sizeLabel="People"
    />,
  )

  test('names what lies outside, and marks it by its shape', () => {
    expect(texts(picture)).not.toContain('C')
    expect(texts(picture)).toEqual(expect.arrayContaining(['A', 'B', '95 % limits', '99.8 % limits']))
    const marks = [...picture.querySelectorAll('.chart-wide .chart-dot')]
    expect(marks.map((mark) => mark.classList.contains('chart-dot-outside'))).toEqual([false, false, true])
    expect(marks[0]!.getAttribute('d')).toContain('a5 5')
    expect(marks[2]!.getAttribute('d')).toContain('l6 6')
  })

  test('draws no limit below none or above everybody', () => {
    // 99.8 % limits of ten people reach beyond both ends; the plot lies between 34 and 334 px.
    for (const path of picture.querySelectorAll('.chart-wide .chart-line')) {
      const heights = [...path.getAttribute('d')!.matchAll(/[ML][\d.]+ ([-\d.]+)/g)].map(([, y]) => Number(y))
      expect(Math.min(...heights)).toBeGreaterThanOrEqual(34)
      expect(Math.max(...heights)).toBeLessThanOrEqual(334)
    }
  })
})
