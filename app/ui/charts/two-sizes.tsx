import type { ReactNode } from 'react'

/** Widths a chart is drawn for, in px of its viewBox: text keeps its size on a phone instead of shrinking with the picture. */
const wideChartPx = 760
const narrowChartPx = 380

/**
 * Draws a chart twice, for a phone and for a desk; the style sheet shows one of them, and only that one is spoken.
 *
 * @param draw draws the chart for a width
 */
export function TwoSizes({ draw }: { draw: (size: { widthPx: number; narrow: boolean }) => ReactNode }) {
  return (
    <div className="chart-sizes">
      <div className="chart-wide">{draw({ widthPx: wideChartPx, narrow: false })}</div>
      <div className="chart-narrow">{draw({ widthPx: narrowChartPx, narrow: true })}</div>
    </div>
  )
}
