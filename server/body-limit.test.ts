import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import type { Actor } from '../app/platform/actor.ts'
import type { ClinicEnvironment } from './app.ts'
import { limitBodies, tooLargePage } from './body-limit.ts'

const MEBIBYTE = 1024 * 1024
const as = (role: string) =>
  ({ kind: role === 'visitor' ? 'visitor' : 'member', roles: [role] }) as unknown as Actor

/** A server that knows who asks, refuses what is too large and answers with how much arrived. */
async function send(role: string, path: string, bytes: number, streamed = false) {
  const app = new Hono<ClinicEnvironment>()
  app.use((c, next) => {
    c.set('actor', as(role))
    return next()
  })
  app.use(limitBodies(async (c, largest) => c.text(String(largest / MEBIBYTE), 413)))
  app.post('*', async (c) => c.text(String((await c.req.arrayBuffer()).byteLength)))
  const body = new Uint8Array(bytes)
  const response = await app.request(path, {
    method: 'POST',
    ...(streamed
      ? { body: new Blob([body]).stream(), duplex: 'half', headers: { 'transfer-encoding': 'chunked' } }
      : { body, headers: { 'content-length': String(bytes) } }),
  } as RequestInit)
  return [response.status, await response.text()]
}

describe('how much a form may hold', () => {
  const cohorts = '/work/measure/cohorts/new'
  const refused = (mebibytes: number) => [413, String(mebibytes)]

  it('is more for the file of a cohort, and only for who may bring one in', async () => {
    const file = 3 * MEBIBYTE
    expect(await send('researcher', cohorts, file)).toEqual([200, String(file)])
    expect(await send('researcher', `${cohorts}.data`, file)).toEqual([200, String(file)])
    expect(await send('manager', cohorts, 9 * MEBIBYTE)).toEqual(refused(8))
    expect(await send('nurse', cohorts, file)).toEqual(refused(2))
    expect(await send('visitor', cohorts, file)).toEqual(refused(2))
    expect(await send('researcher', '/work/measure/cohorts/new-one', file)).toEqual(refused(2))
  })

  it('is held when the size is not told beforehand', async () => {
    expect(await send('visitor', '/request/who', 3 * MEBIBYTE, true)).toEqual(refused(2))
    expect(await send('manager', cohorts, 3 * MEBIBYTE, true)).toEqual([200, String(3 * MEBIBYTE)])
  })
})

it('leads to a page in the frame of where the form was', () => {
  const page = (path: string) => tooLargePage(new URL(path, 'http://clinic.test'), 2 * MEBIBYTE)
  expect(page('/work/instruments/phq-9?a=1')).toBe(
    '/work/too-large?from=%2Fwork%2Finstruments%2Fphq-9%3Fa%3D1&mb=2',
  )
  expect(page('/worker')).toBe('/too-large?from=%2Fworker&mb=2')
})
