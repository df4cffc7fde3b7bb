import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { OwnCurve } from '../cohorts/own-curve.tsx'
import { FigureBlockView } from './figure-block-view.tsx'
import { timedBlock } from './timed-block.ts'

it.each([true, false])(
  'a time to an event is drawn as points for strict eyes (%s), else as a curve',
  (strict) => {
    const event = (days: number) => ({ days, event: true, censoredWhy: null, people: 20 })
    const followed = { days: 365, event: false, censoredWhy: 'end-of-follow-up', people: 40 } as const
    const block = timedBlock('time-to-first-use', [event(40), event(170), followed], 'Harbor', strict)
    for (const html of [
      renderToStaticMarkup(<FigureBlockView block={block} invented="" period="Everybody." />),
      renderToStaticMarkup(<OwnCurve own={{ block, invented: '' }} clinicName="Harbor" />),
    ]) {
      expect(html.includes('Between the days shown nothing is told.')).toBe(strict)
      expect(html.includes('Band: 95 % interval')).toBe(!strict)
      expect(html.includes('Day 180')).toBe(strict)
    }
  },
)
