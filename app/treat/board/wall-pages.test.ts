import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { at, event, minute, reading, running, visit } from '../../../tests/board-log.ts'
import { boardTiles } from './board.ts'
import { URGENCIES } from './tile-concerns.ts'
import { MOST_PINNED, nameOnWall, ROOMS_A_PAGE, wallGrid, wallPages, wallTiles } from './wall-pages.ts'

describe('the wall', () => {
  it('shows each chair once: who is there, else who comes next', () => {
    const later = (n: number, room: number, min: number) =>
      visit(n, {
        roomName: `Room ${room}`,
        sessionId: undefined,
        plan: { ...visit(n).plan, startsAt: minute(min) },
      })
    const logs = {
      'session-1': running(1, reading('x1', 9)),
      'session-2': running(
        2,
        reading('x2', 9),
        event('f', 'discharged', 9.5, { overrideBy: null, notMet: [] }),
      ),
    }
    const visits = [
      visit(1),
      visit(2),
      later(11, 1, 120),
      later(21, 2, 200),
      later(22, 2, 300),
      later(31, 3, 60),
    ]
    const shown = wallTiles(boardTiles(visits, logs, at(10))).map(({ visit: v }) => v.appointmentId)
    expect(shown.sort()).toEqual(['appointment-1', 'appointment-21', 'appointment-31'])
  })

  it('fits eight rooms on a page, loses none, and keeps what is red on every page', () => {
    const one = fc.constantFrom(...URGENCIES).map((urgency) => ({ urgency }))
    fc.assert(
      fc.property(fc.array(one, { maxLength: 60 }), (drawn) => {
        const tiles = drawn
          .map((tile, id) => ({ ...tile, id }))
          .sort((a, b) => URGENCIES.indexOf(a.urgency) - URGENCIES.indexOf(b.urgency))
        const pages = wallPages(tiles)
        for (const page of pages) expect(page.length).toBeLessThanOrEqual(ROOMS_A_PAGE)
        expect(new Set(pages.flat().map(({ id }) => id)).size).toBe(tiles.length)
        const red = tiles.filter(({ urgency }) => urgency === 'red')
        if (red.length > MOST_PINNED) return
        for (const page of pages) expect(page.filter(({ urgency }) => urgency === 'red')).toEqual(red)
      }),
    )
  })

  it('has a place for each room of a page', () => {
    for (let rooms = 0; rooms <= ROOMS_A_PAGE; rooms++) {
      expect(Number(wallGrid(rooms))).toBeGreaterThanOrEqual(rooms)
    }
  })

  it.each([
    ['Jonas Weber', 'initials', 'J. W.'],
    ['Ana-Lucía de la Cruz', 'initials', 'A. L. D. L. C.'],
    ['  élodie ', 'initials', 'É.'],
    ['Jonas Weber', 'none', ''],
  ] as const)('calls %s by %s: %s', (name, shown, said) => {
    expect(nameOnWall(name, shown)).toBe(said)
  })
})
