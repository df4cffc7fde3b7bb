import { join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import { HtmlValidate, StaticConfigLoader } from 'html-validate'
import { parseHTML } from 'linkedom'
import { createRequestHandler, type ServerBuild } from 'react-router'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { siteContent } from '../app/find/content.server.ts'
import { publicPages } from '../app/find/meta/public-pages.ts'
import { setUpClinic } from '../app/identity/index.server.ts'
import { runCommand } from '../app/platform/command.server.ts'
import type { ClinicId } from '../app/platform/ids.ts'
import { introducePublicPages } from '../app/wiring.server.ts'
import { buildIfChanged } from '../scripts/build.ts'
import { type ClinicHono, createApp } from '../server/app.ts'
import { novaHealthRecovery } from '../server/demonstration-clinic.ts'
import { openTestDatabase, type TestDatabase } from './database/test-clinic.ts'

/**
 * Every public page as the built server sends it to a stranger: valid, light, without scripts, cookies or other hosts, with
 * links that lead somewhere and facts for machines that are true. No browser, no network.
 */
let listedPaths: readonly string[]
/** Pages that a stranger meets and no search engine shall keep. */
const UNLISTED = [
  '/search',
  '/search?q=alchohol',
  '/search?q=i+want+to+die',
  '/search?q=qqqqqqqq',
  '/sign-in',
]

/** The only pages with a script of their own, and they read without it. */
const WITH_SCRIPT = new Set([
  '/inside-a-session',
  '/how-craving-is-learned',
  '/what-does-65-percent-mean',
  '/search',
  '/sign-in',
])
const MOST_BYTES = 40 * 1024

/**
 * html-validate's standard rules, without exception. A rule that must be switched off stands here with its reason.
 */
const validator = new HtmlValidate(new StaticConfigLoader({ extends: ['html-validate:standard'], rules: {} }))

type Sent = {
  readonly path: string
  readonly status: number
  readonly headers: Headers
  readonly html: string
  readonly bytes: number
  readonly document: ReturnType<typeof parseHTML>['document']
}

let t: TestDatabase
let app: ClinicHono
let pages: readonly Sent[]
const answers = new Map<string, Promise<Sent>>()

/** Asks once for each address, as a browser without a cookie does. */
function ask(path: string): Promise<Sent> {
  const known = answers.get(path)
  if (known) return known
  const answer = (async () => {
    const response = await app.fetch(
      new Request(`http://clinic.test${path}`, { headers: { 'accept-encoding': 'gzip, deflate, br' } }),
    )
    const body = Buffer.from(await response.arrayBuffer())
    const encoding = response.headers.get('content-encoding')
    const html = encoding === 'br' ? brotliDecompressSync(body).toString() : body.toString('latin1')
    return {
      path,
      status: response.status,
      headers: response.headers,
      html,
      bytes: body.length,
      document: parseHTML(html).document,
    }
  })()
  answers.set(path, answer)
  return answer
}

beforeAll(async () => {
  await buildIfChanged()
  t = await openTestDatabase()
  // Other slices bring pages of their own.
  introducePublicPages()
  listedPaths = publicPages(siteContent()).map(({ path }) => path)
  const id: ClinicId = t.services.ids.next()
  const clinic = await runCommand(t.services, { kind: 'system', clinicId: id, name: 'test' }, setUpClinic, {
    slug: 'site',
    profile: novaHealthRecovery,
  })
  if (!clinic.ok) throw new Error('the clinic could not be set up')
  app = createApp({
    services: t.services,
    pages: createRequestHandler(
      (await import(join(import.meta.dirname, '../build/server/index.js'))) as ServerBuild,
      'production',
    ),
    clientFolder: join(import.meta.dirname, '../build/client'),
    ready: async () => true,
  })
  const sent: Sent[] = []
  for (const path of [...listedPaths, ...UNLISTED]) sent.push(await ask(path))
  pages = sent
}, 180_000)
afterAll(() => t?.close())

/** Problems of every page, said with its path. */
function everywhere(find: (page: Sent) => readonly string[], of: readonly Sent[] = pages): string[] {
  return of.flatMap((page) => find(page).map((problem) => `${page.path}: ${problem}`))
}
const listed = () => pages.filter(({ path }) => listedPaths.includes(path))
const texts = (page: Sent, selector: string, attribute: string) =>
  [...page.document.querySelectorAll(selector)].map((one) => one.getAttribute(attribute) ?? '')

it('opens every public page', () => {
  expect(pages.length).toBeGreaterThan(100)
  expect(everywhere(({ status }) => (status === 200 ? [] : [`answers ${status}`]))).toEqual([])
})

it('would find what is wrong', async () => {
  const report = await validator.validateString('<p><div id="a"></div></p><i id="a"></i>')
  expect(report.results.flatMap(({ messages }) => messages.map(({ ruleId }) => ruleId))).toContain(
    'no-dup-id',
  )
})

it('sends valid HTML', async () => {
  const problems: string[] = []
  for (const { path, html } of [...pages, await ask('/nothing-here')]) {
    const { results } = await validator.validateString(html)
    for (const { ruleId, message, selector } of results.flatMap((result) => result.messages))
      problems.push(`${path}: ${ruleId}: ${message} at ${selector}`)
  }
  expect(problems).toEqual([])
}, 120_000)

describe('links', () => {
  it('lead to a page that is there, and to a part of it that is there', async () => {
    const problems: string[] = []
    for (const page of pages) {
      for (const href of texts(page, 'a[href]', 'href')) {
        if (/^(https?|tel|sms|mailto):/.test(href)) continue
        const { pathname, search, hash } = new URL(href, `http://clinic.test${page.path}`)
        const target = await ask(pathname + search)
        if (![200, 302, 303].includes(target.status))
          problems.push(`${page.path}: ${href} answers ${target.status}`)
        else if (hash && !target.document.getElementById(decodeURIComponent(hash.slice(1))))
          problems.push(`${page.path}: ${href} leads to no part of that page`)
      }
    }
    expect(problems).toEqual([])
  }, 120_000)

  it('that leave the site are whole and safe', () => {
    const outside = new Set<string>()
    const wrong = everywhere((page) =>
      texts(page, 'a[href]', 'href').flatMap((href) => {
        if (
          /^(tel:\+?\d+|sms:\+?\d+(\?&body=[A-Z]+)?)$/.test(href) ||
          /^mailto:[^@\s]+@[^@\s]+\.\w+$/.test(href)
        )
          return []
        if (!/^[a-z]+:/i.test(href)) return []
        if (!URL.canParse(href)) return [`${href} is no address`]
        const { protocol, hostname } = new URL(href)
        if (protocol !== 'https:' || !hostname.includes('.')) return [`${href} is not https`]
        outside.add(href)
        return []
      }),
    )
    expect(wrong).toEqual([])
    // They are listed and not called: whether another house still stands is not for a test to find out.
    expect(outside.size).toBeGreaterThan(50)
    if (process.env.EVENKEEL_LIST_LINKS) console.log([...outside].sort().join('\n'))
  })
})

describe('what a page costs and asks', () => {
  it('is at most 40 KB as sent, with all that it needs to be seen', async () => {
    const heavy: string[] = []
    for (const page of pages) {
      const parts = [
        ...texts(page, 'link[rel=stylesheet]', 'href'),
        ...texts(page, 'script[src]', 'src'),
        ...texts(page, 'img[src]', 'src'),
      ]
      let bytes = page.bytes
      for (const part of parts) bytes += (await ask(part)).bytes
      if (bytes > MOST_BYTES) heavy.push(`${page.path}: ${bytes} bytes`)
    }
    expect(heavy).toEqual([])
  })

  it('carries its style sheets inside and nothing of another host', () => {
    expect(
      everywhere((page) => [
        ...texts(page, 'link[rel=stylesheet]', 'href').map((href) => `the sheet ${href} is asked for`),
        ...[
          ...texts(page, '[src]', 'src'),
          ...texts(page, '[srcset]', 'srcset'),
          ...texts(page, 'link[rel~=icon], link[rel=apple-touch-icon], link[rel=preload]', 'href'),
        ]
          .filter((address) => !/^(\/(?!\/)|data:)/.test(address))
          .map((address) => `asks for ${address}`),
      ]),
    ).toEqual([])
  })

  it('sets no cookie', () => {
    expect(everywhere(({ headers }) => headers.getSetCookie())).toEqual([])
  })

  it('has no script, but for pages with a figure to play with', () => {
    expect(
      everywhere((page) => {
        const scripts = [...page.document.querySelectorAll('script')].filter(
          (script) => script.getAttribute('type') !== 'application/ld+json',
        )
        const handlers = [...page.document.querySelectorAll('*')].flatMap((element) =>
          [...element.attributes].map(({ name }) => name).filter((name) => name.startsWith('on')),
        )
        const allowed = WITH_SCRIPT.has(page.path.split('?')[0]!)
        return [...(scripts.length > 0 && !allowed ? ['has a script'] : []), ...handlers]
      }),
    ).toEqual([])
  })

  it('allows its own styles by the nonce of its own policy', () => {
    expect(
      everywhere(({ document, headers }) => {
        const nonce = /style-src 'self' 'nonce-([^']+)'/.exec(
          headers.get('content-security-policy') ?? '',
        )?.[1]
        return [...document.querySelectorAll('style')].some((style) => style.getAttribute('nonce') !== nonce)
          ? ['a style without the nonce']
          : []
      }),
    ).toEqual([])
  })
})

describe('what a page says of itself', () => {
  it('has one title that no other page of its language has, one description, one heading', () => {
    const titles = new Map<string, string>()
    const wrong = everywhere((page) => {
      const title = `${page.document.documentElement.lang}: ${page.document.querySelector('title')?.textContent ?? ''}`
      const twin = titles.get(title)
      titles.set(title, page.path)
      return [
        ...(title.length > 7 ? [] : ['has no title']),
        ...(twin ? [`has the title of ${twin}`] : []),
        ...(texts(page, 'meta[name=description]', 'content').filter((text) => text.length > 20).length === 1
          ? []
          : ['does not have one description']),
        ...(page.document.querySelectorAll('h1').length === 1 ? [] : ['does not have one h1']),
      ]
    }, listed())
    expect(wrong).toEqual([])
  })

  it('names its one address, and is found under it', () => {
    const { linkBase } = t.services.config
    expect(
      everywhere(
        (page) => [
          ...(texts(page, 'link[rel=canonical]', 'href').join() === linkBase + page.path
            ? []
            : ['another canonical address']),
          ...(texts(page, 'meta[property="og:url"]', 'content').join() === linkBase + page.path
            ? []
            : ['another address for shared links']),
          ...(texts(page, 'meta[property="og:title"]', 'content').length === 1 ? [] : ['no title to share']),
          ...texts(page, 'meta[name=robots]', 'content').map((said) => `robots ${said}`),
        ],
        listed(),
      ),
    ).toEqual([])
  })

  it('keeps search engines off what nobody shall keep', () => {
    expect(
      everywhere(
        (page) => [
          ...(texts(page, 'meta[name=robots]', 'content').includes('noindex') ? [] : ['may be kept']),
          ...texts(page, 'link[rel=canonical]', 'href'),
        ],
        pages.filter(({ path }) => UNLISTED.includes(path)),
      ),
    ).toEqual([])
  })

  it('has JSON-LD of schema.org that a demonstration may say', () => {
    expect(
      everywhere((page) => {
        const data = [...page.document.querySelectorAll('script[type="application/ld+json"]')]
        if (data.length !== 1) return [`${data.length} pieces of JSON-LD`]
        const said = JSON.parse(data[0]!.textContent ?? '')
        const types = said['@graph'].map((node: { '@type': string }) => node['@type'])
        const text = JSON.stringify(said)
        return [
          ...(types.includes('MedicalClinic') ? [] : ['names no clinic']),
          ...(types.some((type: string) => /^(WebPage|MedicalWebPage|FAQPage)$/.test(type))
            ? []
            : ['is no page']),
          ...(/Example Street|703-555|hello@example|\$\d/.test(text) ? ['claims what was invented'] : []),
        ]
      }, listed()),
    ).toEqual([])
    const questions = pages.find(({ path }) => path === '/questions')!
    expect(questions.html).toContain('"FAQPage"')
  })

  it('repeats nothing of what was asked', async () => {
    const hostile = '</script><script>alert(1)</script>'
    for (const path of ['/', '/conditions/alcohol', '/questions']) {
      const { html } = await ask(`${path}?q=${encodeURIComponent(hostile)}&utm=zzunlikely`)
      expect(html).not.toContain('<script>alert')
      const head = html.slice(0, html.indexOf('</head>'))
      const data = /<script type="application\/ld\+json">[^<]*<\/script>/.exec(html)?.[0]
      expect(data).toContain('schema.org')
      expect(head + data).not.toContain('zzunlikely')
    }
    const { html } = await ask('/CONDITIONS/alcohol/')
    expect(html).toContain(`<link rel="canonical" href="${t.services.config.linkBase}/conditions/alcohol"/>`)
  })

  it('has a picture to share of 1200 by 630 that browsers keep', async () => {
    const { linkBase } = t.services.config
    const problems: string[] = []
    for (const page of listed()) {
      const [picture = ''] = texts(page, 'meta[property="og:image"]', 'content')
      const response = await app.fetch(new Request(`http://clinic.test${picture.replace(linkBase, '')}`))
      const bytes = Buffer.from(await response.arrayBuffer())
      if (response.status !== 200 || response.headers.get('content-type') !== 'image/png')
        problems.push(`${page.path}: ${picture} answers ${response.status}`)
      else if (bytes.readUInt32BE(16) !== 1200 || bytes.readUInt32BE(20) !== 630)
        problems.push(`${page.path}: ${picture} has another size`)
      if (!response.headers.get('cache-control')?.includes('immutable'))
        problems.push(`${page.path}: ${picture} is not kept`)
    }
    expect(problems).toEqual([])
  })
})

describe('files for machines', () => {
  const file = async (path: string) => {
    const response = await app.fetch(new Request(`http://clinic.test${path}`))
    return { type: response.headers.get('content-type'), text: await response.text() }
  }

  it('list every page, feed what can be read, and say where the list is', async () => {
    const map = await file('/sitemap.xml')
    expect(map.type).toContain('application/xml')
    expect(map.text.match(/<loc>/g)).toHaveLength(listedPaths.length)
    const feed = await file('/feed.xml')
    expect(feed.type).toContain('application/rss+xml')
    expect(feed.text).toContain(`<title>${novaHealthRecovery.name}</title>`)
    const robots = await file('/robots.txt')
    expect(robots.type).toContain('text/plain')
    expect(robots.text).toContain(`Sitemap: ${t.services.config.linkBase}/sitemap.xml`)
  })
})

describe('other addresses', () => {
  it('that moved lead on for good, in either way of reading', async () => {
    for (const [from, to] of [
      ['/faq', '/questions'],
      ['/Conditions/Drinking/?a=1', '/conditions/alcohol?a=1'],
      ['/quiet/faq', '/quiet/questions'],
      ['/quiet/FAQ.html', '/quiet/questions'],
      ['/conditions/Alcohol', '/conditions/alcohol'],
    ] as const) {
      const { status, headers } = await ask(from)
      expect([status, headers.get('location')]).toEqual([301, to])
    }
  })

  it('that are nothing answer 404 with the site around them, and with what they seem to mean', async () => {
    const { status, document } = await ask('/side-efects')
    expect(status).toBe(404)
    expect(document.querySelector('#search-instead')?.getAttribute('value')).toBe('side efects')
    expect([...document.querySelectorAll('main a')].map((a) => a.getAttribute('href'))).toContain(
      '/side-effects',
    )
    expect(document.querySelector('.site-pages')).not.toBeNull()
    const crisis = await ask('/conditions/i-want-to-die')
    expect(crisis.status).toBe(404)
    expect(crisis.document.querySelector('main a[href="tel:988"]')).not.toBeNull()
    for (const path of ['/es/quiero-morir', '/es/conditions/quiero-morir', '/quiet/es/quiero-morir']) {
      const spanish = await ask(path)
      expect([spanish.status, spanish.document.documentElement.lang], path).toEqual([404, 'es'])
      expect(spanish.document.querySelector('main a[href="tel:988"]'), path).not.toBeNull()
    }
  })

  it('never lead to another host', async () => {
    for (const path of [
      '//evil.example/a',
      '/quiet//evil.example/x',
      '/quiet/\\evil.example',
      '/es//evil.example',
    ]) {
      const { status, headers } = await ask(path)
      expect(status, path).toBe(308)
      const to = headers.get('location')!
      expect(to, path).toMatch(/^\/[^/\\]/)
      const there = await ask(to)
      expect(there.status, to).toBe(404)
      expect(
        texts(there, 'a[href]', 'href').filter((href) => /evil\.example/.test(href) && !/^\/[^/]/.test(href)),
      ).toEqual([])
    }
  })

  it('with /quiet before them say nothing in the tab, and keep to themselves', async () => {
    const quiet = await ask('/quiet/conditions/alcohol')
    const plain = await ask('/conditions/alcohol')
    expect(quiet.document.querySelector('title')?.textContent).toBe('Notes')
    expect(quiet.html.slice(0, quiet.html.indexOf('</head>'))).not.toMatch(
      /Nova Health|canonical|"og:|favicon/,
    )
    expect(quiet.document.querySelector('h1')?.textContent).toBe(
      plain.document.querySelector('h1')?.textContent,
    )
    const inside = [...quiet.document.querySelectorAll('a[href^="/"]:not([data-plain])')]
      .map((a) => a.getAttribute('href')!)
      .filter((href) => !href.startsWith('/quiet/'))
    expect([...new Set(inside)]).toEqual(['/sign-in'])
    const unknown = await ask('/quiet/unknown-to-us.html')
    expect([unknown.status, unknown.document.querySelector('title')?.textContent]).toEqual([404, 'Notes'])
    expect((await ask('/quiet/sign-in')).headers.get('location')).toBe('/sign-in')
    expect((await app.fetch(new Request('http://clinic.test/quiet.svg'))).status).toBe(200)
  })
})
