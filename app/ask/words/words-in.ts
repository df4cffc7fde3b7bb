import type { Language } from '../../platform/language.ts'
import { english, type RequestWords } from './english.ts'
import { spanish } from './spanish.ts'

/** The words of the request in each language. */
export const wordsIn: Readonly<Record<Language, RequestWords>> = { en: english, es: spanish }
