import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { OrderResult, roundingWords } from './order-result.tsx'

it.each([
  [0, 'exact'],
  [-1.1e-14, 'exact'],
  [(105 / 104.96 - 1) * 100, 'less than 0.1 % more by rounding'],
  [-0.04, 'less than 0.1 % less by rounding'],
  [0.05, '0.1 % more by rounding'],
  [-1.8, '1.8 % less by rounding'],
])('a dose %d %% off by rounding is said as “%s”', (percent, words) => {
  expect(roundingWords(percent)).toBe(words)
})

it('says below the figures what booked visits lack for them', () => {
  const shown = (shortVisits: string | undefined) =>
    renderToStaticMarkup(
      <OrderResult worked={undefined} typed={() => ''} wrong={{}} unread={0} shortVisits={shortVisits} />,
    )
  expect(shown('One booked visit is too short.')).toContain('One booked visit is too short.')
  expect(shown(undefined)).not.toContain('booked')
})
