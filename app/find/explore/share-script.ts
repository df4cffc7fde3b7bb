import { dotsFilled, sharePlace, spanPlace } from './share-place.ts'
import { shareInWords } from './share-words.ts'

/**
 * The whole script of the page: the count becomes a slider, and dots, span, words and address follow. The figures of every
 * count of this group stand in the page; the size of the group stays a form and links.
 *
 * @param replaceAddress told the new query alone, so that the path stays as it is being read
 */
export function startShareExplorer(page: Document, replaceAddress: (href: string) => void): void {
  const root = page.querySelector<HTMLElement>('[data-share]')
  const field = root?.querySelector<HTMLInputElement>('input[name=k]')
  if (!root || !field) return
  const people = Number(root.dataset.people)
  const [low, high, chance] = ['low', 'high', 'chance'].map((name) =>
    (root.dataset[name] ?? '').split(' ').map(Number),
  ) as [number[], number[], number[]]
  const dots = root.querySelector('[data-dots]')
  const span = root.querySelector('[data-span]')
  const mark = root.querySelector('[data-mark]')
  field.type = 'range'
  field.setAttribute('min', '0')
  field.setAttribute('max', String(people))
  field.setAttribute('step', '1')
  field.value = root.dataset.share ?? '0'
  field.className = 'explorer-slider'
  root.setAttribute('data-live', '')

  const show = () => {
    const count = Number(field.value)
    const words = shareInWords({
      count,
      people,
      lowerPercent: low[count] ?? 0,
      upperPercent: high[count] ?? 100,
      chance: chance[count] ?? 0,
    })
    for (const what of ['share', 'fits', 'chance'] as const) {
      const place = root.querySelector(`[data-say=${what}]`)
      if (place) place.textContent = words[what]
    }
    field.setAttribute('aria-valuetext', words.spoken)
    dots?.setAttribute('aria-label', words.dots)
    for (const [index, dot] of [...(dots?.querySelectorAll('circle') ?? [])].entries()) {
      dot.setAttribute('class', dotsFilled(index, count))
    }
    const { x, width } = spanPlace(low[count] ?? 0, high[count] ?? 100)
    span?.setAttribute('x', String(x))
    span?.setAttribute('width', String(width))
    mark?.setAttribute('d', `M${sharePlace(count, people)} 0 V12`)
  }
  field.addEventListener('input', show)
  field.addEventListener('change', () => replaceAddress(`?n=${people}&k=${field.value}`))
  show()
}

if (typeof document !== 'undefined') {
  startShareExplorer(document, (href) => history.replaceState(null, '', href))
}
