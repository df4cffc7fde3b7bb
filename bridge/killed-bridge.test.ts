import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openMllpSender } from './mllp-sender.ts'
import { seeded, simulatedConfiguration } from './simulated-monitor.ts'

/**
 * The bridge killed without warning, thirty times, while monitors wait for answers and the server answers badly. Every message that was acknowledged
 * must be with the server exactly once.
 */
const KILLS = 30
const ROOMS = 3
/** Thirty-one programs are started; on a busy machine that is what takes the time. */
const HANG_MS = 600_000
const chance = seeded(20_261_123)
const folder = mkdtempSync(join(tmpdir(), 'bridge-kill-'))

/** Thirty-one starts of the same program: compiled code is kept from the first, which ends by itself. */
const env = { ...process.env, NODE_COMPILE_CACHE: join(folder, 'compiled') }

/** The server's side of the contract: committed batches by device and sequence. */
const committed = new Map<string, string>()
const order: { device: string; id: string }[] = []
let conflicts = 0
/** Counts whatever happens; the next kill comes at some count. */
let happenings = 0
let onHappening: () => void = () => {}
const happened = () => {
  happenings += 1
  onHappening()
}

const server = createServer((request, response) => {
  if (request.method !== 'POST') return response.writeHead(404).end()
  let body = ''
  request.on('data', (chunk) => {
    body += chunk
  })
  request.on('end', () => {
    happened()
    const roll = chance()
    if (roll < 0.03) return response.writeHead(503, { 'retry-after': '0' }).end()
    const batch = JSON.parse(body)
    expect(request.headers.authorization).toBe(`Bearer key of ${batch.deviceId}`)
    const key = `${batch.deviceId} ${batch.sequence}`
    const before = committed.get(key)
    if (before !== undefined && before !== body) {
      conflicts += 1
      return response.writeHead(409).end('changed')
    }
    if (before === undefined) {
      committed.set(key, body)
      order.push({ device: batch.deviceId, id: batch.samples[0].source.coding.name })
    }
    // Committed, and the answer lost on its way.
    if (roll < 0.1) return request.socket.destroy()
    response.end(JSON.stringify({ accepted: before ? 0 : 1, duplicates: before ? 1 : 0, problems: [] }))
  })
})

beforeAll(async () => {
  spawnSync(process.execPath, [join(import.meta.dirname, 'main.ts')], { env })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const configuration = {
    ...simulatedConfiguration(ROOMS),
    clock: 'own',
    listen: { port: 0 },
    server: { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` },
    // Small files, so that rolling and deleting them is killed as well.
    spool: { folder: 'spool', segmentBytes: 2000 },
  } as unknown as { devices: { deviceId: string; keyFile: string }[] }
  for (const device of configuration.devices) {
    device.keyFile = device.deviceId
    writeFileSync(join(folder, device.deviceId), `key of ${device.deviceId}\n`)
  }
  writeFileSync(join(folder, 'bridge.json'), JSON.stringify(configuration))
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
  rmSync(folder, { recursive: true, force: true })
})

/** A message whose name of the value is its own id, so that it can be found again at the server. */
const messageOf = (room: number, id: string) =>
  [
    `MSH|^~\\&|SIM|Simulated|||20261123120000+0000||ORU^R01|${id}|P|2.6`,
    `PV1||I|SIM^^ROOM-${String(room).padStart(2, '0')}`,
    'OBR|1||||||20261123120000+0000',
    `OBX|1|NM|HR^${id}^SIM||72|bpm|||||F`,
  ].join('\r')

function startBridge(): Promise<{ child: ChildProcess; port: number; ended: Promise<void> }> {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'main.ts'), '--config', join(folder, 'bridge.json')],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env,
    },
  )
  let complaint = ''
  child.stderr!.on('data', (chunk) => {
    complaint += chunk
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  return new Promise((resolve, reject) => {
    createInterface({ input: child.stdout! }).on('line', (line) => {
      const said = JSON.parse(line)
      if (said.what === 'listening') resolve({ child, port: said.port, ended })
    })
    void ended.then(() => reject(new Error(`the bridge did not start: ${complaint}`)))
  })
}

it(
  `every acknowledged message arrives exactly once over ${KILLS} kills`,
  async () => {
    let port: Promise<number>
    let sayPort: (port: number) => void = () => {}
    const nextPort = () => {
      port = new Promise((resolve) => (sayPort = resolve))
    }
    nextPort()
    let stopping = false
    const acknowledged: string[][] = Array.from({ length: ROOMS }, () => [])

    async function monitor(room: number): Promise<void> {
      for (let number = 1; !stopping; number += 1) {
        const id = `${room}-${number}`
        let answer = ''
        while (answer === '') {
          const now = port
          try {
            const sender = await openMllpSender('127.0.0.1', await now)
            answer = await sender.send(messageOf(room, id))
            sender.close()
          } catch {
            // Sent again, to the next bridge: this one is gone.
            if (now === port) await new Promise((resolve) => setImmediate(resolve))
          }
        }
        expect(answer).toContain(`MSA|AA|${id}\r`)
        acknowledged[room - 1]!.push(id)
        happened()
      }
    }

    const monitors = Array.from({ length: ROOMS }, (_, index) => monitor(index + 1))
    for (let kill = 0; kill < KILLS; kill += 1) {
      const bridge = await startBridge()
      sayPort(bridge.port)
      const at = happenings + 1 + Math.floor(chance() * 12)
      await new Promise<void>((resolve) => {
        onHappening = () => {
          if (happenings >= at) resolve()
        }
      })
      nextPort()
      bridge.child.kill('SIGKILL')
      await bridge.ended
    }
    stopping = true
    const last = await startBridge()
    sayPort(last.port)
    await Promise.all(monitors)
    const all = acknowledged.flat()
    const arrived = () => new Set(order.map(({ id }) => id))
    await expect.poll(() => all.filter((id) => !arrived().has(id)), { timeout: HANG_MS }).toEqual([])
    last.child.kill('SIGTERM')
    await last.ended

    expect(all.length).toBeGreaterThan(KILLS)
    expect(conflicts).toBe(0)
    expect(existsSync(join(folder, 'spool', 'refused.jsonl'))).toBe(false)
    // Once each, and each device's in the order of its monitor.
    for (let room = 1; room <= ROOMS; room += 1) {
      const device = `sim-${String(room).padStart(2, '0')}`
      expect(order.filter((one) => one.device === device).map(({ id }) => id)).toEqual(acknowledged[room - 1])
    }
  },
  HANG_MS,
)
