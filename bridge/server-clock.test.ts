import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseBatchText, type Sample } from '@evenkeel/vital-signs'
import { afterEach, expect, it } from 'vitest'
import { acknowledge, headerOf } from './acknowledgement.ts'
import { readText } from './read-oru.ts'
import { openServerClock } from './server-clock.ts'
import { heartbeatMessage, simulatedConfiguration, timeOfAnswer } from './simulated-monitor.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** Thirty hours: a demonstration whose clock shows the day after tomorrow. */
const AHEAD_MS = 30 * 3_600_000

it('goes by the server’s clock, waits until it is known, and follows it when the server is started anew', async () => {
  let shownMs = 5_000_000
  let busy = 2
  const url = await serve((request, response) => {
    expect(request.url).toBe('/devices/clock')
    expect(request.headers.authorization).toBe('Bearer the key')
    if (busy-- > 0) return response.writeHead(503).end()
    response.end(JSON.stringify({ now: new Date(shownMs).toISOString() }))
  })
  let wake = () => {}
  const waits: number[] = []
  const reasons: string[] = []
  const clock = await openServerClock({
    url,
    key: 'the key',
    after(ms, run) {
      waits.push(ms)
      wake = run
      // What is waited for before the first answer comes at once, what follows when the test says so.
      if (waits.length <= 2) run()
      return () => {}
    },
    now: () => 1_000_000,
    report: (reason) => reasons.push(reason),
  })
  expect(reasons).toEqual(['status 503', 'status 503'])
  expect(clock.now()).toBe(5_000_000)
  shownMs = 3_000_000
  wake()
  await expect.poll(() => clock.now()).toBe(3_000_000)
  clock.close()
})

it('a simulated monitor hears the time from whoever answers it', () => {
  const text = heartbeatMessage(1, Date.UTC(2026, 10, 23))
  expect(readText(text, { devices: [] } as never, 0)).toEqual({ kind: 'heartbeat' })
  const at = Date.UTC(2026, 10, 24, 17, 0, 5)
  expect(timeOfAnswer(acknowledge(headerOf(text), { taken: true }, at, '1')!)).toBe(at)
  expect(timeOfAnswer('MSH|^~\\&|A|B|C|D|20261124170005||ACK|1|P|2.3\rMSA|AA|1')).toBeUndefined()
  expect(timeOfAnswer('')).toBeUndefined()
})

it('values of the commands are of now by a server whose clock shows another day', async () => {
  const samples: Sample[] = []
  const url = await serve((request, response) => {
    if (request.url === '/devices/clock')
      return response.end(JSON.stringify({ now: new Date(Date.now() + AHEAD_MS).toISOString() }))
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      const parsed = parseBatchText(body)
      if (parsed.ok) samples.push(...parsed.batch.samples)
      response.end(JSON.stringify({ accepted: 1, duplicates: 0, problems: [] }))
    })
  })
  const folder = mkdtempSync(join(tmpdir(), 'bridge-clock-'))
  closing.push(() => rmSync(folder, { recursive: true, force: true }))
  const path = join(folder, 'bridge.json')
  const configuration = { ...simulatedConfiguration(1, url), listen: { port: 0 } }
  writeFileSync(path, JSON.stringify(configuration).replaceAll('keys/', ''))
  writeFileSync(join(folder, 'sim-01'), 'the key')
  const command = (name: string, ...options: string[]) => {
    const child = spawn(process.execPath, [join(import.meta.dirname, name), ...options], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    closing.push(() => child.kill())
    return child
  }
  const bridge = command('main.ts', '--config', path)
  const port = await new Promise<string>((found) => {
    bridge.stdout.on('data', (chunk) => {
      const said = /"listening","port":(\d+)/.exec(String(chunk))
      if (said) found(said[1]!)
    })
  })
  command('monitor.ts', '--port', port, '--count', '2', '--interval', '50')
  await expect.poll(() => samples.length, { timeout: 20_000 }).toBeGreaterThan(3)
  for (const { measuredAtMs, receivedAtMs } of samples) {
    for (const ms of [measuredAtMs, receivedAtMs])
      expect(Math.abs(ms - Date.now() - AHEAD_MS)).toBeLessThan(60_000)
    expect(measuredAtMs).toBeLessThanOrEqual(receivedAtMs)
  }
}, 40_000)
