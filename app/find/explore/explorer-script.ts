import { lastMinute, minuteStep, pictureQuery } from './chosen.ts'
import { type PackedReadings, wordsAt } from './packed-readings.ts'
import type { SessionRouteId } from './route-ids.ts'

/**
 * The whole script of the page: the minute becomes a slider, the ways change in place, and picture, words and address
 * follow at once. It asks for nothing and draws nothing anew: readings stand in the page, the other pictures wait in
 * templates. Without it the page does the same with a form and links.
 *
 * @param replaceAddress told the new query alone, so that the path stays as it is being read
 */
export function startExplorer(page: Document, replaceAddress: (href: string) => void): void {
  const root = page.querySelector('[data-explorer]')
  const form = root?.querySelector('form')
  const field = root?.querySelector<HTMLInputElement>('input[name=minute]')
  if (!root || !form || !field) return
  const ways = [...root.querySelectorAll<HTMLAnchorElement>('[data-way]')]
  const pictures = new Map<string, Element>()
  for (const template of root.querySelectorAll('template')) {
    const picture = template.content.querySelector('[data-picture]')
    if (picture) pictures.set(picture.getAttribute('data-picture') ?? '', picture)
    template.remove()
  }
  let picture = root.querySelector('[data-picture]')
  if (!picture) return
  let way = picture.getAttribute('data-picture') as SessionRouteId
  pictures.set(way, picture)

  // Words such as “abc” leave the field with the minute that is shown.
  const shownMinute = Number(
    new URL(ways[0]?.getAttribute('href') ?? '', 'http://page').searchParams.get('minute'),
  )
  field.type = 'range'
  field.setAttribute('min', '0')
  field.setAttribute('max', String(lastMinute))
  field.setAttribute('step', String(minuteStep))
  field.value = String(shownMinute)
  field.className = 'explorer-slider'
  root.setAttribute('data-live', '')

  const show = () => {
    const minute = Number(field.value)
    const link = ways.find((each) => each.dataset.way === way)
    if (!link) return
    const words = wordsAt(link.dataset as unknown as PackedReadings, minute)
    field.setAttribute('aria-valuetext', words.spoken)
    say('when', words.when)
    say('blood', words.blood)
    say('effect', words.effect ?? '')
    for (const drawing of picture?.querySelectorAll('svg.chart') ?? []) moveNow(drawing, minute)
  }
  // What waits in a template is not part of the page, so each place is found once.
  const say = (what: string, words: string) => {
    const place = root.querySelector(`[data-say=${what}]`)
    if (place) place.textContent = words
  }
  const remember = () => {
    for (const link of ways) link.href = pictureQuery(link.dataset.way as SessionRouteId, Number(field.value))
    replaceAddress(pictureQuery(way, Number(field.value)))
  }

  field.addEventListener('input', show)
  field.addEventListener('change', remember)
  form.addEventListener('submit', (event) => event.preventDefault())
  for (const link of ways) {
    link.addEventListener('click', (event) => {
      const next = pictures.get(link.dataset.way ?? '')
      // A new tab or window stays a new tab or window.
      if (!next || event.ctrlKey || event.metaKey || event.shiftKey) return
      event.preventDefault()
      picture?.replaceWith(next)
      picture = next
      way = link.dataset.way as SessionRouteId
      for (const each of ways) {
        if (each === link) each.setAttribute('aria-current', 'true')
        else each.removeAttribute('aria-current')
      }
      show()
      remember()
      say('changed', `${link.textContent}. ${field.getAttribute('aria-valuetext')}`)
    })
  }
  show()
}

/** Moves the line of the chosen minute. Where minutes lie is read off the drawing's own axis. */
function moveNow(drawing: Element, minute: number): void {
  const axis = /^M(\S+) \S+ H(\S+)/.exec(drawing.querySelector('.chart-axis')?.getAttribute('d') ?? '')
  const now = drawing.querySelector('.chart-now')
  if (!axis || !now) return
  const left = Number(axis[1])
  const place = left + (minute / lastMinute) * (Number(axis[2]) - left)
  now.setAttribute('d', (now.getAttribute('d') ?? '').replace(/^M\S+/, `M${Math.round(place * 100) / 100}`))
}

if (typeof document !== 'undefined') {
  startExplorer(document, (href) => history.replaceState(null, '', href))
}
