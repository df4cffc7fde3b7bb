import { describe, expect, it } from 'vitest'
import type { Instant } from '../../platform/time.ts'
import { stepInstant } from './event-time.ts'
import type { SessionEvent } from './session-event.ts'

const clock = (time: string) => `2026-11-22T${time}.000Z` as Instant
const log = (...times: string[]) => times.map((time) => ({ at: clock(time) }) as SessionEvent)

describe('when a step that rests on the whole log happened', () => {
  it.each<[string, string | undefined, SessionEvent[], string]>([
    ['now', undefined, log('16:50:00'), '17:11:40'],
    ['now, with an empty log', undefined, [], '17:11:40'],
    ['the newest entry, when a bedside clock runs ahead', undefined, log('17:12:30'), '17:12:30'],
    ['as typed', '17:05:00', log('17:04:59', '16:00:00'), '17:05:00'],
    ['exactly at the newest entry', '17:05:00', log('17:05:00'), '17:05:00'],
    ['the minute of the newest entry', '17:11:00', log('17:11:20'), '17:11:20'],
    ['before the newest entry', '17:10:00', log('16:00:00', '17:11:20', '17:00:00'), 'before-last-event'],
    [
      'as typed, though the clinic’s clock recorded an alarm since',
      '17:05:00',
      [...log('17:04:00'), { at: clock('17:08:00'), kind: 'alarm' } as SessionEvent],
      '17:05:00',
    ],
    ['in the future', '17:12:00', log('16:00:00'), 'future-time'],
  ])('%s', (_, typed, events, expected) => {
    const answer = stepInstant(typed === undefined ? undefined : clock(typed), clock('17:11:40'), events)
    expect(answer.ok ? answer.at.slice(11, 19) : answer.reason).toBe(expected)
  })
})
