import { useEffect, useState } from 'react'

/** Whether the screen is kept from going dark: `held`, or `not` where the browser cannot or will not. */
export type Wakefulness = 'unknown' | 'held' | 'not'

/** Keeps a screen awake while it is shown, where the browser can; taken anew when the page comes back to sight. */
export function useWakeLock(): Wakefulness {
  const [wakefulness, setWakefulness] = useState<Wakefulness>('unknown')
  useEffect(() => {
    let lock: WakeLockSentinel | undefined
    let over = false
    const take = async () => {
      if (!('wakeLock' in navigator)) return setWakefulness('not')
      if (document.visibilityState !== 'visible' || (lock && !lock.released)) return
      try {
        lock = await navigator.wakeLock.request('screen')
        if (over) void lock.release()
        else setWakefulness('held')
      } catch {
        setWakefulness('not')
      }
    }
    void take()
    document.addEventListener('visibilitychange', take)
    return () => {
      over = true
      document.removeEventListener('visibilitychange', take)
      void lock?.release()
    }
  }, [])
  return wakefulness
}
