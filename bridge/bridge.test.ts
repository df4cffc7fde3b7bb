import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseBatchText, type Sample, type TechnicalNotice } from '@evenkeel/vital-signs'
import { afterEach, describe, expect, it } from 'vitest'
import { type Bridge, type BridgeReport, openBridge, readBridgeFile } from './bridge.ts'
import { parseConfiguration } from './configuration.ts'
import type { Mapping } from './mapping.ts'
import { readText } from './read-oru.ts'
import { createSimulatedMonitor, SCENARIOS, STYLES, simulatedConfiguration } from './simulated-monitor.ts'

const START = Date.UTC(2026, 10, 23, 15)
const mapping = (rooms: number): Mapping => {
  const parsed = parseConfiguration(simulatedConfiguration(rooms))
  if (!parsed.ok) throw new Error(parsed.problems.join('\n'))
  return parsed.configuration.mapping
}

/** A course of 30 minutes, a message every ten seconds, read as the bridge reads it. */
function course(options: Parameters<typeof createSimulatedMonitor>[0]) {
  const monitor = createSimulatedMonitor(options)
  const own = mapping(options.room)
  const texts: string[] = []
  const times: { minute: number; count: number }[] = []
  const samples: { minute: number; sign: string; value: number }[] = []
  const technical: string[] = []
  for (let second = 0; second < 1800; second += 10) {
    const atMs = START + second * 1000
    const messages = monitor.messages(atMs, second / 60)
    texts.push(...messages)
    times.push({ minute: second / 60, count: messages.length })
    for (const text of messages) {
      const read = readText(text, own, atMs)
      if (read.kind !== 'readings') throw new Error(JSON.stringify(read))
      expect(read.zoneAssumed > 0).toBe(options.style === 'plain' && read.samples.length > 0)
      for (const { sign, value, measuredAt } of read.samples) {
        expect(Date.parse(measuredAt)).toBe(atMs)
        samples.push({ minute: second / 60, sign, value })
      }
      technical.push(
        ...read.technical.map(({ kind, phase, sign }) => `${second / 60} ${kind} ${phase} ${sign}`),
      )
    }
  }
  const of = (sign: string) => samples.filter((sample) => sample.sign === sign)
  return { texts, times, technical, of }
}

describe('a simulated monitor', () => {
  it('says the same for the same seed, and something else for another seed or room', () => {
    const calm = { room: 1, seed: 1, scenario: 'calm', style: 'pcd' } as const
    expect(course(calm).texts).toEqual(course(calm).texts)
    expect(course({ ...calm, seed: 2 }).texts).not.toEqual(course(calm).texts)
    const values = (room: number) =>
      course({ ...calm, room })
        .of('heartRatePerMin')
        .map(({ value }) => value)
    expect(values(2)).not.toEqual(values(1))
  })

  it.each(SCENARIOS.flatMap((scenario) => STYLES.map((style) => [scenario, style] as const)))(
    '%s, in the %s style, is read without loss',
    (scenario, style) => {
      for (const seed of [1, 2, 3]) {
        const { of, times, technical } = course({ room: seed, seed, scenario, style })
        const systolic = of('systolicMmHg').map(({ value }) => value)
        const spo2 = of('spo2Percent')
        expect(systolic.length).toBe(of('meanPressureMmHg').length)
        expect(of('heartRatePerMin').every(({ value }) => value > 40 && value < 140)).toBe(true)
        expect(Math.max(...systolic) >= 160).toBe(scenario === 'hypertension')
        expect(spo2.some(({ value }) => value < 92)).toBe(scenario === 'desaturation')
        expect(spo2.length < of('heartRatePerMin').length).toBe(scenario === 'probe-off')
        expect(times.some(({ count }) => count === 0)).toBe(scenario === 'silence')
        expect(technical).toEqual(
          scenario === 'probe-off' ? ['10 probe-off start spo2Percent', '13 probe-off end spo2Percent'] : [],
        )
      }
    },
  )
})

describe('the bridge as a whole', () => {
  const closing: (() => unknown)[] = []
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close()
  })

  /** A bridge between simulated rooms and a server that keeps what it is given. */
  async function open(rooms: number) {
    const folder = mkdtempSync(join(tmpdir(), 'bridge-whole-'))
    closing.push(() => rmSync(folder, { recursive: true, force: true }))
    const samples: (Sample & { deviceId: string })[] = []
    const technical: TechnicalNotice[] = []
    const server = createServer((request, response) => {
      let body = ''
      request.on('data', (chunk) => {
        body += chunk
      })
      request.on('end', () => {
        const parsed = parseBatchText(body)
        if (!parsed.ok) return response.writeHead(400).end(parsed.refusal.reason)
        const { deviceId } = parsed.batch
        if (request.headers.authorization !== `Bearer key of ${deviceId}`)
          return response.writeHead(401).end()
        samples.push(...parsed.batch.samples.map((sample) => ({ ...sample, deviceId })))
        technical.push(...parsed.batch.technical)
        response.end(
          JSON.stringify({ accepted: parsed.batch.samples.length, duplicates: 0, problems: parsed.problems }),
        )
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    closing.push(() => {
      server.closeAllConnections()
      server.close()
    })
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const configuration = { ...simulatedConfiguration(rooms), listen: { port: 0 }, server: { url } }
    for (const { deviceId, keyFile } of (
      configuration as unknown as { devices: { deviceId: string; keyFile: string }[] }
    ).devices)
      writeFileSync(join(folder, keyFile.replace('keys/', '')), `key of ${deviceId}\n`)
    const path = join(folder, 'bridge.json')
    writeFileSync(path, JSON.stringify(configuration).replaceAll('keys/', ''))
    const read = await readBridgeFile(path, {})
    if (!read.ok) throw new Error(read.problems.join('\n'))
    const reports: BridgeReport[] = []
    const bridge: Bridge = await openBridge({
      configuration: read.configuration,
      keys: read.keys,
      after: (ms, run) => {
        const timer = setTimeout(run, ms)
        return () => clearTimeout(timer)
      },
      now: Date.now,
      random: () => 0.5,
      report: (said) => reports.push(said),
    })
    closing.push(() => bridge.close())
    return { bridge, samples, technical, reports, path }
  }

  it('carries what the command of the simulated monitors sends for twenty rooms', async () => {
    const { bridge, samples, reports } = await open(20)
    const monitor = spawn(
      process.execPath,
      [
        join(import.meta.dirname, 'monitor.ts'),
        ...[
          '--rooms',
          '20',
          '--speed',
          '10',
          '--interval',
          '40',
          '--count',
          '3',
          '--style',
          'mixed',
          '--scenario',
          'mixed',
        ],
        ...['--port', String(bridge.port)],
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    let told = ''
    monitor.stdout.on('data', (chunk) => {
      told += chunk
    })
    await new Promise((resolve) => monitor.once('exit', resolve))
    expect(told.trim().split('\n').at(-1)).toBe('60 taken, 0 refused, 0 given up, 0 times nobody answered')
    await expect.poll(() => samples.filter(({ sign }) => sign === 'heartRatePerMin').length).toBe(60)
    expect(new Set(samples.map(({ deviceId }) => deviceId)).size).toBe(20)
    expect(samples.filter(({ sign }) => sign === 'systolicMmHg')).toHaveLength(20)
    expect(reports.filter(({ what }) => !['taken', 'delivered', 'heartbeat'].includes(what))).toEqual([])
  })

  it('stays up under a flood, a drip and nonsense, and serves the next monitor', async () => {
    const { bridge, samples, reports } = await open(1)
    const hostile = (bytes: string | Buffer) =>
      new Promise<void>((resolve) => {
        const socket = connect(bridge.port, '127.0.0.1')
        socket.on('error', () => {})
        socket.on('close', () => resolve())
        socket.resume()
        socket.end(bytes)
      })
    await Promise.all([
      hostile(Buffer.concat([Buffer.from('\x0bMSH|^~\\&|'), Buffer.alloc(3_000_000, '|')])),
      hostile(
        Buffer.concat([Buffer.from('\x0bMSH|^~\\&|'), Buffer.alloc(200_000, '~^&|'), Buffer.from('\x1c\r')]),
      ),
      hostile(Buffer.alloc(1_000_000, '\x0ba')),
      hostile(Buffer.alloc(3000, '\x0b\x1c\r')),
      hostile(Buffer.alloc(1_000_000)),
      hostile('GET / HTTP/1.1\r\n\r\n'),
      hostile('\x0bMSH|^~\\&|half'),
    ])
    const monitor = createSimulatedMonitor({ room: 1, seed: 1, scenario: 'calm', style: 'pcd' })
    await hostile(`\x0b${monitor.messages(START, 0)[0]}\x1c\r`)
    await expect.poll(() => samples.length).toBe(6)
    expect(reports.filter(({ what }) => what === 'broken')).toEqual([])
    const reasons = new Set(reports.map((said) => ('reason' in said ? said.reason : said.what)))
    expect([...reasons].sort()).toEqual(
      [
        'delivered',
        'empty',
        'garbage',
        'half-message',
        'taken',
        'too-large',
        'too-many-faults',
        'too-many-parts',
      ].sort(),
    )
  })

  it('two of them do not share a spool', async () => {
    const { path } = await open(1)
    const read = await readBridgeFile(path, {})
    writeFileSync(join(path, '..', 'spool', 'lock'), String(process.ppid))
    if (!read.ok) throw new Error('the configuration is read')
    const second = openBridge({
      ...read,
      after: () => () => {},
      now: () => START,
      random: () => 0,
      report: () => {},
    })
    await expect(second).rejects.toThrow(/in use/)
  })
})
