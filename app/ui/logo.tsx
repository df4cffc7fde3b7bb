import { classNames } from './class-names.ts'

/**
 * The mark of Evenkeel: a hull under a level line, and a light above it.
 *
 * @param title spoken name; leave it out where the clinic's name stands beside the mark
 */
export function Logo({ title, className }: { title?: string; className?: string }) {
  const shape = (
    <>
      <path className="logo-hull" d="M7.5 21.5 C9.5 31.5 15 36 20 36 S30.5 31.5 32.5 21.5 Z" />
      <path className="logo-line" d="M2 21.5 H38" />
      <circle className="logo-light" cx="20" cy="10.5" r="4" />
    </>
  )
  if (title === undefined) {
    return (
      <svg className={classNames('logo', className)} viewBox="0 0 40 40" aria-hidden="true">
        {shape}
      </svg>
    )
  }
  return (
    <svg className={classNames('logo', className)} viewBox="0 0 40 40" role="img" aria-label={title}>
      {shape}
    </svg>
  )
}
