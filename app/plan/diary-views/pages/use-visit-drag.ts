import { type PointerEvent, useRef } from 'react'
import type { Slot } from '../schedule-layout.ts'
import type { ScheduleVisit } from '../schedule-page.server.ts'

/** Smaller movements are a click. */
const FROM_PX = 6

/**
 * Picking a visit up with a mouse or pen and dropping it on a free time. It is the move by keys with a pointer: the same
 * times, the same form. A finger scrolls; it has the buttons.
 *
 * @param pickUp asked once the pointer has moved far enough; the free times then appear
 * @param putDown asked when it is let go where nothing is free
 */
export function useVisitDrag(acts: {
  readonly formOf: () => HTMLFormElement | undefined
  readonly slotOf: (value: string) => Slot | undefined
  readonly pickUp: (visitId: string) => void
  readonly putDown: () => void
  readonly show: (slot: Slot | undefined) => void
}): (event: PointerEvent, visit: ScheduleVisit) => void {
  const newest = useRef(acts)
  newest.current = acts
  return (event, visit) => {
    if (event.button !== 0 || event.pointerType === 'touch') return
    const begin = { x: event.clientX, y: event.clientY }
    let dragging = false
    let over: string | undefined
    const slotUnder = (x: number, y: number) =>
      document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-slot]')?.dataset.slot
    const move = (at: globalThis.PointerEvent) => {
      if (!dragging && Math.hypot(at.clientX - begin.x, at.clientY - begin.y) < FROM_PX) return
      if (!dragging) {
        dragging = true
        newest.current.pickUp(visit.id)
      }
      const value = slotUnder(at.clientX, at.clientY)
      if (value === over) return
      over = value
      newest.current.show(value === undefined ? undefined : newest.current.slotOf(value))
    }
    const stop = (at: globalThis.PointerEvent) => {
      window.removeEventListener('pointermove', move)
      window.removeEventListener('pointerup', stop)
      window.removeEventListener('pointercancel', stop)
      if (!dragging) return
      window.addEventListener('click', swallow, { capture: true, once: true })
      setTimeout(() => window.removeEventListener('click', swallow, { capture: true }), 0)
      const form = newest.current.formOf()
      const value = at.type === 'pointerup' ? slotUnder(at.clientX, at.clientY) : undefined
      const button = [...(form?.querySelectorAll<HTMLButtonElement>('[data-slot]') ?? [])].find(
        (each) => each.dataset.slot === value,
      )
      if (form && button) form.requestSubmit(button)
      else newest.current.putDown()
    }
    window.addEventListener('pointermove', move)
    window.addEventListener('pointerup', stop)
    window.addEventListener('pointercancel', stop)
  }
}

function swallow(event: MouseEvent): void {
  event.preventDefault()
  event.stopPropagation()
}
