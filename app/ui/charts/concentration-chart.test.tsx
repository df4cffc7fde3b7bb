import { parseHTML } from 'linkedom'
import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { ConcentrationChart, type ConcentrationLine } from './concentration-chart.tsx'
import { VitalsChart } from './vitals-chart.tsx'

const draw = (node: ReactNode) =>
  parseHTML(`<html><body>${renderToStaticMarkup(node)}</body></html>`).document
const wide = (node: ReactNode) => draw(node).querySelector('.chart-wide')!
const points = (path: string) =>
  [...path.matchAll(/[ML]([-\d.]+) ([-\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)] as const)

const line = (more: Partial<ConcentrationLine> = {}): ConcentrationLine => ({
  key: 'artery',
  label: 'artery',
  minutes: Float64Array.of(0, 10, 20, 30),
  ngPerMl: Float64Array.of(0, 50, 100, 80),
  series: 1,
  ...more,
})
const path = (element: Element, selector: string) => element.querySelector(selector)?.getAttribute('d') ?? ''

describe('concentration chart', () => {
  test('draws each value over its minute', () => {
    const drawn = points(path(wide(<ConcentrationChart lines={[line()]} alt="" />), '.chart-line'))
    expect(drawn).toHaveLength(4)
    const [start, , top, last] = drawn
    // 100 ng/mL is the highest point and the top of the axis; the right edge is that of the vital signs.
    expect(top![1]).toBe(32)
    expect(start![1]).toBe(292)
    expect([start![0], last![0]]).toEqual([40, 760 - 78])
  })

  test('the band encloses its line and sets the axis', () => {
    const band = { low: Float64Array.of(0, 40, 80, 60), high: Float64Array.of(0, 70, 140, 120) }
    const chart = wide(<ConcentrationChart lines={[line({ band })]} alt="" />)
    const course = points(path(chart, '.chart-line'))
    const around = points(path(chart, '.chart-band'))
    expect(around).toHaveLength(8)
    const above = around.slice(0, 4)
    const below = around.slice(4).reverse()
    course.forEach(([x, y], i) => {
      expect(above[i]![0]).toBe(x)
      expect(above[i]![1]).toBeLessThanOrEqual(y)
      expect(below[i]![1]).toBeGreaterThanOrEqual(y)
    })
    expect(Math.min(...above.map(([, y]) => y))).toBeGreaterThanOrEqual(32)
  })

  test('what would come is drawn apart and joins what was', () => {
    const chart = wide(<ConcentrationChart lines={[line({ plannedFromMinute: 14 })]} alt="" />)
    const [known, planned] = [...chart.querySelectorAll('.chart-line')].map((each) =>
      points(each.getAttribute('d')!),
    )
    expect(known).toHaveLength(2)
    expect(planned![0]).toEqual(known![1])
    expect(planned).toHaveLength(3)
    expect(chart.querySelectorAll('.chart-planned')).toHaveLength(1)
    const past = wide(<ConcentrationChart lines={[line({ plannedFromMinute: 90 })]} alt="" />)
    expect(past.querySelectorAll('.chart-planned')).toHaveLength(0)
  })

  test('stands over the same minutes as the vital signs', () => {
    const course = wide(
      <ConcentrationChart
        lines={[line()]}
        alt=""
        startMinute={-15}
        endMinute={160}
        events={[{ minute: 40, label: 'end' }]}
      />,
    )
    const vitals = wide(
      <VitalsChart
        points={[{ minute: 0, systolicMmHg: 120 }]}
        alt=""
        startMinute={-15}
        endMinute={160}
        events={[{ minute: 40, label: 'end' }]}
      />,
    )
    const at = (chart: Element) => path(chart, '.chart-event').split(' ')[0]
    expect(at(course)).toBe(at(vitals))
  })

  test('is cut at its edges', () => {
    const chart = wide(<ConcentrationChart lines={[line()]} alt="" endMinute={20} nowMinute={25} />)
    expect(points(path(chart, '.chart-line'))).toHaveLength(3)
    expect(chart.querySelector('.chart-now')).toBeNull()
  })

  test('labels of lines that end alike do not cover each other', () => {
    const chart = wide(
      <ConcentrationChart lines={[line(), line({ key: 'b', label: 'effect', series: 2 })]} alt="" />,
    )
    const [a, b] = [...chart.querySelectorAll('.chart-label')].map((each) => Number(each.getAttribute('y')))
    expect(Math.abs(a! - b!)).toBeGreaterThanOrEqual(16)
  })

  test('a dose at once is still seen on the strip', () => {
    const chart = wide(
      <ConcentrationChart
        lines={[line()]}
        alt=""
        given={[
          { fromMinute: 0, toMinute: 0 },
          { fromMinute: 5, toMinute: 25 },
        ]}
      />,
    )
    const widths = [...chart.querySelectorAll('.chart-given')].map((each) =>
      Number(each.getAttribute('d')!.match(/h([\d.]+)/)![1]),
    )
    expect(widths[0]).toBe(3)
    expect(widths[1]).toBeGreaterThan(400)
  })

  test.each([
    ['a course that falls through it early', [0, 200, 220, 90, 60, 40, 20]],
    ['a course that ends just above it', [0, 20, 40, 70, 90, 104, 108]],
    ['a course that ends just beneath it', [0, 20, 40, 70, 90, 96, 98]],
    ['a course that crosses it at the end', [0, 200, 220, 190, 160, 130, 80]],
  ])('the label of a threshold stands where no course runs: %s', (_, ngPerMl) => {
    for (const labels of ['edge', 'wide'] as const) {
      const document = draw(
        <ConcentrationChart
          labels={labels}
          lines={[line({ minutes: [0, 40, 60, 90, 120, 180, 240], ngPerMl })]}
          alt=""
          threshold={{ ngPerMl: 100, label: '100 ng/mL' }}
        />,
      )
      for (const chart of [...document.querySelectorAll('.chart-wide, .chart-narrow')]) {
        const text = [...chart.querySelectorAll('.chart-text')].find(
          (each) => each.textContent === '100 ng/mL',
        )!
        const [right, baseline] = [Number(text.getAttribute('x')), Number(text.getAttribute('y'))]
        const course = points(path(chart, '.chart-line:not(.chart-label)'))
        // Every pixel of the label's width: where the course lies, and where the text.
        for (let at = right - 60; at <= right; at += 1) {
          const next = course.findIndex(([x]) => x >= at)
          if (next < 1) continue
          const [[x0, y0], [x1, y1]] = [course[next - 1]!, course[next]!]
          const height = y0 + ((y1 - y0) * (at - x0)) / (x1 - x0)
          expect(height < baseline - 10 || height > baseline + 1, `${labels} at ${at}: ${height}`).toBe(true)
        }
        const threshold = Number(path(chart, '.chart-threshold').match(/^M40 ([\d.]+)/)![1])
        expect(Math.abs(baseline - threshold)).toBeLessThan(20)
      }
    }
  })

  test('the label of a threshold keeps the right edge where it is free there', () => {
    const chart = wide(
      <ConcentrationChart lines={[line()]} alt="" threshold={{ ngPerMl: 20, label: '20 ng/mL' }} />,
    )
    const text = [...chart.querySelectorAll('.chart-text')].find((each) => each.textContent === '20 ng/mL')!
    expect(Number(text.getAttribute('x'))).toBe(760 - 78 - 4)
  })
})
