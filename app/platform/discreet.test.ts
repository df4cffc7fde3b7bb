import { describe, expect, it } from 'vitest'
import { discreetAnswer, discreetHref, discreetHtml, mayBeDiscreet, plainPath } from './discreet.ts'

describe('an address', () => {
  it.each([
    ['/', '/quiet/'],
    ['/conditions/alcohol', '/quiet/conditions/alcohol'],
    ['/search?q=a%20b#main', '/quiet/search?q=a%20b#main'],
    ['/homesick', '/quiet/homesick'],
    ['/FAQ.html', '/quiet/FAQ.html'],
    ['/old/faq.php', '/quiet/old/faq.php'],
    ['/evil.example', '/quiet/evil.example'],
  ])('%s is read discreetly at %s, and found again', (href, discreet) => {
    expect(discreetHref(href)).toBe(discreet)
    expect(plainPath(discreet.split(/[?#]/)[0]!)).toBe(href.split(/[?#]/)[0])
    expect(discreetHref(discreet)).toBe(discreet)
  })

  it.each([
    '/work/board',
    '/portal',
    '/sign-in?next=/portal',
    '/assets/a.css',
    '/results.csv',
    '/sitemap.xml',
    '/favicon.svg',
    '/home/token',
    '//example.org/',
    'https://www.weather.gov/',
    'tel:988',
    '#main',
  ])('%s stays as it is', (href) => {
    expect(discreetHref(href)).toBe(href)
  })

  it('with an account or a secret is never discreet', () => {
    expect(mayBeDiscreet('/work/people')).toBe(false)
    expect(mayBeDiscreet('/questions')).toBe(true)
  })

  it('that only begins alike is not one', () => {
    expect(plainPath('/quietly')).toBeUndefined()
    expect(plainPath('/quiet')).toBe('/')
  })
})

const page = [
  '<!DOCTYPE html><html lang="en"><head><meta charSet="utf-8"/><meta name="viewport" content="width=device-width"/>',
  '<title>Alcohol · Nova</title><meta name="description" content="Alcohol"/><meta property="og:title" content="Alcohol"/>',
  '<link rel="canonical" href="https://x.example/conditions/alcohol"/><link rel="icon" href="/favicon.svg"/>',
  '<link rel="stylesheet" href="/assets/a.css"/></head>',
  '<body><a class="b" href="/questions#x">Q</a><a href="/sign-in">S</a><a href="tel:988">988</a>',
  '<a data-plain="" href="/conditions/alcohol">Back</a><a href="#main">M</a><p>href=&quot;/x&quot;</p>',
  '<form action="/search" method="get"><button formAction="/request">R</button></form>',
  '<script type="application/ld+json">{"name":"Alcohol"}</script><svg><title>A hull</title></svg></body></html>',
].join('')

describe('a page', () => {
  const quiet = discreetHtml(page)
  const head = quiet.slice(0, quiet.indexOf('</head>'))

  it('has a neutral title and icon, and nothing in its head that names it', () => {
    expect(head).toContain('<title>Notes</title>')
    expect(head).toContain('href="/quiet.svg"')
    expect(head).not.toMatch(/alcohol|nova|favicon/i)
    expect(head).toContain('name="viewport"')
    expect(head).toContain('/assets/a.css')
    expect(head).toContain('noindex')
    expect(quiet).not.toContain('ld+json')
  })

  it('keeps its own matter, and leads on discreetly', () => {
    expect(quiet).toContain('href="/quiet/questions#x"')
    expect(quiet).toContain('action="/quiet/search"')
    expect(quiet).toContain('href="/sign-in"')
    expect(quiet).toContain('href="tel:988"')
    expect(quiet).toContain('href="#main"')
    expect(quiet).toContain('<p>href=&quot;/x&quot;</p>')
    expect(quiet).toContain('<svg><title>A hull</title></svg>')
  })

  it('has a way out', () => {
    expect(quiet).toContain('<a data-plain="" href="/conditions/alcohol">')
  })

  it('is the same read twice as once, but for its own title', () => {
    expect(discreetHtml(quiet)).toBe(quiet)
  })
})

describe('an answer', () => {
  it('redirects within this way of reading, and out of it to rooms with an account', async () => {
    const to = async (location: string) =>
      (await discreetAnswer(new Response(null, { status: 303, headers: { location } }))).headers.get(
        'location',
      )
    expect(await to('/request/who')).toBe('/quiet/request/who')
    expect(await to('/sign-in?next=%2F')).toBe('/sign-in?next=%2F')
  })

  it('keeps a form’s cookie to the discreet form', async () => {
    const headers = new Headers({ location: '/request/who' })
    headers.append('set-cookie', 'ek_request=t; Path=/request; HttpOnly')
    headers.append('set-cookie', 'other=1; Path=/; HttpOnly')
    const answer = await discreetAnswer(new Response(null, { status: 303, headers }))
    expect(answer.headers.getSetCookie()).toEqual([
      'ek_request=t; Path=/quiet/request; HttpOnly',
      'other=1; Path=/; HttpOnly',
    ])
  })

  it('changes pages only, and keeps what they were answered with', async () => {
    const csv = await discreetAnswer(new Response('href="/a"', { headers: { 'content-type': 'text/csv' } }))
    expect(await csv.text()).toBe('href="/a"')
    const missing = await discreetAnswer(
      new Response(page, { status: 404, headers: { 'content-type': 'text/html; charset=utf-8' } }),
    )
    expect(missing.status).toBe(404)
    expect(missing.headers.get('x-robots-tag')).toBe('noindex')
    expect(await missing.text()).toContain('<title>Notes</title>')
  })
})
