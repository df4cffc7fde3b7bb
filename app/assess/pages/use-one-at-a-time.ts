import { useEffect, useState } from 'react'

/** A phone held upright. */
const NARROW = '(max-width: 40rem)'

/**
 * On a phone, with script, a screen with several questions shows one after the other. Without script, on a wide screen,
 * or while something needs a second look, all of them stand there.
 *
 * @param count how many questions the screen has
 * @param all whether all must be seen at once
 */
export function useOneAtATime(count: number, all: boolean) {
  const [narrow, setNarrow] = useState(false)
  const [place, setPlace] = useState(0)
  useEffect(() => {
    const media = window.matchMedia(NARROW)
    const look = () => setNarrow(media.matches)
    look()
    media.addEventListener('change', look)
    return () => media.removeEventListener('change', look)
  }, [])
  const one = narrow && !all && count > 1
  return {
    one,
    place,
    last: !one || place === count - 1,
    shows: (index: number) => !one || index === place,
    next: () => setPlace((now) => Math.min(now + 1, count - 1)),
    back: () => setPlace((now) => Math.max(now - 1, 0)),
  }
}
