import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { onePiecePages, withSheets } from './one-piece-pages.ts'

const link = (href: string, rest = '') => `<link nonce="n1" rel="stylesheet" href="${href}"${rest}/>`
const sheets: Readonly<Record<string, string>> = { '/assets/a-1.css': 'p{color:red}' }
const sheetAt = (href: string) => (href in sheets ? () => sheets[href]! : undefined)

describe('a page with its style sheets inside', () => {
  const inside = (html: string) => withSheets(html, 'n1', sheetAt, () => undefined)

  it('has them where their links stood', () => {
    expect(inside(`<head>${link('/assets/a-1.css')}</head>`)).toBe(
      '<head><style nonce="n1">p{color:red}</style></head>',
    )
    expect(inside(link('/assets/a-1.css', ' media="print"'))).toBe(
      '<style nonce="n1" media="print">p{color:red}</style>',
    )
  })

  it('keeps links that it cannot follow and pages that React takes over', () => {
    for (const html of [
      link('/assets/b-1.css'),
      link('/assets/../../secret.css'),
      link('https://elsewhere.example/assets/a-1.css'),
      `${link('/assets/a-1.css')}<script>window.__reactRouterContext = {}</script>`,
    ])
      expect(inside(html)).toBe(html)
  })
})

describe('an answer', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'one-piece-'))
    mkdirSync(join(folder, 'assets'))
    writeFileSync(join(folder, 'assets', 'a-1.css'), 'p{color:red}.gone{color:blue}')
    writeFileSync(join(folder, 'assets', 'far.css'), 'p{background:url(x.png)}')
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const html = { headers: { 'content-type': 'text/html; charset=utf-8', 'set-cookie': 'a=b' }, status: 404 }

  it('is sent as Brotli to whoever takes it, with its status and headers', async () => {
    const answer = onePiecePages(folder)
    const response = await answer(new Response(link('/assets/a-1.css'), html), 'n1', 'gzip, deflate, br')
    expect(response.status).toBe(404)
    expect(response.headers.get('set-cookie')).toBe('a=b')
    expect(response.headers.get('content-encoding')).toBe('br')
    expect(response.headers.get('vary')).toContain('Accept-Encoding')
    expect(brotliDecompressSync(Buffer.from(await response.arrayBuffer())).toString()).toBe(
      '<style nonce="n1">p{color:red}</style>',
    )
  })

  it('keeps the rules of classes that a script may add, and every rule when the script is not known', async () => {
    writeFileSync(join(folder, 'assets', 'adds.js'), 'e.className="gone"')
    writeFileSync(join(folder, 'assets', 'calm.js'), 'e.textContent="x"')
    writeFileSync(join(folder, 'assets', 'brings.js'), 'import"./y.js"')
    const inside = async (script: string) => {
      const page = `${link('/assets/a-1.css')}<script type="module" src="/assets/${script}.js"></script>`
      return (await onePiecePages(folder)(new Response(page, html), 'n1', undefined)).text()
    }
    expect(await inside('adds')).toContain('.gone')
    expect(await inside('brings')).toContain('.gone')
    expect(await inside('missing')).toContain('.gone')
    expect(await inside('calm')).not.toContain('.gone')
  })

  it('is left plain for whoever does not, and when it is no page', async () => {
    const answer = onePiecePages(folder)
    for (const accepts of [undefined, 'gzip', 'br;q=0', 'br;q=0, gzip']) {
      const plain = await answer(new Response('x', html), 'n1', accepts)
      expect(plain.headers.has('content-encoding'), accepts).toBe(false)
      expect(await plain.text()).toBe('x')
    }
    const csv = new Response('a,b', { headers: { 'content-type': 'text/csv' } })
    expect(await answer(csv, 'n1', 'br')).toBe(csv)
  })

  it('keeps the link of a sheet that names files beside it', async () => {
    const far = link('/assets/far.css')
    expect(await (await onePiecePages(folder)(new Response(far, html), 'n1', undefined)).text()).toBe(far)
  })
})
