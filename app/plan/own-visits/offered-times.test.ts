import { describe, expect, it } from 'vitest'
import {
  addDays,
  type Instant,
  instantAt,
  type LocalDate,
  localDateOf,
  parseLocalDate,
} from '../../platform/time.ts'
import { offeredTimes } from './offered-times.ts'

const ZONE = 'America/New_York'
const first = parseLocalDate('2026-12-01')
const at = (day: LocalDate, time: string) => instantAt(day, time, ZONE)
const days = Array.from({ length: 28 }, (_, i) => addDays(first, i))
const QUARTERS = ['09:00', '09:15', '09:30', '10:00', '11:00', '13:00', '14:00', '15:00', '16:00']
const all: Instant[] = days.flatMap((day) => QUARTERS.map((time) => at(day, time)))
const present = at(addDays(first, 10), '10:00')

describe('the times offered', () => {
  it('are one of the morning and one of the afternoon, the days nearest to the present one first', () => {
    const offered = offeredTimes(all, present, ZONE)
    const near = [...new Set(offered.slice(0, 12).map((time) => localDateOf(time, ZONE)))].sort()
    expect(near).toEqual([7, 8, 9, 10, 11, 12].map((i) => addDays(first, i)))
    expect(offered.slice(0, 2)).toEqual([at(addDays(first, 10), '09:30'), at(addDays(first, 10), '14:00')])
  })

  it('reach over the whole window and never repeat', () => {
    const offered = offeredTimes(all, present, ZONE)
    expect(offered).toHaveLength(24)
    expect(new Set(offered).size).toBe(24)
    expect(localDateOf([...offered].sort().at(-1)!, ZONE) > addDays(first, 22)).toBe(true)
  })

  it('are whatever there is when there is little', () => {
    expect(offeredTimes([], present, ZONE)).toEqual([])
    const one = at(first, '16:00')
    expect(offeredTimes([one], present, ZONE)).toEqual([one])
  })
})
