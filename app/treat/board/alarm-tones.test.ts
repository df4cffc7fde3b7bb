import { describe, expect, it } from 'vitest'
import { alarm, at, reading, running, visit } from '../../../tests/board-log.ts'
import type { Instant } from '../../platform/time.ts'
import type { AlarmChange, SessionEvent } from '../session/session-event.ts'
import { type Player, REPEAT_S, type SoundTest, soundWords, TONES, toneFor } from './alarm-tones.ts'
import { boardTiles } from './board.ts'

const RED = { cause: 'spo2-low-red', level: 'red' } as const
const AMBER = { cause: 'hr-high-amber', level: 'amber' } as const
const SILENT = { cause: 'silence', level: 'technical' } as const
const raised = (about: Partial<AlarmChange>) => alarm(`r-${about.cause}`, 9, 'raised', about)
const known = (about: Partial<AlarmChange>) => alarm(`k-${about.cause}`, 9.5, 'acknowledged', about, 'nurse')
const tilesOf = (...logs: (readonly SessionEvent[])[]) =>
  boardTiles(
    logs.map((_, i) => visit(i + 1)),
    Object.fromEntries(logs.map((log, i) => [`session-${i + 1}`, log])),
    at(12),
  )
const calm = running(1, reading('x', 9))

describe('what a screen sounds for', () => {
  it.each([
    ['nothing', tilesOf(calm), undefined],
    ['no room at all', [], undefined],
    ['a red alarm', tilesOf(calm, running(2, reading('x2', 9), raised(AMBER), raised(RED))), 'red'],
    [
      'a red alarm that is acknowledged',
      tilesOf(running(1, reading('x', 9), raised(RED), known(RED))),
      undefined,
    ],
    [
      'an amber alarm beside a red one that is acknowledged',
      tilesOf(running(1, reading('x', 9), raised(RED), known(RED), raised(AMBER))),
      'amber',
    ],
    ['a technical one', tilesOf(running(1, reading('x', 9), raised(SILENT))), 'technical'],
    ['a room that nobody watches', tilesOf(running(1, reading('x', 9)).slice(1)), 'red'],
    ['a reading that is late', tilesOf(running(1)), 'amber'],
  ] as const)('%s', (_, tiles, level) => {
    expect(toneFor(tiles, true)).toBe(level)
  })

  it('is never silent while the screen cannot prove that it is live', () => {
    expect(toneFor(tilesOf(calm), false)).toBe('technical')
    expect(toneFor([], false)).toBe('technical')
    expect(toneFor(tilesOf(running(1, reading('x', 9), raised(RED))), false)).toBe('red')
  })

  it('differs by number of tones, by lengths and by pitch, and is over before it comes again', () => {
    const levels = ['red', 'amber', 'technical'] as const
    expect(new Set(levels.map((level) => TONES[level].length)).size).toBe(3)
    expect(new Set(levels.map((level) => TONES[level][0]!.forS)).size).toBe(3)
    expect(new Set(levels.map((level) => TONES[level][0]!.hz)).size).toBe(3)
    for (const level of levels) {
      for (const { atS, forS, hz } of TONES[level]) {
        expect(atS + forS).toBeLessThan(REPEAT_S[level])
        // What older ears hear well.
        expect(hz).toBeGreaterThan(300)
        expect(hz).toBeLessThan(2_000)
      }
    }
  })
})

describe('what the board says of its sound', () => {
  const test: SoundTest = { heard: true, testedAt: '' as Instant, testedBy: 'Nina', screenName: 'Desk' }
  const say = (player: Player, tested?: SoundTest) => soundWords(player, tested, () => '08:02')

  it('is calm only when it plays and somebody heard it here today', () => {
    expect(say('on', test)).toEqual({ state: 'calm', word: 'Sound on, heard at 08:02 by Nina' })
    for (const player of ['unknown', 'none', 'off', 'blocked'] as const) {
      expect(say(player, test).state).not.toBe('calm')
    }
    expect(say('on')).toEqual({ state: 'amber', word: 'Sound not tested today on this screen' })
    expect(say('on', { ...test, heard: false })).toMatchObject({ state: 'red' })
  })

  it('says in red when there is none: off, held back by the browser, or not possible', () => {
    for (const player of ['none', 'off', 'blocked'] as const) expect(say(player, test).state).toBe('red')
  })
})
