import { type RefObject, useEffect } from 'react'

/** Which of the radio buttons a key means: on a scale the one with that figure, in a list the one at that place. */
export function radioOfKey(key: string, values: readonly string[], isScale: boolean): number | undefined {
  if (!/^[0-9]$/.test(key)) return undefined
  const place = isScale ? values.indexOf(key) : Number(key) - 1
  return place >= 0 && place < values.length ? place : undefined
}

/**
 * With script, figure keys choose an answer of a screen with one question: a nurse who reads forms aloud, or somebody
 * who cannot use a pointer, answers without leaving the row of figures. On a scale a key is the figure itself. Enter goes
 * on, as in every form.
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
      const isScale = radios[0]?.closest('.scale') != null
      const place = radioOfKey(
        event.key,
        radios.map((radio) => radio.value),
        isScale,
      )
      if (place === undefined || (!isScale && radios.length > 9)) return
      radios[place]?.focus()
      radios[place]?.click()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [form, single])
}
