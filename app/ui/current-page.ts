import type { NavItem } from './clinic-face.ts'

/**
 * Says which navigation entry the reader is in: the longest href that is the path itself or a parent of it.
 * The root entry `/` matches only the root.
 *
 * @param items entries of one navigation
 * @param currentPath path of the page, without host; a query is ignored
 * @returns the href of that entry, or undefined when the page belongs to none
 */
export function currentHref(items: readonly NavItem[], currentPath: string): string | undefined {
  const path = currentPath.split(/[?#]/)[0] ?? ''
  let best: string | undefined
  for (const { href } of items) {
    const inside = path === href || (href !== '/' && path.startsWith(href.endsWith('/') ? href : `${href}/`))
    if (inside && (best === undefined || href.length > best.length)) best = href
  }
  return best
}
