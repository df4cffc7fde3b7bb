import { useEffect, useState } from 'react'

/** Where a finger writes. At a desk, with a mouse and room beside the page, the keyboard is enough. */
const FINGERS = '(pointer: coarse), (max-width: 76rem)'

/** Whether the big keys are on the screen; false until the browser has taken over. */
export function useKeysShown(): boolean {
  const [shown, setShown] = useState(false)
  useEffect(() => {
    const query = globalThis.matchMedia(FINGERS)
    const follow = () => setShown(query.matches)
    follow()
    query.addEventListener('change', follow)
    return () => query.removeEventListener('change', follow)
  }, [])
  return shown
}
