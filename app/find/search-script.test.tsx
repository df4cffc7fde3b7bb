import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { parseHTML } from 'linkedom'
import { renderToStaticMarkup } from 'react-dom/server'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { sourcesHash } from '../../scripts/build.ts'
import { siteContent } from './content.server.ts'
import { SearchAnswerView } from './pages/search-answer-view.tsx'
import { buildSearchIndex, type SearchIndex, type SearchKind } from './search.ts'
import { searchDocuments } from './search-documents.ts'
import { relevanceClinic } from './search-relevance.ts'
import { startSearch } from './search-script.ts'

let index: SearchIndex
beforeAll(() => {
  index = buildSearchIndex(searchDocuments(siteContent(), relevanceClinic))
})

const answerTo = (query: string, kind?: SearchKind) =>
  renderToStaticMarkup(<SearchAnswerView answer={index.search(query, kind)} kind={kind} />)
const parsed = (html: string) => parseHTML(`<html><body>${html}</body></html>`).document

describe('without script', () => {
  it('filters are links with counts, and the chosen one says so', () => {
    const page = parsed(answerTo('alcohol', 'study'))
    const filters = [...page.querySelectorAll('.search-kinds a')]
    expect(filters[0]!.textContent).toMatch(/^All \(\d+\)$/)
    expect(filters[0]!.getAttribute('href')).toBe('/search?q=alcohol')
    expect(page.querySelector('.search-kinds [aria-current]')!.textContent).toMatch(/^Studies \(\d+\)$/)
    const counts = filters.map((filter) => Number(/\((\d+)\)/.exec(filter.textContent)![1]))
    expect(counts.slice(1).reduce((sum, count) => sum + count, 0)).toBe(counts[0])
  })

  it('marks what matched', () => {
    expect(parsed(answerTo('alchohol')).querySelector('.link-list mark')!.textContent).toBe('Alcohol')
    expect(answerTo('alchohol')).toContain('“alcohol” for “alchohol”')
  })

  it('shows help before every result, and says it first', () => {
    const page = parsed(answerTo('i want to die'))
    const first = page.querySelector('a')!
    expect(first.getAttribute('href')).toBe('tel:988')
    expect(page.querySelector('.link-list a')!.getAttribute('href')).toBe('/help-now')
    expect(page.querySelector('[data-search-said]')!.textContent).toMatch(/^Help comes first/)
  })

  it('names near words and places to go when nothing is found', () => {
    const page = parsed(answerTo('naltrxnn'))
    expect(page.body.textContent).toContain('Did you mean')
    expect(page.querySelector('a[href="/search?q=naltrexone"]')).not.toBeNull()
    expect(page.querySelectorAll('.link-list a').length).toBeGreaterThan(3)
  })

  it('shows a hostile query as text and nothing else', () => {
    const html = answerTo('<script>zzzz</script>"><img src=x>')
    expect(html).not.toMatch(/<script|<img/)
    expect(parsed(answerTo('זזזזז')).querySelector('bdi')!.textContent).toBe('זזזזז')
  })
})

/** A page with the script on it: what it asks for waits until the test answers, and its time stands still. */
function open(query = '') {
  const { document, Event } = parseHTML(
    `<html><body><search data-search><form action="/search"><input name="q" value="${query}"></form>
     <p role="status" data-search-status></p>${answerTo(query)}</search></body></html>`,
  )
  const field = document.querySelector('input')!
  field.defaultValue ??= query
  field.select ??= () => {}
  let focused: Element | undefined
  document.defaultView!.HTMLElement.prototype.focus = function (this: HTMLElement) {
    focused = this
    fire(this, 'focusin')
  }
  const asked: { href: string; signal: AbortSignal; answer: (html: string) => void; fail: () => void }[] = []
  const waiting = new Set<{ step: () => void; ms: number }>()
  function fire(target: Element, name: string, more: object = {}) {
    const event = Object.assign(new Event(name, { bubbles: true, cancelable: true }), more)
    target.dispatchEvent(event)
    return event
  }
  startSearch(document as unknown as Document, {
    ask: (href, signal) =>
      new Promise((resolve, reject) => {
        asked.push({ href, signal, answer: resolve, fail: () => reject(new Error('no network')) })
      }),
    parse: (html) => parsed(html),
    later: (step, ms) => {
      const one = { step, ms }
      waiting.add(one)
      return () => waiting.delete(one)
    },
  })
  return {
    document,
    field,
    asked,
    focused: () => focused,
    status: () => document.querySelector('[data-search-status]')!.textContent,
    results: () => [...document.querySelectorAll('.link-list a')].map((link) => link.getAttribute('href')),
    /** Lets all that waits happen. */
    wait: () => {
      for (const one of [...waiting]) {
        waiting.delete(one)
        one.step()
      }
    },
    type: (text: string) => {
      field.value = text
      fire(field, 'input')
    },
    press: (target: Element, key: string, more = {}) => fire(target, 'keydown', { key, ...more }),
    settle: () => new Promise((resolve) => setImmediate(resolve)),
  }
}

describe('with the script', () => {
  let page: ReturnType<typeof open>
  beforeEach(() => {
    page = open('')
  })

  it('asks after a pause in typing, once, and shows the same answer as the button', async () => {
    page.type('alc')
    page.type('alcohol')
    expect(page.asked).toHaveLength(0)
    page.wait()
    expect(page.asked.map(({ href }) => href)).toEqual(['/search/answer?q=alcohol'])
    page.asked[0]!.answer(answerTo('alcohol'))
    await page.settle()
    expect(page.results()[0]).toBe('/conditions/alcohol')
    expect(page.document.querySelectorAll('[data-search-answer]')).toHaveLength(1)
  })

  it('speaks once the answer has stood for a while', async () => {
    page.type('alcohol')
    page.wait()
    page.asked[0]!.answer(answerTo('alcohol'))
    await page.settle()
    expect(page.status()).toBe('')
    page.wait()
    expect(page.status()).toMatch(/^\d+ results/)
  })

  it('drops a request that a newer one overtakes, whichever comes first', async () => {
    page.type('alcohol')
    page.wait()
    page.type('gambling')
    page.wait()
    expect(page.asked[0]!.signal.aborted).toBe(true)
    page.asked[1]!.answer(answerTo('gambling'))
    await page.settle()
    page.asked[0]!.answer(answerTo('alcohol'))
    await page.settle()
    expect(page.results()[0]).toBe('/conditions/gambling')
  })

  it('shows help while somebody types', async () => {
    page.type('i want to die')
    page.wait()
    page.asked[0]!.answer(answerTo('i want to die'))
    await page.settle()
    expect(page.document.querySelector('[data-search-answer] a')!.getAttribute('href')).toBe('tel:988')
    page.wait()
    expect(page.status()).toMatch(/^Help comes first/)
  })

  it('leaves what is shown when the network is gone or the answer is no answer', async () => {
    page = open('gambling')
    const before = page.results()
    page.type('alcohol')
    page.wait()
    page.asked[0]!.fail()
    await page.settle()
    expect(page.results()).toEqual(before)
    page.type('cocaine')
    page.wait()
    page.asked[1]!.answer('<h1>Something broke</h1>')
    await page.settle()
    expect(page.results()).toEqual(before)
  })

  it('walks with arrow keys and comes back with Escape or a slash', () => {
    page = open('alcohol')
    const links = [...page.document.querySelectorAll('.link-list a')]
    page.press(page.field, 'ArrowDown')
    expect(page.focused()).toBe(links[0])
    page.press(links[0]!, 'ArrowDown')
    expect(page.focused()).toBe(links[1])
    page.press(links[1]!, 'ArrowUp')
    expect(page.focused()).toBe(links[0])
    page.press(links[0]!, 'ArrowUp')
    expect(page.focused()).toBe(page.field)
    page.press(links[1]!, 'Escape')
    expect(page.focused()).toBe(page.field)
    expect(page.press(links[1]!, '/').defaultPrevented).toBe(true)
    expect(page.press(page.field, '/').defaultPrevented).toBe(false)
    expect(page.press(page.field, 'ArrowUp').defaultPrevented).toBe(false)
    expect(page.press(links[0]!, 'ArrowDown', { ctrlKey: true }).defaultPrevented).toBe(false)
  })

  it('reaches the calls for help with the first arrow', () => {
    page = open('i want to die')
    page.press(page.field, 'ArrowDown')
    expect(page.focused()!.getAttribute('href')).toBe('tel:988')
  })

  it('empties the field with Escape and shows where to begin', async () => {
    page = open('alcohol')
    page.press(page.field, 'Escape')
    expect(page.field.value).toBe('')
    expect(page.asked[0]!.href).toBe('/search/answer?q=')
    page.asked[0]!.answer(answerTo(''))
    await page.settle()
    expect(page.results()).toContain('/questions')
  })

  it('does not change results that somebody walks through', async () => {
    page = open('alcohol')
    page.type('gambling')
    page.wait()
    page.press(page.field, 'ArrowDown')
    expect(page.asked[0]!.signal.aborted).toBe(true)
    page.asked[0]!.answer(answerTo('gambling'))
    await page.settle()
    expect(page.results()[0]).toBe('/conditions/alcohol')
  })
})

describe('the built script', () => {
  const root = join(import.meta.dirname, '../..')
  const stamp = join(root, 'build/.sources')
  const built = existsSync(stamp) && readFileSync(stamp, 'utf8') === sourcesHash()
  const title = built ? '' : ' (skipped: the build is not of these sources; `npm test` builds first)'
  it.skipIf(!built)(`is one file of less than 3 kB, before packing${title}`, () => {
    const files = globSync('search-script-*.js', { cwd: join(root, 'build/client/assets') })
    expect(files).toHaveLength(1)
    const script = readFileSync(join(root, 'build/client/assets', files[0]!))
    expect(script.length).toBeLessThan(3_000)
    expect(gzipSync(script).length).toBeLessThan(1_500)
  })

  it('stores nothing and touches neither address nor title', () => {
    const source = readFileSync(join(import.meta.dirname, 'search-script.ts'), 'utf8')
    expect(source).not.toMatch(/Storage|cookie|pushState|replaceState|indexedDB|document\.title|sendBeacon/)
  })
})
