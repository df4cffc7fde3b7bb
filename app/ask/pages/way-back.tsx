/** A harmless page elsewhere, for somebody who must not be seen here. */
const ELSEWHERE = 'https://www.weather.gov/'

/** The way back, and the way out in a hurry. */
export function WayBack({ href }: { href: string }) {
  return (
    <p className="way-back">
      <a href={href}>Back</a>
      <a href={ELSEWHERE} rel="noreferrer">
        Leave this site <span aria-hidden="true">→</span>
      </a>
    </p>
  )
}
