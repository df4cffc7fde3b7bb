import { expect, it } from 'vitest'
import { atPointDay } from './overview-line.ts'
import { timedBlock } from './timed-block.ts'

/** 20 of 100 people with the event on day 40, the others followed until a day. */
const block = (until: number) =>
  timedBlock(
    'time-to-relapse',
    [
      { days: 40, event: true, censoredWhy: null, people: 20 },
      { days: until, event: false, censoredWhy: 'still-followed', people: 80 },
    ],
    'Here',
    false,
  )

it('tells a time to an event at day 90, wherever its curve ends', () => {
  expect(atPointDay(block(365)).line).toMatchObject({
    figure: '80.0 % without a relapse by day 90',
    people: 100,
  })
  expect(atPointDay(block(365)).line!.interval).toBe(atPointDay(block(91)).line!.interval)
})

it('says so where day 90 cannot be shown', () => {
  expect(atPointDay(block(89)).line).toMatchObject({ figure: 'day 90 cannot be shown', interval: '–' })
})
