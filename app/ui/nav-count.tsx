/** The figure beside a navigation entry; nothing at zero or when not given. */
export function NavCount({ count }: { count?: number }) {
  return count === undefined || count === 0 ? null : <span className="nav-count">{count}</span>
}
