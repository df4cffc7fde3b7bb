import { useCallback, useRef } from 'react'
import { isRouteErrorResponse, useFetcher, useLoaderData } from 'react-router'
import { BY_ITSELF } from '../../platform/by-itself.ts'
import type { BoardPage } from './board-page.server.ts'

/** What asking again says instead of the day once nobody is signed in on this screen any more. */
const SIGNED_OUT = 'signed-out'
/** Marks in the address that a board which stands already asks, rather than somebody who opens one. */
const AGAIN = 'again'

/**
 * The day as asked for by a board that stands already: what the server says, that nobody is signed in any more, or
 * nothing without a network. Who opens a board is led to sign in as from everywhere.
 */
export async function askedFor(
  request: Request,
  answer: Promise<BoardPage>,
): Promise<BoardPage | typeof SIGNED_OUT | undefined> {
  if (!new URL(request.url).searchParams.has(AGAIN)) return answer
  return answer.catch((error: unknown) => {
    if (error instanceof Response && error.headers.get('Location')?.startsWith('/sign-in')) return SIGNED_OUT
    if (error instanceof Response || isRouteErrorResponse(error)) throw error
    return undefined
  })
}

/** The board as the server told it last: by opening it, after a form, or since, because it asked again. */
export function useNewestBoard(): {
  readonly page: BoardPage
  /** Nobody is signed in any more. */
  readonly signedOut: boolean
  /** Asks without counting as use: a board that nobody touches is signed off. */
  readonly askByItself: () => void
  /** Asks as its user does: a wall has nothing to press and stays signed in. */
  readonly askInUse: () => void
} {
  const opened = useLoaderData() as BoardPage
  const { data, load } = useFetcher<Awaited<ReturnType<typeof askedFor>>>()
  const newest = useRef(opened)
  const told = data === SIGNED_OUT ? undefined : data
  for (const each of [opened, told]) {
    if (each && each.snapshot.now >= newest.current.snapshot.now) newest.current = each
  }
  const address = `/work/board?${AGAIN}=${opened.wall ? '&wall=1' : ''}${opened.mine ? '&watch=mine' : ''}`
  return {
    page: newest.current,
    signedOut: data === SIGNED_OUT,
    askByItself: useCallback(() => void load(`${address}&${BY_ITSELF}=`), [load, address]),
    askInUse: useCallback(() => void load(address), [load, address]),
  }
}
