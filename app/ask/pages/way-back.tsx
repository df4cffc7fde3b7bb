import { useWords } from '../words/use-words.ts'

/** A harmless page elsewhere, for somebody who must not be seen here. */
const ELSEWHERE = 'https://www.weather.gov/'

/** The way back, and the way out in a hurry. */
export function WayBack({ href }: { href: string }) {
  const { words, to } = useWords()
  return (
    <p className="way-back">
      <a href={to(href)}>{words.step.back}</a>
      <a href={ELSEWHERE} rel="noreferrer">
        {words.step.leave} <span aria-hidden="true">→</span>
      </a>
    </p>
  )
}
