/**
 * Earlier and later pages of a list, with where the reader is.
 *
 * @param position for example `21 to 40 of 133 requests`
 */
export function Pager({
  previousHref,
  nextHref,
  position,
  label = 'Pages',
  previousLabel = 'Previous',
  nextLabel = 'Next',
}: {
  previousHref?: string
  nextHref?: string
  position: string
  label?: string
  previousLabel?: string
  nextLabel?: string
}) {
  return (
    <nav className="pager" aria-label={label}>
      {previousHref !== undefined && (
        <a className="pager-previous" href={previousHref} rel="prev">
          <span aria-hidden="true">← </span>
          {previousLabel}
        </a>
      )}
      <span className="pager-position">{position}</span>
      {nextHref !== undefined && (
        <a className="pager-next" href={nextHref} rel="next">
          {nextLabel}
          <span aria-hidden="true"> →</span>
        </a>
      )}
    </nav>
  )
}
