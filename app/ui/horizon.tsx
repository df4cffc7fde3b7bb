import { classNames } from './class-names.ts'

/** Path of a swell that loses height from left to right until the water is level; drawn once by `settlingPath`. */
const settling = settlingPath()

/**
 * The house motif: a level line. Decoration only, hidden from assistive technology.
 *
 * - `level`: one thin line, for headers and sections
 * - `settle`: a wave that settles into the level line, once a page at most
 * - `hull`: the level line with a hull's curve beneath, for page ends
 */
export function Horizon({
  kind = 'level',
  className,
}: {
  kind?: 'level' | 'settle' | 'hull'
  className?: string
}) {
  if (kind === 'level') return <div className={classNames('horizon', className)} aria-hidden="true" />
  if (kind === 'hull') {
    return (
      <svg
        className={classNames('horizon-hull', className)}
        viewBox="0 0 1200 60"
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        <path className="horizon-water" d="M0 2 C300 2 380 56 600 56 S900 2 1200 2 V0 H0 Z" />
        <path className="horizon-line" d="M0 2 C300 2 380 56 600 56 S900 2 1200 2" />
      </svg>
    )
  }
  return (
    <div className={classNames('horizon-settle', className)}>
      <svg className="horizon-sea" viewBox="0 0 1200 120" preserveAspectRatio="none" aria-hidden="true">
        <path className="horizon-water" d={`${settling} V120 H0 Z`} />
        <path className="horizon-line" d={settling} />
      </svg>
      <svg className="horizon-boat" viewBox="0 0 40 40" aria-hidden="true">
        <path className="logo-hull" d="M7.5 20 C9.5 30 15 34.5 20 34.5 S30.5 30 32.5 20 Z" />
        <circle className="logo-light" cx="20" cy="9" r="3.5" />
      </svg>
    </div>
  )
}

/** A damped swell over 1200 by 120 that comes to rest at 60, half way up. */
function settlingPath(): string {
  const points: string[] = []
  for (let x = 0; x <= 1200; x += 12) {
    const y = 60 + 44 * Math.exp(-x / 300) * Math.sin(2 * Math.PI * (0.62 + x / 310))
    points.push(`${x} ${Math.round(y * 10) / 10}`)
  }
  return `M${points.join(' L')}`
}
