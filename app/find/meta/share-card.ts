import { languageOf } from '../../platform/language.ts'
import type { PublicPage } from './public-pages.ts'

/** Size of the picture that stands beside a shared link, in pixels. */
export const CARD_WIDTH_PX = 1200
export const CARD_HEIGHT_PX = 630

/** The one typeface that the renderer is given. */
export const CARD_FONT = 'DejaVu Serif'

const kinds: Readonly<Record<PublicPage['kind'], string>> = {
  home: 'Addiction and ketamine',
  text: 'Addiction and ketamine',
  condition: 'What is known',
  article: 'Article',
  study: 'A study',
  list: 'Addiction and ketamine',
}

const spanishKinds: Partial<Record<PublicPage['kind'], string>> = {
  text: 'Adicción y ketamina',
  condition: 'Lo que se sabe',
  list: 'Adicción y ketamina',
}

const LEFT_PX = 84
const BROADEST_PX = CARD_WIDTH_PX - 2 * LEFT_PX
/** The title's type sizes, the largest first; the first that lets it stand in three lines is taken. */
const SIZES_PX = [76, 64, 54, 46]
const MOST_LINES = 3

/**
 * The picture of a shared link as SVG: the page's title over the level line. It carries no clinic's name, because one build
 * serves any clinic and the link itself names it; and no figure, because a picture has no room for its source.
 *
 * @param page its kind and title, and its path, which tells its language
 */
export function shareCard({ path, kind, title }: Pick<PublicPage, 'path' | 'kind' | 'title'>): string {
  const said = (languageOf(path) === 'es' ? spanishKinds[kind] : undefined) ?? kinds[kind]
  const { sizePx, lines } = setTitle(title)
  const leadingPx = Math.round(sizePx * 1.22)
  const firstPx = 300 - Math.round(((lines.length - 1) * leadingPx) / 2)
  const words = lines
    .map((line, i) => `<text x="${LEFT_PX}" y="${firstPx + i * leadingPx}">${escaped(line)}</text>`)
    .join('')
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${CARD_WIDTH_PX}" height="${CARD_HEIGHT_PX}" viewBox="0 0 ${CARD_WIDTH_PX} ${CARD_HEIGHT_PX}">
<rect width="${CARD_WIDTH_PX}" height="${CARD_HEIGHT_PX}" fill="#faf7f0"/>
<g font-family="${CARD_FONT}"><text x="${LEFT_PX}" y="116" font-size="30" fill="#a2562b">${escaped(said)}</text>
<g font-size="${sizePx}" fill="#1b2a2c">${words}</g></g>
<path d="${swell(500)} V${CARD_HEIGHT_PX} H0 Z" fill="#e1ecea"/>
<path d="${swell(500)}" fill="none" stroke="#12535a" stroke-width="4"/>
<g transform="translate(980 428) scale(2.6)"><path d="M7.5 27.5 C9.5 37.5 15 42 20 42 S30.5 37.5 32.5 27.5 Z" fill="#12535a"/><circle cx="20" cy="14" r="4" fill="#a2562b"/></g>
</svg>`
}

function setTitle(title: string): { readonly sizePx: number; readonly lines: readonly string[] } {
  for (const sizePx of SIZES_PX) {
    const lines = broken(title, sizePx)
    if (lines.length <= MOST_LINES) return { sizePx, lines }
  }
  const sizePx = SIZES_PX.at(-1)!
  const lines = broken(title, sizePx)
  return { sizePx, lines: [...lines.slice(0, MOST_LINES - 1), `${lines[MOST_LINES - 1]} …`] }
}

/** Words into lines by the estimated width of their letters. */
function broken(title: string, sizePx: number): string[] {
  const lines: string[] = []
  for (const word of title.split(/\s+/)) {
    const longer = lines.length > 0 ? `${lines.at(-1)} ${word}` : word
    if (lines.length > 0 && widthPx(longer, sizePx) <= BROADEST_PX) lines[lines.length - 1] = longer
    else lines.push(word)
  }
  return lines
}

/**
 * A safe estimate of how broad a line of DejaVu Serif is: its letters are sorted into four breadths, each the widest of its
 * kind in the font's own table of advances (em): 0.40 for i, l and stops, 0.66 for most, 0.88 for capitals, 1.05 for m, M and W.
 */
function widthPx(line: string, sizePx: number): number {
  let em = 0
  for (const letter of line) {
    if (/[ijl.,:;'’!|() ]/.test(letter)) em += 0.4
    else if (/[mMWw%@—…]/.test(letter)) em += 1.05
    else if (/[A-Z]/.test(letter)) em += 0.88
    else em += 0.66
  }
  return em * sizePx
}

/** The house's motif, at rest on the right: a swell that loses height until the water is level. */
function swell(levelPx: number): string {
  const points: string[] = []
  for (let x = 0; x <= CARD_WIDTH_PX; x += 12) {
    const y = levelPx + 40 * Math.exp(-x / 300) * Math.sin(2 * Math.PI * (0.62 + x / 310))
    points.push(`${x} ${y.toFixed(1)}`)
  }
  return `M${points.join(' L')}`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
