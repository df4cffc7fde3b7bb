import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Answer, type DeliveryReport, httpPost, judge, startDelivery } from './deliver.ts'
import { openSpool, type Spool } from './spool.ts'
import { diskFiles } from './spool-segment.ts'

const answered = (status: number, body = '', retryAfterS?: number): Answer => ({
  kind: 'answered',
  status,
  body,
  retryAfterS,
})
const OK = answered(200, '{"accepted":1,"duplicates":0,"problems":[]}')

describe('an answer', () => {
  it.each([
    ['committed', OK, { kind: 'delivered', problems: [] }],
    [
      'committed with problems',
      answered(200, '{"accepted":0,"duplicates":0,"problems":[1]}'),
      { kind: 'delivered', problems: [1] },
    ],
    [
      '200 of some other page',
      answered(200, '<html>'),
      { kind: 'again', reason: 'not-the-intake', afterMs: 500 },
    ],
    [
      '200 of another service',
      answered(200, '{"ok":true}'),
      { kind: 'again', reason: 'not-the-intake', afterMs: 500 },
    ],
    ['changed content', answered(409, 'changed'), { kind: 'refused', reason: '409 changed' }],
    ['bad', answered(400), { kind: 'refused', reason: '400' }],
    ['too large', answered(413), { kind: 'refused', reason: '413' }],
    ['an unknown key', answered(401), { kind: 'again', reason: 'key-refused 401', afterMs: 60_000 }],
    ['too many', answered(429, '', 7), { kind: 'again', reason: 'status 429', afterMs: 7000 }],
    ['away', answered(503, '', 0), { kind: 'again', reason: 'status 503', afterMs: 500 }],
    [
      'away for a year',
      answered(503, '', 31_536_000),
      { kind: 'again', reason: 'status 503', afterMs: 300_000 },
    ],
    ['a redirect', answered(302), { kind: 'again', reason: 'status 302', afterMs: 500 }],
    ['a wrong address', answered(404), { kind: 'again', reason: 'status 404', afterMs: 500 }],
    [
      'nothing',
      { kind: 'unreached', reason: 'no answer: ECONNREFUSED' } as const,
      { kind: 'again', reason: 'no answer: ECONNREFUSED', afterMs: 500 },
    ],
  ])('%s', (_, answer, verdict) => {
    expect(judge(answer, 0, 1)).toEqual(verdict)
  })

  it('is asked for at growing distances, up to a minute, never all at once', () => {
    const waits = (random: number) =>
      [0, 1, 2, 3, 7, 20, 1000].map((attempt) => {
        const verdict = judge(answered(500), attempt, random)
        return verdict.kind === 'again' ? verdict.afterMs : undefined
      })
    expect(waits(1)).toEqual([500, 1000, 2000, 4000, 60_000, 60_000, 60_000])
    expect(waits(0)).toEqual([250, 500, 1000, 2000, 30_000, 30_000, 30_000])
  })
})

describe('delivery', () => {
  let folder = ''
  let spool: Spool
  const closing: (() => unknown)[] = []
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'bridge-deliver-'))
    const limits = { maxBytes: 1_000_000, maxBytesPerDevice: 1_000_000, segmentBytes: 100_000 }
    spool = await openSpool({ folder, limits, firstSequence: 1, files: diskFiles })
  })
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close()
    await spool.close()
    rmSync(folder, { recursive: true, force: true })
  })

  let texts = 0
  const put = (deviceId: string, text: string) =>
    spool.append({
      deviceId,
      fingerprint: `${++texts}`,
      body: (sequence) => JSON.stringify({ deviceId, sequence, text }),
    })

  /** Delivers to a function; waits are noted and last until the test lets them pass. */
  function deliver(answer: (text: string, deviceId: string) => Answer | Promise<Answer>) {
    const posted: string[] = []
    const reports: DeliveryReport[] = []
    const waits: { ms: number; pass: () => void }[] = []
    const delivery = startDelivery({
      spool,
      post: async ({ deviceId, body }) => {
        posted.push(`${deviceId} ${JSON.parse(body).text}`)
        return answer(JSON.parse(body).text, deviceId)
      },
      after: (ms, pass) => {
        waits.push({ ms, pass })
        return () => {}
      },
      random: () => 1,
      now: () => Date.UTC(2026, 0, 1),
      report: (said) => reports.push(said),
    })
    closing.push(() => delivery.close())
    return { posted, waits, reports, delivery }
  }
  const refusedLines = () =>
    readFileSync(join(folder, 'refused.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))

  it('posts what waited and what comes, each device in order and once', async () => {
    await put('a', '1')
    await put('a', '2')
    const { posted } = deliver(() => OK)
    await put('b', '1')
    await put('a', '3')
    await expect.poll(() => spool.waiting).toBe(0)
    expect(posted.filter((one) => one.startsWith('a'))).toEqual(['a 1', 'a 2', 'a 3'])
    expect(posted.filter((one) => one.startsWith('b'))).toEqual(['b 1'])
  })

  it('sends again what was not answered, before anything newer of the device; others go on', async () => {
    let away = true
    const { posted, waits } = deliver((_, deviceId) => (away && deviceId === 'a' ? answered(503, '', 9) : OK))
    await put('a', '1')
    await put('a', '2')
    await put('b', '1')
    await expect.poll(() => posted).toEqual(['a 1', 'b 1'])
    expect(waits.map(({ ms }) => ms)).toEqual([9000])
    away = false
    waits[0]!.pass()
    await expect.poll(() => spool.waiting).toBe(0)
    expect(posted).toEqual(['a 1', 'b 1', 'a 1', 'a 2'])
  })

  it('goes over a batch that will never be taken, and keeps it with the reason', async () => {
    const { reports } = deliver((text) => (text === '2' ? answered(409, 'changed content') : OK))
    for (const text of ['1', '2', '3']) await put('a', text)
    await expect.poll(() => spool.waiting).toBe(0)
    expect(refusedLines()).toEqual([
      {
        at: '2026-01-01T00:00:00.000Z',
        deviceId: 'a',
        sequence: 2,
        reason: '409 changed content',
        batch: { deviceId: 'a', sequence: 2, text: '2' },
      },
    ])
    expect(reports.map(({ what, sequence }) => `${what} ${sequence}`)).toEqual([
      'delivered 1',
      'refused 2',
      'delivered 3',
    ])
  })

  it('keeps the samples that a committed batch left out', async () => {
    deliver(() =>
      answered(200, '{"accepted":1,"duplicates":0,"problems":[{"index":0,"problem":"unknown-unit"}]}'),
    )
    await put('a', '1')
    await expect.poll(() => spool.waiting).toBe(0)
    expect(refusedLines()).toMatchObject([
      { reason: 'problems', problems: [{ index: 0, problem: 'unknown-unit' }] },
    ])
  })

  it('lets go of no batch when it can be kept nowhere', async () => {
    const keep = spool.keepRefused
    spool.keepRefused = () => Promise.reject(new Error('ENOSPC'))
    const { waits } = deliver(() => answered(400, 'bad'))
    await put('a', '1')
    await expect.poll(() => waits.length).toBe(1)
    expect(spool.waiting).toBe(1)
    spool.keepRefused = keep
    waits[0]!.pass()
    await expect.poll(() => spool.waiting).toBe(0)
    expect(refusedLines()).toHaveLength(1)
  })

  it('is not held up for ever by a line that the disk has spoilt', async () => {
    for (const text of ['1', '2', '3']) await put('a', text)
    const path = join(folder, '00000001.spool')
    writeFileSync(path, readFileSync(path, 'utf8').replace('\\"2\\"', '\\"8\\"'))
    const { posted } = deliver(() => OK)
    await expect.poll(() => spool.waiting).toBe(0)
    expect(posted).toEqual(['a 1', 'a 3'])
    expect(refusedLines()).toMatchObject([{ sequence: 2, reason: 'spoilt on disk', batch: null }])
  })

  it('closes while it waits', async () => {
    const { waits, delivery } = deliver(() => answered(500))
    await put('a', '1')
    await expect.poll(() => waits.length).toBe(1)
    await delivery.close()
    expect(spool.waiting).toBe(1)
  })

  it('posts over HTTP with the device’s key, follows no redirect, and says why there was no answer', async () => {
    const seen: string[] = []
    const reply: ((request: IncomingMessage, response: ServerResponse) => void)[] = []
    const server = createServer((request, response) => {
      let body = ''
      request.on('data', (chunk) => {
        body += chunk
      })
      request.on('end', () => {
        seen.push(`${request.method} ${request.url} ${request.headers.authorization} ${body}`)
        reply.shift()!(request, response)
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    closing.push(() => new Promise((resolve) => server.close(resolve)))
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const post = httpPost(url, (deviceId) => (deviceId === 'a' ? 'secret-a' : undefined), 60_000)
    const batch = { deviceId: 'a', body: '{"x":1}' }

    reply.push((_, response) => response.writeHead(503, { 'retry-after': '4' }).end('later'))
    expect(await post(batch)).toEqual(answered(503, 'later', 4))
    expect(seen).toEqual(['POST /devices/batches Bearer secret-a {"x":1}'])

    reply.push((_, response) => response.writeHead(307, { location: 'http://127.0.0.1:1/elsewhere' }).end())
    expect(await post(batch)).toMatchObject({ kind: 'answered', status: 307 })

    reply.push((request) => request.socket.destroy())
    expect(await post(batch)).toMatchObject({ kind: 'unreached' })
    expect(await post({ ...batch, deviceId: 'gone' })).toMatchObject({ kind: 'unreached' })
    expect(await httpPost('http://127.0.0.1:1', () => 'k', 60_000)(batch)).toMatchObject({
      kind: 'unreached',
    })
    expect(seen).toHaveLength(3)
  })
})
