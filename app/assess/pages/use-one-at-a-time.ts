import { type RefObject, useEffect, useState } from 'react'

/** A phone held upright. */
const NARROW = '(max-width: 40rem)'

/**
 * On a phone, with script, a screen with several questions shows one after the other and moves the focus to it. Without
 * script, on a wide screen, or while something needs a second look, all of them stand there.
 *
 * @param form holds one element with `data-question` for each question
 * @param count how many questions the screen has
 * @param all whether all must be seen at once
 */
export function useOneAtATime(form: RefObject<HTMLFormElement | null>, count: number, all: boolean) {
  const [narrow, setNarrow] = useState(false)
  const [place, setPlace] = useState(0)
  const [skipped, setSkipped] = useState(false)
  useEffect(() => {
    const media = window.matchMedia(NARROW)
    const look = () => setNarrow(media.matches)
    look()
    media.addEventListener('change', look)
    return () => media.removeEventListener('change', look)
  }, [])
  const one = narrow && !all && count > 1
  const show = (next: number) => {
    setPlace(next)
    // After the question is there: its first field is what the keyboard and a screen reader go on with.
    requestAnimationFrame(() => {
      const question = form.current?.querySelectorAll<HTMLElement>('[data-question]')[next]
      question?.querySelector<HTMLElement>('input, textarea, select')?.focus()
    })
  }
  return {
    one,
    place,
    last: !one || place === count - 1,
    /** A question was passed over: what is open at the end was seen, and stays open. */
    skipped,
    shows: (index: number) => !one || index === place,
    next: () => show(Math.min(place + 1, count - 1)),
    skip: () => {
      setSkipped(true)
      show(Math.min(place + 1, count - 1))
    },
    back: () => show(Math.max(place - 1, 0)),
  }
}
