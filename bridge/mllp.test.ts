import { connect, type Socket } from 'node:net'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import {
  createMllpDecoder,
  frame,
  type HangUp,
  type MllpEvent,
  type MllpLimits,
  openMllpListener,
} from './mllp.ts'

const bytesOf = (text: string) => new TextEncoder().encode(text)
const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes)
const limits = { maxMessageBytes: 64, maxGarbageBytes: 8 }

/** What a stream gives when it comes in one piece: kinds and texts. */
function decode(pieces: readonly Uint8Array[], own = limits): string[] {
  const decoder = createMllpDecoder(own)
  const events = [...pieces.flatMap((piece) => decoder.push(piece)), ...decoder.end()]
  return events.map(said)
}
const said = (event: MllpEvent) =>
  event.kind === 'message'
    ? `message ${textOf(event.bytes)}`
    : `${event.fault}${event.fatal ? ' (over)' : ''} ${textOf(event.head)}`.trim()

describe('an MLLP stream', () => {
  it.each([
    ['one message', '\x0bMSH|a\x1c\r', ['message MSH|a']],
    ['several in one piece', '\x0ba\x1c\r\x0bb\x1c\r\x0bc\x1c\r', ['message a', 'message b', 'message c']],
    ['line ends between messages', '\r\n\x0ba\x1c\r\n\x0bb\x1c\r\r\n', ['message a', 'message b']],
    ['an empty message', '\x0b\x1c\r', ['message']],
    ['bytes before the start', 'GET /\x0ba\x1c\r', ['garbage', 'message a']],
    ['too many bytes before the start', 'GET / HTTP/1.1\r\n\x0ba\x1c\r', ['garbage (over)']],
    ['a message that breaks off', '\x0bMSH|half', ['half-message MSH|half']],
    ['a new start before the end', '\x0bMSH|half\x0bMSH|b\x1c\r', ['half-message MSH|half', 'message MSH|b']],
    ['a start said twice', '\x0b\x0ba\x1c\r', ['message a']],
    ['an end without CR', '\x0ba\x1c\n\x0bb\x1c\r', ['bad-end a', 'message b']],
    ['an end and at once a start', '\x0ba\x1c\x0bb\x1c\r', ['bad-end a', 'message b']],
    ['broken off within the end', '\x0ba\x1c', ['half-message a']],
    ['exactly as large as allowed', `\x0b${'x'.repeat(64)}\x1c\r`, [`message ${'x'.repeat(64)}`]],
    ['one byte too large', `\x0b${'x'.repeat(65)}\x1c\r\x0bb\x1c\r`, [`too-large (over) ${'x'.repeat(64)}`]],
  ])('%s', (_, stream, expected) => {
    expect(decode([bytesOf(stream)]).map((line) => line.trim())).toEqual(expected)
  })

  it('reads the same however it is cut', () => {
    const byte = fc.oneof(
      { weight: 5, arbitrary: fc.integer({ min: 0, max: 255 }) },
      { weight: 4, arbitrary: fc.constantFrom(0x0b, 0x1c, 0x0d, 0x0a, 0x41) },
    )
    const stream = fc.array(byte, { maxLength: 200 }).map((list) => Uint8Array.from(list))
    fc.assert(
      fc.property(stream, fc.array(fc.nat(200), { maxLength: 12 }), (bytes, cuts) => {
        const at = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b), bytes.length]
        const pieces = at.slice(1).map((end, index) => bytes.subarray(at[index]!, end))
        expect(decode(pieces)).toEqual(decode([bytes]))
      }),
      { numRuns: 500, seed: 7 },
    )
  })

  it('gives back every message that was framed, byte by byte', () => {
    const text = fc.string({ unit: fc.constantFrom(...'aéΩ|^~\\&\r\n'), maxLength: 30 })
    fc.assert(
      fc.property(fc.array(text, { maxLength: 6 }), (messages) => {
        const stream = Buffer.concat(messages.map((message) => frame(message)))
        const single = [...stream].map((one) => Uint8Array.of(one))
        expect(decode(single, { maxMessageBytes: 200, maxGarbageBytes: 0 })).toEqual(
          messages.map((message) => `message ${message}`),
        )
      }),
      { numRuns: 200, seed: 7 },
    )
  })

  it('keeps no more memory than one message may have', () => {
    const decoder = createMllpDecoder({ maxMessageBytes: 1000, maxGarbageBytes: 0 })
    const events = decoder.push(Uint8Array.of(0x0b))
    for (let i = 0; i < 100; i += 1) events.push(...decoder.push(new Uint8Array(65_536).fill(0x41)))
    expect(events).toHaveLength(1)
    expect(events[0]).toMatchObject({ kind: 'fault', fault: 'too-large', fatal: true })
  })
})

/** Timers that run when the test says so. */
function handClock() {
  const waiting = new Map<object, { ms: number; run: () => void }>()
  return {
    after: (ms: number, run: () => void) => {
      const key = {}
      waiting.set(key, { ms, run })
      return () => waiting.delete(key)
    },
    has: (ms: number) => [...waiting.values()].some((timer) => timer.ms === ms),
    fire(ms: number) {
      for (const [key, timer] of [...waiting]) {
        if (timer.ms !== ms) continue
        waiting.delete(key)
        timer.run()
      }
    },
  }
}

const listening: MllpLimits = {
  maxMessageBytes: 1000,
  maxGarbageBytes: 16,
  messageMs: 30,
  idleMs: 600,
  maxConnections: 3,
  maxConnectionsPerAddress: 3,
}

describe('the listening side', () => {
  const closing: (() => unknown)[] = []
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close()
  })

  async function open(
    options: {
      own?: Partial<MllpLimits>
      allow?: string[]
      receive?: (text: string) => Promise<string | undefined>
    } = {},
  ) {
    const clock = handClock()
    const reports: HangUp[] = []
    const received: string[] = []
    const listener = await openMllpListener({
      host: '127.0.0.1',
      port: 0,
      limits: { ...listening, ...options.own },
      allow: options.allow ?? [],
      after: clock.after,
      receive: async (bytes) => {
        received.push(textOf(bytes))
        return options.receive ? options.receive(textOf(bytes)) : `ok ${textOf(bytes)}`
      },
      refuse: (fault, head) => (head.length > 0 ? `no ${fault}` : undefined),
      report: (what) => reports.push(what),
    })
    closing.push(() => listener.close())
    const peer = () => {
      const socket = connect(listener.port, '127.0.0.1')
      socket.on('error', () => {})
      closing.push(() => socket.destroy())
      let heard = ''
      socket.on('data', (chunk) => {
        heard += chunk
      })
      const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
      return Object.assign(socket as Socket, {
        heard: () => heard.replaceAll('\x0b', ';').replaceAll('\x1c', ';').replaceAll('\r', ';'),
        closedNow: closed,
      })
    }
    return { clock, reports, received, listener, peer }
  }

  it('answers message by message, several in one piece and one in several', async () => {
    const { peer } = await open()
    const one = peer()
    one.write('\x0ba\x1c\r\x0bb\x1c\r\x0bc')
    await expect.poll(one.heard).toBe(';ok a;;;ok b;;')
    one.write('d\x1c')
    one.write('\r')
    await expect.poll(one.heard).toBe(';ok a;;;ok b;;;ok cd;;')
  })

  it('reads on only after the message in hand is answered', async () => {
    let release: () => void = () => {}
    const { peer, received, clock } = await open({
      receive: (text) => new Promise((resolve) => (release = () => resolve(`ok ${text}`))),
    })
    closing.push(() => release())
    const one = peer()
    one.write('\x0ba\x1c\r')
    await expect.poll(() => received).toEqual(['a'])
    // Far more than the buffers of two sockets hold: what is not read here stays with the sender.
    const flood = Buffer.alloc(16_000_000, '\x0bxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\x1c\r')
    one.write(flood)
    await expect.poll(() => one.bytesWritten > 1000).toBe(true)
    expect(received).toEqual(['a'])
    expect(one.writableLength).toBeGreaterThan(1_000_000)
    // Nobody is hung up for our own slowness.
    expect(clock.has(listening.messageMs) || clock.has(listening.idleMs)).toBe(false)
    release()
    await expect.poll(() => received.length).toBe(2)
  })

  it('refuses a message that is too large, then closes', async () => {
    const { peer, reports } = await open()
    const one = peer()
    one.write(`\x0bMSH|${'x'.repeat(2000)}`)
    await one.closedNow
    expect(reports).toEqual(['too-large'])
    expect(one.heard()).toBe(';no too-large;;')
  })

  it('closes on who drips a message, who is silent, and who sends something else', async () => {
    const { peer, reports, clock } = await open()
    const slow = peer()
    slow.write('\x0bMSH')
    await expect.poll(() => clock.has(listening.messageMs)).toBe(true)
    slow.write('|')
    clock.fire(listening.messageMs)
    await slow.closedNow
    const idle = peer()
    await expect.poll(() => clock.has(listening.idleMs)).toBe(true)
    clock.fire(listening.idleMs)
    await idle.closedNow
    const other = peer()
    other.write('GET / HTTP/1.1\r\nHost: bridge\r\n\r\n')
    await other.closedNow
    expect(reports).toEqual(['slow', 'idle', 'garbage'])
  })

  it('closes on who breaks envelope after envelope', async () => {
    const { peer, reports } = await open()
    const one = peer()
    one.write('\x0ba'.repeat(1000))
    await one.closedNow
    expect(new Set(reports)).toEqual(new Set(['half-message', 'too-many-faults']))
    expect(reports.length).toBeLessThan(30)
  })

  it('gives a drip no new time for each byte', async () => {
    const { peer, clock, received } = await open()
    const one = peer()
    one.write('\x0ba')
    await expect.poll(() => clock.has(listening.messageMs)).toBe(true)
    // Once begun, the limit of the message runs and no other.
    expect(clock.has(listening.idleMs)).toBe(false)
    one.write('b\x1c\r')
    await expect.poll(() => received).toEqual(['ab'])
    await expect.poll(() => clock.has(listening.messageMs)).toBe(false)
  })

  it('takes no more connections than it may, and none from elsewhere', async () => {
    const { peer, reports, listener } = await open()
    const three = [peer(), peer(), peer()]
    await expect.poll(() => listener.connections).toBe(3)
    const fourth = peer()
    await fourth.closedNow
    expect(reports).toEqual(['too-many'])
    three[0]!.destroy()
    await expect.poll(() => listener.connections).toBe(2)
    const fifth = peer()
    fifth.write('\x0ba\x1c\r')
    await expect.poll(fifth.heard).toBe(';ok a;;')

    const closed = await open({ allow: ['10.0.0.0/8', '::1'] })
    await closed.peer().closedNow
    expect(closed.reports).toEqual(['not-allowed'])
    const allowed = await open({ allow: ['127.0.0.0/8'] })
    const inside = allowed.peer()
    inside.write('\x0ba\x1c\r')
    await expect.poll(inside.heard).toBe(';ok a;;')
  })

  it('answers what was whole when the peer closes its side', async () => {
    const { peer, reports } = await open()
    const one = peer()
    one.end('\x0ba\x1c\r\x0bb')
    await one.closedNow
    expect(one.heard()).toBe(';ok a;;;no half-message;;')
    expect(reports).toEqual(['half-message'])
  })

  it('finishes the message in hand when it is closed', async () => {
    let release: () => void = () => {}
    const { peer, received, listener } = await open({
      receive: (text) => new Promise((resolve) => (release = () => resolve(`ok ${text}`))),
    })
    const one = peer()
    const still = peer()
    one.write('\x0ba\x1c\r')
    await expect.poll(() => received).toEqual(['a'])
    const closed = listener.close()
    await still.closedNow
    release()
    await closed
    await one.closedNow
    expect(one.heard()).toBe(';ok a;;')
  })
})
