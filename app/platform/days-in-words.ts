import type { Language } from './language.ts'

const SPANISH: Readonly<Record<string, string>> = {
  monday: 'lunes',
  tuesday: 'martes',
  wednesday: 'miércoles',
  thursday: 'jueves',
  friday: 'viernes',
  saturday: 'sábado',
  sunday: 'domingo',
  to: 'a',
  through: 'a',
  and: 'y',
  daily: 'todos los días',
}

/**
 * Days as a clinic wrote them for its opening hours, in a language. The clinic writes English; what is not a known word of days
 * stays as it was written, so that nothing is lost or guessed.
 *
 * @example daysInWords('Monday to Thursday', 'es') // 'lunes a jueves'
 */
export function daysInWords(days: string, language: Language): string {
  if (language === 'en') return days
  return days.replace(/[a-z]+/gi, (word) => SPANISH[word.toLowerCase()] ?? word)
}
