import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ROLES } from '../app/platform/actor.ts'
import { firstPage, siteFooter, siteNav, workNav } from '../app/rooms.ts'
import { ACCESS } from './access-matrix.ts'

describe.each(ROLES)('a %s', (role) => {
  it('begins on a page that they may open', () => {
    expect(ACCESS[firstPage([role])]?.read).toContain(role)
  })

  it('is led to no page that refuses them', () => {
    const refused = workNav([role]).filter(({ href }) => !ACCESS[href]?.read.includes(role))
    expect(refused).toEqual([])
  })
})

it('leads a researcher to figures over many people and to nobody in particular', () => {
  const open = Object.entries(ACCESS)
    .filter(([path, { read }]) => path.startsWith('/work/') && read.includes('researcher'))
    .map(([path]) => path)
  expect(open).toEqual([
    '/work/regimens',
    '/work/regimens.csv',
    '/work/measure',
    '/work/measure/numbers/:file',
    '/work/measure/:topic',
    '/work/measure/cohorts/new',
    '/work/measure/cohorts/:id',
    '/work/measure/cohorts/:id/curves.csv',
    '/work/too-large',
    '/work/measure/literature',
    '/work/measure/literature.csv',
    '/work/account/passkeys',
  ])
})

it('says at an entry how much waits behind it, and nothing where nothing does', () => {
  const nav = workNav(['nurse'], { '/work/witness': 2, '/work/stock': 0, '/work/staff': 3 })
  expect(nav.flatMap(({ href, count }) => (count === undefined ? [] : [[href, count]]))).toEqual([
    ['/work/witness', 2],
  ])
})

describe('the public site', () => {
  const foot = siteFooter.flatMap(({ items }) => items.map(({ href }) => href))

  it('has every text page at the foot of each page, once', () => {
    const texts = readdirSync(new URL('../content/pages', import.meta.url))
      .filter((name) => name.endsWith('.md') && name !== 'home.md')
      .map((name) => `/${name.slice(0, -3)}`)
    expect(texts.filter((href) => !foot.includes(href))).toEqual([])
    expect(foot.filter((href, at) => foot.indexOf(href) !== at)).toEqual([])
  })

  it('has the five of its head there too', () => {
    expect(siteNav.length).toBeLessThanOrEqual(5)
    expect(siteNav.filter(({ href }) => !foot.includes(href))).toEqual([])
  })

  it('leads to no page that needs an account', () => {
    expect(
      foot.filter((href) => ACCESS[href] !== undefined && !ACCESS[href].read.includes('visitor')),
    ).toEqual([])
  })
})
