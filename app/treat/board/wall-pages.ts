import type { BoardTile } from './board.ts'
import { isUnderWay } from './tile-concerns.ts'
import { roomOf } from './watch.ts'

/** As many rooms as can be read at five metres on one screen of 1920 by 1080, with every line whole. */
export const ROOMS_A_PAGE = 8
/** At most this many rooms stand on every page. */
export const MOST_PINNED = 6

/**
 * The rooms of a wall: each chair once, with whoever is there, otherwise with the next visit; who has left is left out unless
 * something about them is still open.
 *
 * @param tiles the most urgent first; that order stays
 */
export function wallTiles(tiles: readonly BoardTile[]): BoardTile[] {
  const taken = new Set(tiles.filter(({ session }) => isUnderWay(session)).map(roomOf))
  const next = new Map<string, string>()
  for (const tile of tiles) {
    if (tile.phase !== 'arrive') continue
    const { startsAt } = tile.visit.plan
    const earlier = next.get(roomOf(tile))
    if (earlier === undefined || startsAt < earlier) next.set(roomOf(tile), startsAt)
  }
  return tiles.filter((tile) => {
    if (tile.phase === 'arrive') {
      return !taken.has(roomOf(tile)) && next.get(roomOf(tile)) === tile.visit.plan.startsAt
    }
    return tile.phase !== 'leave' || tile.concerns.length > 0
  })
}

/**
 * The pages of a wall. Rooms that are red and unanswered stand on every page, as long as they are not too many, so that no
 * turning of pages takes them from sight.
 *
 * @param tiles the most urgent first
 */
export function wallPages<Tile extends Pick<BoardTile, 'urgency'>>(tiles: readonly Tile[]): Tile[][] {
  if (tiles.length <= ROOMS_A_PAGE) return [[...tiles]]
  const red = tiles.filter(({ urgency }) => urgency === 'red')
  const pinned = red.length <= MOST_PINNED ? red : []
  const others = tiles.filter((tile) => !pinned.includes(tile))
  const room = ROOMS_A_PAGE - pinned.length
  const pages: Tile[][] = []
  for (let i = 0; i < others.length; i += room) pages.push([...pinned, ...others.slice(i, i + room)])
  return pages
}

/** The grid of a page: the fewest columns and rows, wider than high, that hold so many rooms. */
export function wallGrid(rooms: number): '1' | '2' | '4' | '6' | '8' {
  if (rooms <= 1) return '1'
  if (rooms <= 2) return '2'
  if (rooms <= 4) return '4'
  return rooms <= 6 ? '6' : '8'
}

/** What a wall calls a person: nothing, or the first letters of their names, as the clinic chose. */
export function nameOnWall(name: string, shown: 'none' | 'initials'): string {
  if (shown === 'none') return ''
  return name
    .split(/[\s-]+/)
    .filter(Boolean)
    .map((part) => `${[...part][0]!.toLocaleUpperCase('en')}.`)
    .join(' ')
}
