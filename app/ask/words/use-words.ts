import { useLocation } from 'react-router'
import { hrefIn, languageOf } from '../../platform/language.ts'
import { wordsIn } from './words-in.ts'

/** The words of the page's language, and the way to an address in that language. */
export function useWords() {
  const language = languageOf(useLocation().pathname)
  return { language, words: wordsIn[language], to: (href: string) => hrefIn(language, href) }
}
