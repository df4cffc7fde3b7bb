import { type FrameLanguage, useFrameWords } from './frame-words.ts'

/** The way from a page to its other language. */
export interface OtherLanguage {
  readonly href: string
  /** The language it leads to. */
  readonly language: FrameLanguage
}

const names: Readonly<Record<FrameLanguage, string>> = { en: 'English', es: 'Español' }

/** English | Español: the language of this page as text, the other one as a link, each in its own language. */
export function LanguageLink({ href, language }: OtherLanguage) {
  const words = useFrameWords()
  return (
    <nav className="site-language" aria-label={words.language}>
      {(['en', 'es'] as const).map((one) =>
        one === language ? (
          <a key={one} href={href} hrefLang={one} lang={one}>
            {names[one]}
          </a>
        ) : (
          <span key={one} lang={one} aria-current="true">
            {names[one]}
          </span>
        ),
      )}
    </nav>
  )
}
