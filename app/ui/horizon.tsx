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
    <svg
      className={classNames('horizon-settle', className)}
      viewBox="0 0 1200 120"
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path className="horizon-deep" d={`${settlingPath(0.55, 46, 78)} V120 H0 Z`} />
      <path className="horizon-water" d={`${settling} V120 H0 Z`} />
      <path className="horizon-line" d={settling} />
    </svg>
  )
}

/**
 * A damped swell as an SVG path over 1200 by 120.
 *
 * @param phase where the swell starts, in turns
 * @param heightPx first height of the swell
 * @param levelPx where it comes to rest
 */
function settlingPath(phase = 0.08, heightPx = 34, levelPx = 64): string {
  const points: string[] = []
  for (let x = 0; x <= 1200; x += 15) {
    const damping = Math.exp(-x / 330)
    const y = levelPx + heightPx * damping * Math.sin(2 * Math.PI * (phase + x / 290))
    points.push(`${x} ${Math.round(y * 10) / 10}`)
  }
  return `M${points.join(' L')}`
}
