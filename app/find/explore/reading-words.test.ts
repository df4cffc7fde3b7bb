import { describe, expect, it } from 'vitest'
import { chosenFrom } from './chosen.ts'
import { duration, level, readingInWords } from './reading-words.ts'

const drip = { low: 52.6, middle: 95.9, high: 150.3, peak: 253.1, givenUntil: 40, isDrip: true }

describe('a reading in words', () => {
  it.each([
    [0, 'At the start, as the drip begins'],
    [25, 'About 25 minutes in, the drip is running'],
    [40, 'About 40 minutes in, as the drip ends'],
    [60, 'About 1 hour in, 20 minutes after the drip has ended'],
    [105, 'About 1 hour 45 minutes in, 1 hour 5 minutes after the drip has ended'],
  ])('minute %i says where in the session it is', (minute, when) => {
    expect(readingInWords({ ...drip, minute }).when).toBe(when)
  })

  it('says the typical level, the band and how sure, in one breath', () => {
    expect(readingInWords({ ...drip, minute: 60, effectShare: 0.637 })).toMatchObject({
      blood:
        'About 95 ng/mL in a typical person’s blood, about a third of its highest. Between 55 and 150 in nine people out of ten, if the model is right.',
      effect: 'The modelled effect is about two thirds of its highest.',
      spoken: '1 hour: about 95, most between 55 and 150',
    })
  })

  it('at the start nothing is there, and nothing is called low', () => {
    const words = readingInWords({ ...drip, minute: 0, low: 0, middle: 0, high: 0, effectShare: 0 })
    expect(words.blood).toBe('Nothing has reached the blood yet.')
    expect(words.effect).toBe('There is no effect yet.')
  })

  it('has no sentence about an effect that is not drawn, and knows no drip where there is none', () => {
    const words = readingInWords({ ...drip, minute: 60, isDrip: false, givenUntil: 0 })
    expect(words.effect).toBeUndefined()
    expect(words.when).toBe('About 1 hour in')
  })

  it('rounds as coarsely as the level is known', () => {
    expect([0.4, 3.6, 19.4, 52.6, 97.6, 253].map(level)).toEqual([
      'less than 1',
      '4',
      '19',
      '55',
      '100',
      '250',
    ])
    expect([5, 60, 65, 120, 121].map(duration)).toEqual([
      '5 minutes',
      '1 hour',
      '1 hour 5 minutes',
      '2 hours',
      '2 hours 1 minute',
    ])
  })
})

describe('what the address asks for', () => {
  const chosen = (query: string) => chosenFrom(new URLSearchParams(query))

  it('is the end of the drip unless told', () => {
    expect(chosen('')).toEqual({ route: 'drip', minute: 40 })
  })

  it('is the minute nearest to a step', () => {
    expect(chosen('route=im&minute=61')).toEqual({ route: 'im', minute: 60 })
    expect(chosen('minute=240')).toEqual({ route: 'drip', minute: 240 })
    expect(chosen('minute=2.4')).toEqual({ route: 'drip', minute: 0 })
  })

  it.each(['abc', '-5', '241', '1e2', '9999999', '4 0', 'NaN'])(
    'minute “%s” shows the usual one, says so and keeps what was typed',
    (typed) => {
      expect(chosen(`minute=${typed}`)).toMatchObject({ minute: 40, typedMinute: typed })
      expect(chosen(`minute=${typed}`).minuteProblem).toContain('from 0 to 240')
    },
  )

  it('a way that is not there shows the drip and says so', () => {
    for (const route of ['banana', 'constructor', '__proto__', 'DRIP']) {
      expect(chosen(`route=${route}`).route).toBe('drip')
      expect(chosen(`route=${route}`).routeProblem).toMatch(/no such way/)
    }
  })
})
