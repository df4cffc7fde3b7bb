/** What the script needs of the browser; tests hand in their own. */
type Surroundings = {
  /** The answer to a query as HTML, from the server. Aborted when a newer query overtakes it. */
  readonly ask: (href: string, signal: AbortSignal) => Promise<string>
  readonly parse: (html: string) => ParentNode
  /** Runs a step after some milliseconds; the answer takes it back. */
  readonly later: (step: () => void, ms: number) => () => void
}

const pauseInTyping = 180
const pauseBeforeSaying = 700

/**
 * The whole script of the search page: while somebody types it asks the server for the same answer that the button would
 * bring, and puts it in place of the last one. Arrow keys walk through the results, Escape leads back to the field and
 * then empties it; "/" leads to the field from the results. It keeps nothing, and neither address nor history changes.
 * Without it the page is a form.
 */
export function startSearch(page: Document, { ask, parse, later }: Surroundings): void {
  const root = page.querySelector<HTMLElement>('[data-search]')
  const form = root?.querySelector('form')
  const field = form?.querySelector<HTMLInputElement>('input[name=q]')
  const status = root?.querySelector('[data-search-status]')
  let answer = root?.querySelector('[data-search-answer]')
  if (!root || !form || !field || !status || !answer) return

  let shown = field.defaultValue.trim()
  let asked = new AbortController()
  let takeBack = () => {}
  let unsay = () => {}

  const stop = () => {
    takeBack()
    asked.abort()
  }
  const look = async () => {
    stop()
    const query = field.value.trim()
    if (query === shown) return
    asked = new AbortController()
    const { signal } = asked
    // A discreet page has a discreet form: its address leads to a discreet answer.
    const html = await ask(
      `${form.getAttribute('action')}/answer?${new URLSearchParams({ q: query })}`,
      signal,
    ).catch(() => '')
    const next = parse(html).querySelector('[data-search-answer]')
    // No network, or overtaken: what is shown stays, and the button still works.
    if (signal.aborted || !next) return
    answer?.replaceWith(next)
    answer = next
    shown = query
    unsay()
    status.textContent = ''
    unsay = later(() => {
      status.textContent = next.querySelector('[data-search-said]')?.textContent ?? ''
    }, pauseBeforeSaying)
  }

  field.addEventListener('input', () => {
    takeBack()
    takeBack = later(look, pauseInTyping)
  })
  form.addEventListener('submit', stop)
  // Results that somebody walks through must not change under the finger; back in the field, typing goes on.
  root.addEventListener('focusin', (event) => {
    if (event.target === field) look()
    else stop()
  })
  root.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
    const inField = event.target === field
    const steps = [field, ...root.querySelectorAll<HTMLElement>('.help-calls a, .link-list a')]
    const at = steps.indexOf(event.target as HTMLInputElement)
    let to: HTMLElement | undefined
    if (event.key === 'ArrowDown' && at >= 0) to = steps[at + 1]
    else if (event.key === 'ArrowUp' && at > 0) to = steps[at - 1]
    else if ((event.key === 'Escape' || event.key === '/') && !inField) to = field
    else if (event.key === 'Escape' && field.value !== '') {
      event.preventDefault()
      field.value = ''
      look()
    }
    if (!to) return
    event.preventDefault()
    to.focus()
    if (to === field) field.select()
  })
  // A browser that comes back to the page may have kept what stood in the field.
  look()
}

/** Somebody who asked their browser to save data presses the button. */
function savesData(browser: Navigator): boolean {
  return (browser as { connection?: { saveData?: boolean } }).connection?.saveData === true
}

if (typeof document !== 'undefined' && !savesData(navigator)) {
  startSearch(document, {
    ask: async (href, signal) => (await fetch(href, { signal, cache: 'no-store' })).text(),
    parse: (html) => new DOMParser().parseFromString(html, 'text/html'),
    later: (step, ms) => {
      const timer = setTimeout(step, ms)
      return () => clearTimeout(timer)
    },
  })
}
