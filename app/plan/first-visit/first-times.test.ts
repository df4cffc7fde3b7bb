import { describe, expect, it } from 'vitest'
import { parseInstant } from '../../platform/time.ts'
import { timesNow } from './first-times.ts'

const at = (hour: number) => parseInstant(`2026-11-25T${hour}:00:00Z`)
const [a, b, c, d, e] = [at(10), at(11), at(12), at(13), at(14)]

describe('the times of an offer', () => {
  it('that are free can be chosen, and no others are shown', () => {
    expect(timesNow({ starts: [a, b, c] }, [a, b, c, d], [d])).toEqual({
      free: [a, b, c],
      gone: [],
      spare: [],
    })
  })
  it('that somebody else took are said, and others are shown as soon as there is no choice left', () => {
    expect(timesNow({ starts: [a, b, c] }, [b, c, d], [d]).spare).toEqual([])
    expect(timesNow({ starts: [a, b] }, [b, c, d, e], [e, b, d])).toEqual({
      free: [b],
      gone: [a],
      spare: [d, e],
    })
  })
  it('that are all gone, with nothing else free, are no choice', () => {
    expect(timesNow({ starts: [a, b] }, [], [])).toEqual({ free: [], gone: [a, b], spare: [] })
  })
})
