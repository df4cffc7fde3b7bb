import { isIP } from 'node:net'
import { monitoredSigns, TECHNICAL_KINDS } from '@evenkeel/vital-signs'
import { isZone } from './hl7-time.ts'
import type { CodeMapping, Device, DeviceMatch, EventMapping, Mapping } from './mapping.ts'
import type { MllpLimits } from './mllp.ts'
import type { MessageRefusal } from './read-oru.ts'
import { refusalWords } from './refusal-words.ts'
import type { SpoolLimits } from './spool.ts'

/** The bridge's configuration: one JSON file, read strictly. A word that is not known is a problem, not a default. */

export type Configuration = {
  readonly listen: { readonly host: string; readonly port: number; readonly allow: readonly string[] }
  readonly server: { readonly url: string; readonly timeoutMs: number }
  /** By whose clock it is said when a message came in: this machine's, or the server's, which is asked. */
  readonly clock: 'own' | 'server'
  readonly spool: { readonly folder: string; readonly limits: SpoolLimits }
  readonly limits: MllpLimits
  readonly mapping: Mapping
  /** Where each device's key is: a file beside the configuration, or a variable of the surroundings. */
  readonly keys: ReadonlyMap<string, { readonly file: string } | { readonly variable: string }>
  readonly answerAnyway: readonly MessageRefusal[]
}

/** Design defaults; a monitor sends a few kilobytes at most every second. */
const DEFAULT_LIMITS: MllpLimits = {
  maxMessageBytes: 262_144,
  maxGarbageBytes: 4096,
  messageMs: 30_000,
  idleMs: 600_000,
  maxConnections: 200,
  maxConnectionsPerAddress: 200,
}
const DEFAULT_SPOOL = { maxBytes: 268_435_456, maxBytesPerDevice: 67_108_864, segmentBytes: 8_388_608 }

export type ParsedConfiguration =
  | { readonly ok: true; readonly configuration: Configuration }
  | { readonly ok: false; readonly problems: readonly string[] }

/**
 * Reads a configuration.
 *
 * @param input what JSON gave.
 * @returns the configuration with defaults filled in, or every problem with its place: `devices[2].keyFile: missing`.
 */
export function parseConfiguration(input: unknown): ParsedConfiguration {
  const problems: string[] = []
  const root = new Part(input, '', problems)
  const listen = root.part('listen')
  const server = root.part('server')
  const spool = root.part('spool')
  const limits = root.part('limits')
  const keys = new Map<string, { file: string } | { variable: string }>()
  const devices = root.list('devices').map((part) => readDevice(part, keys))
  const configuration: Configuration = {
    listen: {
      host: listen.text('host', '127.0.0.1'),
      port: listen.number('port', 2575, 0, 65_535),
      allow: listen.texts('allow'),
    },
    clock: root.oneOf('clock', ['own', 'server'], 'own'),
    server: { url: server.text('url'), timeoutMs: server.number('timeoutMs', 20_000, 100) },
    spool: {
      folder: spool.text('folder'),
      limits: {
        maxBytes: spool.number('maxBytes', DEFAULT_SPOOL.maxBytes, 4096),
        maxBytesPerDevice: spool.number('maxBytesPerDevice', DEFAULT_SPOOL.maxBytesPerDevice, 1024),
        segmentBytes: spool.number('segmentBytes', DEFAULT_SPOOL.segmentBytes, 1024),
      },
    },
    limits: Object.fromEntries(
      Object.entries(DEFAULT_LIMITS).map(([name, value]) => [name, limits.number(name, value, 1)]),
    ) as MllpLimits,
    mapping: {
      devices,
      codes: root.list('codes').map(readCode),
      events: root.list('events').map(readEvent),
      units: root.words('units'),
      zone: root.text('zone'),
      processing: root.has('processing') ? root.texts('processing') : ['P'],
    },
    keys,
    answerAnyway: root.texts('answerAnyway') as MessageRefusal[],
  }
  for (const part of [root, listen, server, spool, limits]) part.nothingElse()

  for (const entry of configuration.listen.allow)
    if (!isNetwork(entry)) problems.push(`listen.allow: "${entry}" is no address and no network`)
  if (devices.length === 0) problems.push('devices: at least one')
  if (keys.size < devices.length) problems.push('devices: two have the same deviceId')
  for (const [index, { zone }] of devices.entries())
    if (zone !== undefined && !isZone(zone)) problems.push(`devices[${index}].zone: not a zone`)
  if (!isZone(configuration.mapping.zone)) problems.push('zone: not a zone')
  for (const reason of configuration.answerAnyway)
    if (refusalWords[reason]?.ack !== 'AR')
      problems.push(`answerAnyway: "${reason}" is not a refusal of a message`)
    // Whoever raised it would take the yes for "somebody has been told".
    else if (reason === 'alarm-not-taken')
      problems.push('answerAnyway: an alarm is never answered as if taken')
  const { url } = configuration.server
  if (URL.canParse(url) && !isSafe(new URL(url)))
    problems.push('server.url: https, or http to this machine alone')
  else if (!URL.canParse(url)) problems.push('server.url: not an address')
  return problems.length > 0 ? { ok: false, problems } : { ok: true, configuration }
}

/** An address, or a network such as `10.1.2.0/24`. */
function isNetwork(entry: string): boolean {
  const [address = '', bits, more] = entry.split('/')
  const most = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1
  if (more !== undefined || most < 0) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most)
}

/** A key goes over the wire in every request; unencrypted it may only go to this machine. */
function isSafe({ protocol, hostname }: URL): boolean {
  return (
    protocol === 'https:' ||
    (protocol === 'http:' && /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$/.test(hostname))
  )
}

function readDevice(part: Part, keys: Map<string, { file: string } | { variable: string }>): Device {
  const match = part.part('match')
  const names = ['location', 'application', 'facility', 'equipment'] as const
  const found: DeviceMatch = Object.fromEntries(
    names.filter((name) => match.has(name)).map((name) => [name, match.text(name)]),
  )
  match.nothingElse()
  if (Object.keys(found).length === 0)
    part.problem('match', 'at least one of location, application, facility, equipment')
  const deviceId = part.text('deviceId')
  if (!/^[A-Za-z0-9][\w.:-]{0,63}$/.test(deviceId))
    part.problem('deviceId', '1 to 64 letters, figures, . _ : -')
  if (part.has('keyFile') === part.has('keyVariable'))
    part.problem('keyFile', 'either keyFile or keyVariable')
  keys.set(
    deviceId,
    part.has('keyFile') ? { file: part.text('keyFile') } : { variable: part.text('keyVariable', '') },
  )
  const device: Device = {
    deviceId,
    room: part.text('room'),
    match: found,
    ...(part.has('zone') ? { zone: part.text('zone') } : {}),
    statusX: part.oneOf('statusX', ['refuse', 'questionable'], 'refuse'),
  }
  part.nothingElse()
  return device
}

function readCode(part: Part): CodeMapping {
  const code: CodeMapping = {
    code: part.text('code'),
    sign: part.oneOf('sign', monitoredSigns),
    ...(part.has('system') ? { system: part.text('system') } : {}),
    ...(part.has('unit') ? { unit: part.text('unit') } : {}),
  }
  part.nothingElse()
  return code
}

function readEvent(part: Part): EventMapping {
  const event: EventMapping = {
    code: part.text('code'),
    kind: part.oneOf('kind', TECHNICAL_KINDS),
    ...(part.has('sign') ? { sign: part.oneOf('sign', monitoredSigns) } : {}),
  }
  part.nothingElse()
  return event
}

/** One object of the file with its place, which notes what is wrong and which words it was asked for. */
class Part {
  private readonly asked = new Set<string>()
  private readonly values: Readonly<Record<string, unknown>>
  private readonly path: string
  private readonly problems: string[]

  constructor(input: unknown, path: string, problems: string[]) {
    const isObject = typeof input === 'object' && input !== null && !Array.isArray(input)
    if (!isObject && input !== undefined) problems.push(`${path || 'the file'}: an object`)
    this.values = isObject ? (input as Record<string, unknown>) : {}
    this.path = path
    this.problems = problems
  }

  problem(name: string, words: string): void {
    this.problems.push(`${this.at(name)}: ${words}`)
  }
  has(name: string): boolean {
    this.asked.add(name)
    return this.values[name] !== undefined
  }
  part(name: string): Part {
    this.asked.add(name)
    return new Part(this.values[name], this.at(name), this.problems)
  }
  list(name: string): Part[] {
    if (!this.has(name)) return []
    const list = this.values[name]
    if (Array.isArray(list))
      return list.map((one, index) => new Part(one, `${this.at(name)}[${index}]`, this.problems))
    this.problem(name, 'a list')
    return []
  }
  text(name: string, fallback?: string): string {
    if (!this.has(name) && fallback !== undefined) return fallback
    const text = this.values[name]
    if (typeof text === 'string' && text !== '') return text
    this.problem(name, text === undefined ? 'missing' : 'a text')
    return ''
  }
  texts(name: string): string[] {
    if (!this.has(name)) return []
    const list = this.values[name]
    if (Array.isArray(list) && list.every((one) => typeof one === 'string')) return list
    this.problem(name, 'a list of texts')
    return []
  }
  words(name: string): Record<string, string> {
    const part = this.part(name)
    return Object.fromEntries(Object.keys(part.values).map((word) => [word, part.text(word)]))
  }
  number(name: string, fallback: number, least: number, most = Number.MAX_SAFE_INTEGER): number {
    if (!this.has(name)) return fallback
    const number = this.values[name]
    if (Number.isInteger(number) && (number as number) >= least && (number as number) <= most)
      return number as number
    this.problem(name, `a whole number from ${least}`)
    return fallback
  }
  oneOf<const T extends string>(name: string, known: readonly T[], fallback?: T): T {
    if (!this.has(name) && fallback !== undefined) return fallback
    const text = this.values[name]
    const found = known.find((one) => one === text)
    if (found === undefined) this.problem(name, `one of ${known.join(', ')}`)
    return found ?? known[0]!
  }
  /** A word nobody asked for is a slip of the pen, and its default would go unnoticed. */
  nothingElse(): void {
    for (const name of Object.keys(this.values)) if (!this.asked.has(name)) this.problem(name, 'not known')
  }
  private at(name: string): string {
    return this.path ? `${this.path}.${name}` : name
  }
}
