import type { BoardTile } from './board.ts'

/** An offer that nobody has taken after this long is said in amber: the watch is still with who offered it. A design default. */
export const OFFER_OLD_MS = 2 * 60_000

/** What the board says to one person about the watches of its rooms. */
export type WatchesOf = {
  /** Rooms they watch, by name. */
  readonly mine: readonly BoardTile[]
  /** Rooms that a colleague offers them. */
  readonly offered: readonly BoardTile[]
}

/** The watches of one person. @param me their account */
export function watchesOf(tiles: readonly BoardTile[], me: string): WatchesOf {
  const open = tiles.filter(({ phase }) => phase !== 'leave')
  const byRoom = (a: BoardTile, b: BoardTile) => roomOf(a).localeCompare(roomOf(b))
  return {
    mine: open.filter(({ session }) => session.care.watch?.by === me).sort(byRoom),
    offered: open.filter(({ session }) => session.care.watch?.offer?.to === me).sort(byRoom),
  }
}

/** A room by its name; with the chair where the clinic has several in one room. */
export function roomOf({ visit }: Pick<BoardTile, 'visit'>): string {
  return `${visit.roomName}, ${visit.chairName}`
}

/**
 * The tiles somebody sees who asked for their own rooms alone. What is red, what nobody watches and what is offered to them stays:
 * no choice on a screen hides that.
 *
 * @param me their account
 */
export function mineFirst(
  tiles: readonly BoardTile[],
  me: string,
): { readonly shown: readonly BoardTile[]; readonly hidden: number } {
  const shown = tiles.filter(
    ({ phase, session: { care }, urgency }) =>
      urgency === 'red' || (phase !== 'leave' && (care.watch?.by === me || care.watch?.offer?.to === me)),
  )
  return { shown, hidden: tiles.length - shown.length }
}
