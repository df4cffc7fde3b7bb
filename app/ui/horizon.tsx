import { classNames } from './class-names.ts'

/**
 * The house motif: a level line. Decoration only, hidden from assistive technology.
 *
 * - `level`: one thin line, for headers and sections
 * - `hull`: the level line with a hull's curve beneath, for page ends
 */
export function Horizon({ kind = 'level', className }: { kind?: 'level' | 'hull'; className?: string }) {
  if (kind === 'level') return <div className={classNames('horizon', className)} aria-hidden="true" />
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
