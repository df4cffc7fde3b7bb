import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { gzipSync } from 'node:zlib'
import { parseHTML } from 'linkedom'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { sourcesHash } from '../../../scripts/build.ts'
import { citedReferences } from '../article-markdown.ts'
import { articleOf } from '../article-of.server.ts'
import { siteContent } from '../content.server.ts'
import { type Chosen, chosenFrom } from './chosen.ts'
import { startExplorer } from './explorer-script.ts'
import { sessionPictures } from './pictures.server.ts'
import { sessionRouteIds } from './route-ids.ts'
import { SessionExplorer } from './session-explorer.tsx'
import { sessionRoutes } from './session-route.ts'

const pictures = sessionPictures()

function draw(query: string | Chosen) {
  const chosen = typeof query === 'string' ? chosenFrom(new URLSearchParams(query)) : query
  const page = renderToStaticMarkup(<SessionExplorer pictures={pictures} chosen={chosen} />)
  return parseHTML(`<html><body>${page}</body></html>`)
}

const said = (page: Document, what: string) => page.querySelector(`[data-say=${what}]`)?.textContent ?? ''
const shown = (page: Document) => page.querySelector('.explorer > [data-picture]')!
const nowLines = (page: Document) =>
  [...shown(page).querySelectorAll('.chart-now')].map((line) => line.getAttribute('d'))

describe('without script', () => {
  const asked = sessionRouteIds.flatMap((id) => [0, 40, 65, 240].map((minute) => [id, minute] as const))
  it.each(asked)('%s at minute %i is drawn and read', (id, minute) => {
    const { document } = draw(`route=${id}&minute=${minute}`)
    expect(shown(document).getAttribute('data-picture')).toBe(id)
    expect(said(document, 'when')).not.toBe('')
    expect(said(document, 'blood')).toMatch(minute === 0 ? /Nothing/ : /ng\/mL in a typical/)
    expect(said(document, 'effect') !== '').toBe(id === 'drip')
    expect(shown(document).textContent).not.toMatch(/NaN|undefined|null/)
    expect(nowLines(document)).toHaveLength(2)
    expect(document.querySelector('[aria-current]')!.textContent).toBe(sessionRoutes[id].name)
  })

  it('each way is a link that keeps the minute, and the form keeps the way', () => {
    const { document } = draw('route=spray&minute=60')
    const links = [...document.querySelectorAll('[data-way]')].map((link) => link.getAttribute('href'))
    expect(links).toEqual(sessionRouteIds.map((id) => `/inside-a-session?route=${id}&minute=60`))
    expect(document.querySelector('input[name=route]')!.getAttribute('value')).toBe('spray')
    expect(document.querySelector('form')!.getAttribute('method')).toBe('get')
  })

  it('says what it did not understand and shows something all the same', () => {
    const { document } = draw('route=banana&minute=soon')
    expect(document.body.textContent).toContain('There is no such way on this page')
    expect(document.querySelector('.field-error')!.textContent).toContain('from 0 to 240')
    expect(document.querySelector('input[name=minute]')!.getAttribute('value')).toBe('soon')
    expect(shown(document).getAttribute('data-picture')).toBe('drip')
  })

  it('has no inline style and no script of its own in the figure', () => {
    const { document } = draw('')
    expect(document.querySelectorAll('[style], script')).toHaveLength(0)
  })

  it('never leaves out what it is not', () => {
    for (const id of sessionRouteIds) {
      const text = shown(draw(`route=${id}`).document).textContent
      expect(text, id).toContain('not a dosing instruction')
      expect(text, id).toMatch(/from an artery|from a vein/)
      expect(text, id).toContain('Do not compare the heights')
    }
  })
})

describe('with script', () => {
  function start(query: string) {
    const { document, window } = draw(query)
    const addresses: string[] = []
    startExplorer(document, (href) => addresses.push(href))
    const field = document.querySelector('input[name=minute]') as unknown as HTMLInputElement
    const slide = (minute: number) => {
      field.value = String(minute)
      field.dispatchEvent(new window.Event('input'))
      field.dispatchEvent(new window.Event('change'))
    }
    const click = (id: string) =>
      document
        .querySelector(`[data-way=${id}]`)!
        .dispatchEvent(new window.Event('click', { bubbles: true, cancelable: true }))
    return { document, addresses, field, slide, click }
  }

  it('turns the field into a slider that says its value in words', () => {
    const { field } = start('minute=60')
    expect(['type', 'min', 'max', 'step'].map((name) => field.getAttribute(name))).toEqual([
      'range',
      '0',
      '240',
      '5',
    ])
    expect(field.getAttribute('aria-valuetext')).toMatch(/^1 hour: about 95, most between \d+ and \d+$/)
  })

  it('shows at every minute what the server would draw and say', () => {
    const { document, slide } = start('')
    for (const minute of [0, 5, 40, 95, 240]) {
      slide(minute)
      const server = draw(`minute=${minute}`).document
      expect(nowLines(document)).toEqual(nowLines(server))
      for (const what of ['when', 'blood', 'effect']) expect(said(document, what)).toBe(said(server, what))
    }
  })

  it('changes the way in place, keeps the minute, and can go back', () => {
    const { document, click, slide, addresses } = start('minute=60')
    click('spray')
    const server = draw('route=spray&minute=60').document
    expect(shown(document).getAttribute('data-picture')).toBe('spray')
    expect(said(document, 'blood')).toBe(said(server, 'blood'))
    expect(nowLines(document)).toEqual(nowLines(server))
    expect(document.querySelectorAll('.explorer > [data-picture]')).toHaveLength(1)
    expect(document.querySelector('[aria-current]')!.getAttribute('data-way')).toBe('spray')
    expect(said(document, 'changed')).toMatch(/^Nasal spray of esketamine\. 1 hour: about 70/)
    slide(120)
    click('drip')
    expect(said(document, 'when')).toContain('2 hours in, 1 hour 20 minutes after the drip')
    expect(addresses.at(-1)).toBe('?route=drip&minute=120')
    // Read discreetly, the page stays so: neither address nor links name a path.
    expect(document.querySelector('[data-way=spray]')!.getAttribute('href')).toBe('?route=spray&minute=120')
  })

  it('leaves nonsense behind', () => {
    const { field } = start('minute=soon')
    expect(field.value).toBe('40')
  })

  it('does nothing on a page without the figure', () => {
    const { document } = parseHTML('<html><body><form></form></body></html>')
    expect(() => startExplorer(document, () => {})).not.toThrow()
  })
})

describe('sources', () => {
  it('every claim of a way is cited, and its source stands in the page’s list', () => {
    const listed = articleOf('page', 'inside-a-session').sources
    for (const { id, howSure, marksFrom } of Object.values(sessionRoutes)) {
      for (const text of [howSure, marksFrom]) {
        const cited = citedReferences(text)
        expect(cited.length, id).toBeGreaterThan(0)
        for (const reference of cited) expect(listed, id).toContain(reference)
      }
    }
  })

  it('what was recalled and not read is marked on the page', () => {
    expect(siteContent().sources.get('clements-1982')!.checked).toBe('memory')
    expect(shown(draw('route=im').document).textContent).toContain('Clements 1982, unverified')
  })
})

describe('what a phone must load', () => {
  const root = join(import.meta.dirname, '../../..')

  it('the script reaches the words and the choice alone: no React, no models', () => {
    const reached = new Set<string>()
    const walk = (file: string) => {
      if (reached.has(file)) return
      reached.add(file)
      for (const [, from] of readFileSync(file, 'utf8').matchAll(/^import [^'\n]*'([^']+)'/gm))
        walk(join(dirname(file), from!))
    }
    walk(join(import.meta.dirname, 'explorer-script.ts'))
    expect([...reached].map((file) => relative(import.meta.dirname, file)).sort()).toEqual([
      'chosen.ts',
      'explorer-script.ts',
      'packed-readings.ts',
      'reading-words.ts',
      'route-ids.ts',
    ])
  })

  const stamp = join(root, 'build/.sources')
  const built = existsSync(stamp) && readFileSync(stamp, 'utf8') === sourcesHash()
  const title = built ? '' : ' (skipped: the build is not of these sources; `npm test` builds first)'
  it.skipIf(!built)(`is one file of less than 3 kB${title}`, () => {
    const files = globSync('explorer-script-*.js', { cwd: join(root, 'build/client/assets') })
    expect(files).toHaveLength(1)
    const bytes = gzipSync(readFileSync(join(root, 'build/client/assets', files[0]!))).length
    expect(bytes).toBeLessThan(3_000)
  })

  it('the figure with all four pictures is less than 16 kB', () => {
    const markup = renderToStaticMarkup(
      <SessionExplorer pictures={pictures} chosen={chosenFrom(new URLSearchParams())} />,
    )
    expect(gzipSync(markup).length).toBeLessThan(16_000)
  })
})
