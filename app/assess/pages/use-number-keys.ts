import { type RefObject, useEffect } from 'react'

/**
 * With script, the keys 1 to 9 choose an answer of a screen with one question: a nurse who reads forms aloud, or
 * somebody who cannot use a pointer, answers without leaving the row of figures. Enter goes on, as in every form.
 *
 * @param single whether the screen has one question; with several a figure would be ambiguous
 */
export function useNumberKeys(form: RefObject<HTMLFormElement | null>, single: boolean) {
  useEffect(() => {
    if (!single) return
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      const target = event.target as HTMLElement
      if (target.matches('input:not([type="radio"]), textarea, select')) return
      const radios = [...(form.current?.querySelectorAll<HTMLInputElement>('input[type="radio"]') ?? [])]
      const chosen = radios[Number(event.key) - 1]
      if (!chosen || radios.length > 9) return
      chosen.focus()
      chosen.click()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [form, single])
}
