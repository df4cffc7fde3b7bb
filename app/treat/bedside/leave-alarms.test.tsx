import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { alarm, at, reading, running, vitals } from '../../../tests/board-log.ts'
import { newestValues } from '../session/newest-values.ts'
import { foldSession } from '../session/session.ts'
import type { SessionEvent } from '../session/session-event.ts'
import { AlarmsToSettle, settlesAlarm } from './leave-alarms.tsx'

const acknowledged = { at: '2026-11-22T15:02:00.000Z', by: 'nurse' } as never

describe('what settles a red alarm before somebody leaves', () => {
  it.each([
    ['unanswered, over', undefined, 'over', true, /answer alone is missing/],
    ['unanswered, lasting', undefined, 'lasts', true, /reading within limits/],
    ['unanswered, unknown', undefined, 'unknown', true, /reading within limits/],
    ['answered, over', acknowledged, 'over', false, /ends by itself/],
    ['answered, lasting', acknowledged, 'lasts', false, /reading within limits/],
  ] as const)('%s', (_case, known, state, answer, words) => {
    const cause = 'spo2-low-red'
    const said = settlesAlarm({ cause, acknowledged: known, seenAt: undefined }, { state })
    expect(said.answer).toBe(answer)
    expect(said.words).toMatch(words)
  })

  it('of a reading that is late is any full reading', () => {
    const late = { cause: 'reading-overdue', acknowledged, seenAt: undefined }
    expect(settlesAlarm(late, { state: 'lasts' }).words).toBe('It ends once a full reading is recorded.')
  })

  it('is a link to the alarm where an answer is missing; what is amber or over is not asked for', () => {
    const RED = { cause: 'spo2-low-red', level: 'red', sign: 'spo2Percent', value: 86 } as const
    const amber = { ...RED, cause: 'spo2-low-amber', level: 'amber' } as const
    const drawn = (...more: SessionEvent[]) => {
      const log = running(
        1,
        reading('x1', 9, { ...vitals, spo2Percent: 86 }),
        alarm('a', 9, 'raised', amber),
        alarm('b', 9, 'raised', RED),
        reading('x2', 12),
        ...more,
      )
      const state = foldSession(log)
      const signs = newestValues(state, undefined, at(13), 10 * 60_000)
      return renderToStaticMarkup(<AlarmsToSettle alarms={state.care.alarms} signs={signs} overdueMs={0} />)
    }
    const held = drawn()
    expect(held).toContain('<a href="#alarm-spo2-low-red-0">Acknowledge the alarm “Red:')
    expect(held).toContain('the answer alone is missing')
    expect(held.match(/<li>/g)).toHaveLength(1)
    const answered = drawn(alarm('c', 12, 'acknowledged', RED, 'nurse'))
    expect(answered).not.toContain('<a ')
    expect(answered).toContain('ends by itself')
    expect(drawn(alarm('d', 12, 'resolved', RED))).not.toContain('<li>')
  })
})
