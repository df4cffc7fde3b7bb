import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { alarm, at, event, minute, reading, running, visit, vitals } from '../../../tests/board-log.ts'
import { timeInWords } from '../../platform/time.ts'
import type { SessionEvent } from '../session/session-event.ts'
import { boardTiles } from './board.ts'
import { beginBoard } from './board-feed.ts'
import { Wall } from './wall.tsx'

const RED = { cause: 'sbp-high-red', level: 'red', sign: 'systolicMmHg', value: 184 } as const
const AMBER = { cause: 'rr-low-amber', level: 'amber', sign: 'respiratoryRatePerMin', value: 9 } as const
const high = { ...vitals, systolicMmHg: 184, diastolicMmHg: 96 }
const LOGS: readonly (readonly SessionEvent[])[] = [
  running(
    1,
    reading('x1', 9, high),
    alarm('r1', 9, 'raised', RED),
    alarm('r1b', 9, 'raised', { cause: 'device-lost', level: 'technical' }),
  ),
  running(
    2,
    reading('x2', 9, high),
    alarm('r2', 9, 'raised', RED),
    alarm('k2', 9.5, 'acknowledged', RED, 'nurse'),
  ),
  running(3, reading('x3', 9), alarm('r3', 9, 'raised', { cause: 'device-lost', level: 'technical' })),
  running(
    4,
    reading('x4', 9, { ...vitals, respiratoryRatePerMin: 9 }),
    alarm('r4', 9, 'raised', AMBER),
    event('o4', 'handover-offered', 9.2, { to: 'nurse-2' }),
  ),
  running(5, reading('x5', 9)).slice(1),
  running(6, reading('x6', 9)),
  running(7, reading('x7', 0)),
  ...[8, 9, 10, 11].map((n) => running(n, reading(`x${n}`, 9))),
  [],
]

function drawn(change: { readonly live?: boolean; readonly rooms?: number } = {}): string {
  const visits = LOGS.slice(0, change.rooms).map((_, i) => visit(i + 1, { personName: 'J. W.' }))
  const logs = Object.fromEntries(LOGS.map((log, i) => [`session-${i + 1}`, log]))
  const board = beginBoard({ seq: 1, now: minute(10), visits, logs }, 0)
  const live = change.live ?? true
  const feed = {
    board: { ...board, link: { ...board.link, status: live ? ('live' as const) : ('dropped' as const) } },
    nowMs: at(10),
    live,
    silentS: live ? 0 : 7,
    watching: true,
  }
  return renderToStaticMarkup(
    <Wall
      tiles={boardTiles(visits, logs, at(10))}
      feed={feed}
      clock={(instant) => timeInWords(instant as never, 'America/New_York')}
      name={(id) => (id === 'nurse' ? 'Nina Park' : 'Omar Reed')}
      sound={{ state: 'calm', word: 'Sound on, heard at 08:02 by Nina Park' }}
      askAgain={() => {}}
    />,
  )
}

describe('the wall screen', () => {
  it('says of each room what is wrong, for how long, who has acknowledged and who watches', () => {
    const words = drawn()
      .replace(/<[^>]+>/g, ' ')
      .replace(/\s+/g, ' ')
    expect(words).toMatch(/Room 1 .*Red: Systolic pressure 184 mmHg 1 min 00 s 1 more · Not acknowledged/)
    expect(words).toMatch(/Red: Systolic pressure 184 mmHg 1 min 00 s Acknowledged 10:09/)
    expect(words).toContain('Nobody watches this room')
    expect(words).toContain('Nina Park watches')
    expect(words).toContain('offered to Omar Reed')
    expect(words).toContain('Technical: the monitor is lost')
    // The rest stands on the next page.
    expect(words.match(/Room \d+/g)).toHaveLength(8)
    expect(words).toContain('of 2')
  })

  it('has nothing to press and nowhere to go', () => {
    expect(drawn()).not.toMatch(/<(a|button|form|input|select|summary)\b/)
  })

  it('covers everything in red once it cannot prove that it is live, and stands ready to when the script stands still', () => {
    const dead = drawn({ live: false })
    expect(dead).toContain('role="alert"')
    expect(dead).toContain('7 s ago')
    expect(drawn()).not.toContain('role="alert"')
    expect(drawn()).toContain('wall-unproved')
  })
})
