import { BlockList, createServer, isIPv6, type Socket } from 'node:net'

/**
 * MLLP, the envelope of HL7 v2 on a socket: 0x0b, the message, 0x1c 0x0d. Written here because the library's server keeps
 * every byte a peer sends until it sees an end, and neither hangs up nor waits (docs/decisions/0019).
 */

const START = 0x0b
const END = 0x1c
const CR = 0x0d
const LF = 0x0a
const HEAD_BYTES = 1024
/** A peer with more broken envelopes than this on one connection does not speak MLLP. */
const MAX_FAULTS = 20

/** What can be wrong with an envelope; the words stand in the log and in the guide. */
export type MllpFault =
  /** bytes outside any message */
  | 'garbage'
  /** more bytes than a message may have; the socket is closed */
  | 'too-large'
  /** a new message began, or the peer left, before the end of this one */
  | 'half-message'
  /** 0x1c without the 0x0d that must follow */
  | 'bad-end'

export type MllpEvent =
  | { readonly kind: 'message'; readonly bytes: Uint8Array }
  | {
      readonly kind: 'fault'
      readonly fault: MllpFault
      /** The first bytes of the message concerned, so that it can be answered by its own control id. */
      readonly head: Uint8Array
      /** The stream cannot be followed any further. */
      readonly fatal: boolean
    }

export type MllpDecoder = {
  /** Takes the next bytes in whatever pieces they come; what it returns depends on the bytes alone, not on the pieces. */
  push(chunk: Uint8Array): MllpEvent[]
  /** The peer has closed: says so when a message was under way. */
  end(): MllpEvent[]
  /** A message has begun and not ended. */
  readonly inside: boolean
}

/**
 * A reader of one MLLP stream.
 *
 * @param limits `maxMessageBytes` of one message without its envelope; `maxGarbageBytes` outside messages before giving up.
 *   CR and LF between messages are not garbage: senders end lines with them.
 */
export function createMllpDecoder(limits: {
  readonly maxMessageBytes: number
  readonly maxGarbageBytes: number
}): MllpDecoder {
  let state: 'between' | 'inside' | 'ending' | 'over' = 'between'
  let buffer = new Uint8Array(1024)
  let length = 0
  let garbage = 0

  const head = () => buffer.slice(0, Math.min(length, HEAD_BYTES))
  const fault = (name: MllpFault, fatal = false): MllpEvent => ({
    kind: 'fault',
    fault: name,
    head: head(),
    fatal,
  })
  const begin = () => {
    state = 'inside'
    length = 0
  }

  function keep(byte: number): boolean {
    if (length === limits.maxMessageBytes) return false
    if (length === buffer.length) {
      const wider = new Uint8Array(Math.min(buffer.length * 2, limits.maxMessageBytes))
      wider.set(buffer)
      buffer = wider
    }
    buffer[length++] = byte
    return true
  }

  return {
    get inside() {
      return state === 'inside' || state === 'ending'
    },
    push(chunk) {
      const events: MllpEvent[] = []
      for (const byte of chunk) {
        if (state === 'over') break
        if (state === 'between') {
          if (byte === START) {
            if (garbage > 0)
              events.push({ kind: 'fault', fault: 'garbage', head: new Uint8Array(), fatal: false })
            garbage = 0
            begin()
          } else if (byte !== CR && byte !== LF && ++garbage > limits.maxGarbageBytes) {
            state = 'over'
            events.push({ kind: 'fault', fault: 'garbage', head: new Uint8Array(), fatal: true })
          }
        } else if (state === 'ending') {
          if (byte === CR) {
            events.push({ kind: 'message', bytes: buffer.slice(0, length) })
            state = 'between'
            // A big message once does not hold its memory for as long as the connection lasts.
            if (buffer.length > 65_536) buffer = new Uint8Array(1024)
          } else {
            events.push(fault('bad-end'))
            state = 'between'
            if (byte === START) begin()
          }
          if (state === 'between') length = 0
        } else if (byte === END) {
          state = 'ending'
        } else if (byte === START) {
          if (length > 0) events.push(fault('half-message'))
          begin()
        } else if (!keep(byte)) {
          state = 'over'
          events.push(fault('too-large', true))
        }
      }
      return events
    },
    end() {
      if (state !== 'inside' && state !== 'ending') return []
      state = 'over'
      return [fault('half-message')]
    },
  }
}

/** Puts a message into its envelope. */
export function frame(message: string): Uint8Array {
  const bytes = new TextEncoder().encode(message)
  const framed = new Uint8Array(bytes.length + 3)
  framed[0] = START
  framed.set(bytes, 1)
  framed.set([END, CR], bytes.length + 1)
  return framed
}

/** Limits of the listening side; sizes in bytes, times in milliseconds. */
export type MllpLimits = {
  readonly maxMessageBytes: number
  readonly maxGarbageBytes: number
  /** From 0x0b to the end of the message, and for a peer to take an answer: who drips byte by byte is sent away. */
  readonly messageMs: number
  /** Without any byte between messages. */
  readonly idleMs: number
  readonly maxConnections: number
  readonly maxConnectionsPerAddress: number
}

/** Calls back once after so many milliseconds unless it is called off; handed in so that tests need no clock. */
export type After = (ms: number, run: () => void) => () => void

/** Why a connection was closed by us, or not taken. */
export type HangUp =
  | MllpFault
  | 'slow'
  | 'idle'
  | 'not-reading'
  | 'too-many-faults'
  | 'too-many'
  | 'not-allowed'

export type MllpListener = {
  readonly port: number
  readonly connections: number
  /** Takes no more connections, lets the message in hand be answered, then closes. */
  close(): Promise<void>
}

/**
 * Listens for MLLP.
 *
 * One message of a connection is in hand at a time: until `receive` has answered, the socket is not read, so that a sender that
 * outruns the disk is held back by TCP instead of by our memory.
 *
 * @param needs.receive answers one message with the text of its acknowledgement, or nothing when the sender wants none.
 * @param needs.refuse the answer to a message whose envelope was broken, made from its first bytes; nothing when it has no id.
 * @param needs.allow addresses or networks (`10.1.2.0/24`) that may connect; empty means any that reaches `host`.
 * @param needs.report told of each fault and each hang-up with the peer's address, never with content.
 */
export async function openMllpListener(needs: {
  readonly host: string
  readonly port: number
  readonly limits: MllpLimits
  readonly allow: readonly string[]
  readonly after: After
  receive(bytes: Uint8Array): Promise<string | undefined>
  refuse(fault: MllpFault, head: Uint8Array): string | undefined
  report(what: HangUp, address: string): void
}): Promise<MllpListener> {
  const { limits } = needs
  const allowed = networks(needs.allow)
  const open = new Map<Socket, { address: string; finish: () => void }>()

  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    const address = socket.remoteAddress ?? 'unknown'
    const turnAway = (why: HangUp) => {
      needs.report(why, address)
      socket.on('error', () => {})
      socket.destroy()
    }
    if (allowed && !allowed.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')) return turnAway('not-allowed')
    const same = [...open.values()].filter((other) => other.address === address).length
    if (open.size >= limits.maxConnections || same >= limits.maxConnectionsPerAddress)
      return turnAway('too-many')
    open.set(socket, { address, finish: follow(socket, address) })
  })

  function follow(socket: Socket, address: string): () => void {
    const decoder = createMllpDecoder(limits)
    const waiting: MllpEvent[] = []
    let working = false
    let faults = 0
    let peerEnded = false
    let finishing = false
    let slow: (() => void) | undefined
    let idle: (() => void) | undefined

    const hangUp = (why: HangUp) => {
      if (socket.destroyed) return
      needs.report(why, address)
      socket.destroy()
    }
    const clear = () => {
      slow?.()
      idle?.()
      slow = idle = undefined
    }
    /** Time runs only while we wait for the peer, never while it waits for us. */
    const watch = () => {
      idle?.()
      idle = undefined
      if (working || socket.destroyed) return
      if (decoder.inside) slow ??= needs.after(limits.messageMs, () => hangUp('slow'))
      else {
        slow?.()
        slow = undefined
        idle = needs.after(limits.idleMs, () => hangUp('idle'))
      }
    }
    const answer = async (text: string | undefined) => {
      if (text === undefined || socket.destroyed || socket.write(frame(text))) return
      const taken = needs.after(limits.messageMs, () => hangUp('not-reading'))
      await new Promise<void>((resolve) => {
        socket.once('drain', resolve)
        socket.once('close', resolve)
      })
      taken()
    }
    const work = async () => {
      if (working) return
      working = true
      clear()
      socket.pause()
      for (let event = waiting.shift(); event; event = waiting.shift()) {
        if (event.kind === 'message') await answer(await needs.receive(event.bytes))
        else {
          needs.report(event.fault, address)
          if (++faults > MAX_FAULTS) return hangUp('too-many-faults')
          await answer(needs.refuse(event.fault, event.head))
          if (event.fatal) {
            waiting.length = 0
            // `end` and not `destroy`: the refusal is still on its way. What the peer sends on is thrown away unread.
            socket.removeAllListeners('data')
            socket.on('data', () => {})
            socket.resume()
            socket.end(() => socket.destroy())
            return
          }
        }
        if (finishing) waiting.length = 0
      }
      working = false
      if (peerEnded || finishing) socket.end(() => socket.destroy())
      else {
        watch()
        socket.resume()
      }
    }

    socket.on('data', (chunk) => {
      waiting.push(...decoder.push(chunk))
      if (waiting.length > 0) void work().catch(() => socket.destroy())
      else watch()
    })
    socket.on('end', () => {
      peerEnded = true
      waiting.push(...decoder.end())
      void work().catch(() => socket.destroy())
    })
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      clear()
      open.delete(socket)
    })
    watch()
    return () => {
      finishing = true
      if (!working) socket.destroy()
    }
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(needs.port, needs.host, () => {
      server.off('error', reject)
      resolve()
    })
  })
  const bound = server.address()
  return {
    port: typeof bound === 'object' && bound ? bound.port : needs.port,
    get connections() {
      return open.size
    },
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      for (const { finish } of open.values()) finish()
      await closed
    },
  }
}

/** A list of addresses and networks as Node checks them; undefined when the list is empty. */
function networks(list: readonly string[]): BlockList | undefined {
  if (list.length === 0) return undefined
  const allowed = new BlockList()
  for (const entry of list) {
    const [address, bits] = entry.split('/')
    const family = isIPv6(address!) ? 'ipv6' : 'ipv4'
    if (bits === undefined) allowed.addAddress(address!, family)
    else allowed.addSubnet(address!, Number(bits), family)
  }
  return allowed
}
