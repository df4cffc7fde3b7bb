import { describe, expect, it } from 'vitest'
import { ROLES } from '../app/platform/actor.ts'
import { firstPage, workNav } from '../app/rooms.ts'
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
