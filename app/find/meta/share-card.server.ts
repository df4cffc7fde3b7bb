import { createHash } from 'node:crypto'
import type { PublicPage } from './public-pages.ts'
import { shareCard } from './share-card.ts'

/** Where the pictures of shared links lie; everything under `/assets` is kept by browsers for a year. */
export const CARD_FOLDER = '/assets/share'

/**
 * File name of a page's picture. It carries a digest of the drawing, so that another drawing has another address: the build
 * that makes the picture and the server that names it ask here.
 *
 * @example cardFile(page) // 'conditions-alcohol-1a2b3c4d5e.png'
 */
export function cardFile(page: PublicPage): string {
  const known = names.get(page)
  if (known) return known
  const digest = createHash('sha256').update(shareCard(page)).digest('hex').slice(0, 10)
  const slug = page.path.slice(1).replaceAll('/', '-') || 'home'
  const name = `${slug}-${digest}.png`
  names.set(page, name)
  return name
}

const names = new WeakMap<PublicPage, string>()
