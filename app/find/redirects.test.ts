import { describe, expect, it } from 'vitest'
import { siteContent } from './content.server.ts'
import { readRedirects, redirectFor } from './redirects.ts'
import { readSiteContent } from './site-content.ts'

describe('the list of redirects', () => {
  it('is read as pairs of paths', () => {
    expect([...readRedirects('{"/faq": "/questions", "/a/b": "/#top"}')]).toEqual([
      ['/faq', '/questions'],
      ['/a/b', '/#top'],
    ])
  })

  it.each([
    ['{"faq": "/questions"}', 'faq: not a plain lower-case path'],
    ['{"/FAQ": "/questions"}', '/FAQ: not a plain'],
    ['{"/faq/": "/questions"}', '/faq/: not a plain'],
    ['{"/faq": 3}', '/faq: leads to no path'],
    ['{"/a": "/b", "/b": "/a"}', '/a: /b is itself redirected'],
    ['{"/a": "/a"}', '/a: /a is itself redirected'],
    ['{"/a": "/b#x", "/b": "/"}', '/a: /b#x is itself redirected'],
  ])('%s is refused', (text, why) => {
    expect(() => readRedirects(text)).toThrow(why)
  })

  it('stops the site when it leads nowhere, to another site, or stands in front of a page', () => {
    const read = (text: string) => () => readSiteContent(new Map([['redirects.json', text]]))
    expect(read('{"/faq": "/questions"}')).not.toThrow()
    expect(read('{"/faq": "/nowhere"}')).toThrow('/faq: /nowhere leads nowhere')
    expect(read('{"/faq": "https://example.org/"}')).toThrow('leads nowhere')
    expect(read('{"/services": "/questions"}')).toThrow('/services: a page stands there')
  })

  it('leads from our own old addresses to pages that are there', () => {
    expect(siteContent().redirects.get('/home')).toBe('/')
    expect(siteContent().redirects.size).toBeGreaterThan(40)
  })
})

describe('a moved address', () => {
  const redirects = readRedirects('{"/faq": "/questions", "/conditions/drinking": "/conditions/alcohol"}')
  it.each([
    ['/faq', '/questions'],
    ['/faq/', '/questions'],
    ['/FAQ.html', '/questions'],
    ['/Conditions/Drinking.php', '/conditions/alcohol'],
    ['/faq/more', undefined],
    ['/', undefined],
  ])('%s leads to %s', (path, to) => {
    expect(redirectFor(redirects, path)).toBe(to)
  })
})
