import { convertUnit } from './units.ts'
import { type MonitoredSign, monitoredSigns } from './vital-sign.ts'

/** The form of a batch on the wire. A batch of another form is refused whole. */
export const WIRE_SCHEMA = 1

/** Bounds of a batch: whoever sends more splits it. Design defaults. */
export const wireLimits = {
  textCharacters: 262_144,
  samples: 500,
  technical: 50,
  idCharacters: 64,
  wordCharacters: 80,
} as const

export const SAMPLE_QUALITIES = ['ok', 'questionable', 'invalid'] as const
export type SampleQuality = (typeof SAMPLE_QUALITIES)[number]

export const TECHNICAL_KINDS = [
  'lead-off',
  'probe-off',
  'cuff-fault',
  'low-battery',
  'device-fault',
  'self-test',
  'standby',
  'alarms-paused',
] as const
export type TechnicalKind = (typeof TECHNICAL_KINDS)[number]

/** How the device itself called the value: code system (LOINC, MDC or a vendor's), code, name. */
export type WireCoding = { readonly system: string; readonly code: string; readonly name?: string }

/** One value of one moment. Never a waveform. */
export type WireSample = {
  /** When it was measured, ISO 8601 with a zone, by the device's clock. */
  readonly measuredAt: string
  /** When the sender took it in, by the sender's clock. */
  readonly receivedAt: string
  readonly sign: MonitoredSign
  readonly value: number
  /** As the device gave it: UCUM, MDC or a common abbreviation. */
  readonly unit: string
  /** `ok` when absent. */
  readonly quality?: SampleQuality
  readonly source?: { readonly coding: WireCoding }
}

/** A state of the device, not of the person. */
export type WireTechnical = {
  readonly at: string
  readonly kind: TechnicalKind
  /** `start` when absent; `end` says that it is over. */
  readonly phase?: 'start' | 'end'
  readonly sign?: MonitoredSign
}

/**
 * What a bridge or a tablet sends: the values of one device since the batch before. `deviceId` and `sequence` name a
 * batch for ever: sent again it is the same batch, and a counter that begins anew needs another `run`.
 */
export type WireBatch = {
  readonly schema: typeof WIRE_SCHEMA
  readonly deviceId: string
  /** Which life of the counter `sequence` belongs to; absent when it has never begun anew. */
  readonly run?: string
  readonly sequence: number
  readonly sentAt: string
  readonly samples: readonly WireSample[]
  readonly technical?: readonly WireTechnical[]
}

/** A sample in canonical units with instants in epoch milliseconds. */
export type Sample = {
  /** The same sample has the same id however often it arrives: see `sampleId`. */
  readonly id: string
  /** Its place in the batch as sent, refused ones counted. */
  readonly index: number
  readonly measuredAtMs: number
  readonly receivedAtMs: number
  readonly sign: MonitoredSign
  readonly value: number
  /** UCUM. */
  readonly unit: string
  readonly quality: SampleQuality
  /** What the device said, where that was another unit. */
  readonly asSent?: { readonly value: number; readonly unit: string }
  readonly coding?: WireCoding
  /**
   * Said by whoever files the values, never on the wire: the device's clock is wrong by this (negative: behind), and
   * `measuredAtMs` is not its word.
   */
  readonly clockAheadMs?: number
}

export type TechnicalNotice = {
  readonly index: number
  readonly atMs: number
  readonly kind: TechnicalKind
  readonly phase: 'start' | 'end'
  readonly sign?: MonitoredSign
}

export type Batch = {
  readonly deviceId: string
  readonly run: string
  readonly sequence: number
  readonly sentAtMs: number
  readonly samples: readonly Sample[]
  readonly technical: readonly TechnicalNotice[]
}

export type WireProblemName =
  | 'not-an-object'
  | 'not-a-text'
  | 'not-an-instant'
  | 'not-a-number'
  | 'unknown-sign'
  | 'unknown-kind'
  | 'unknown-quality'
  | 'unknown-phase'
  | 'unknown-unit'
  | 'unit-of-another-kind'
  | 'fraction-above-one'
  | 'waveform'
  | 'too-long'

/** What is wrong with one sample or notice; the others of the batch are not lost. */
export type WireProblem = {
  readonly list: 'samples' | 'technical'
  readonly index: number
  readonly field: string
  readonly problem: WireProblemName
  readonly words: string
}

/** Why a batch as a whole is refused. Nothing of it was taken. */
export type BatchRefusal = {
  readonly reason:
    | 'not-json'
    | 'too-large'
    | 'not-an-object'
    | 'unknown-schema'
    | 'bad-device-id'
    | 'bad-run'
    | 'bad-sequence'
    | 'bad-sent-at'
    | 'bad-samples'
    | 'bad-technical'
    | 'too-many-samples'
    | 'too-many-technical'
  readonly words: string
}

export type ParsedBatch =
  | { readonly ok: true; readonly batch: Batch; readonly problems: readonly WireProblem[] }
  | { readonly ok: false; readonly refusal: BatchRefusal }

/**
 * The id of a sample by which a duplicate is known.
 * @param index place in the batch, from 0
 * @example sampleId('monitor-3', '', 41, 0) // 'monitor-3/41/0'; with a run 'monitor-3/a1/41/0'
 */
export function sampleId(deviceId: string, run: string, sequence: number, index: number): string {
  return run === '' ? `${deviceId}/${sequence}/${index}` : `${deviceId}/${run}/${sequence}/${index}`
}

/**
 * Reads a batch from JSON text.
 * @param text at most `wireLimits.textCharacters` long; longer is refused unread
 */
export function parseBatchText(text: string): ParsedBatch {
  if (text.length > wireLimits.textCharacters) {
    return refuse('too-large', `more than ${wireLimits.textCharacters} characters`)
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return refuse('not-json', 'not JSON')
  }
  return parseBatch(value)
}

/**
 * Reads a batch. A sample that cannot be read becomes a named problem with its place; every other one is kept. Only
 * what would make all of them doubtful (schema, device, sequence) refuses the whole.
 *
 * @param input what JSON gave, of any form
 * @returns samples in canonical units and the problems in their order, or why nothing was taken
 */
export function parseBatch(input: unknown): ParsedBatch {
  if (!isRecord(input)) return refuse('not-an-object', 'a batch is an object')
  if (input.schema !== WIRE_SCHEMA) return refuse('unknown-schema', `schema is not ${WIRE_SCHEMA}`)
  const { deviceId, run = '', sequence, samples, technical = [] } = input
  if (!isName(deviceId)) return refuse('bad-device-id', 'deviceId: 1 to 64 letters, figures, . _ : -')
  if (run !== '' && !isName(run)) return refuse('bad-run', 'run: 1 to 64 letters, figures, . _ : -')
  if (!Number.isSafeInteger(sequence) || (sequence as number) < 0) {
    return refuse('bad-sequence', 'sequence: a whole number from 0')
  }
  const sentAtMs = instantMs(input.sentAt)
  if (sentAtMs === undefined) return refuse('bad-sent-at', 'sentAt: an instant with a zone')
  if (!Array.isArray(samples)) return refuse('bad-samples', 'samples: a list')
  if (!Array.isArray(technical)) return refuse('bad-technical', 'technical: a list')
  if (samples.length > wireLimits.samples) {
    return refuse('too-many-samples', `more than ${wireLimits.samples} samples`)
  }
  if (technical.length > wireLimits.technical) {
    return refuse('too-many-technical', `more than ${wireLimits.technical} technical notices`)
  }

  const problems: WireProblem[] = []
  const collect = <T>(list: WireProblem['list'], index: number, read: T | Bad): T[] => {
    if (!(read instanceof Bad)) return [read]
    problems.push({ list, index, field: read.field, problem: read.problem, words: read.words })
    return []
  }
  const id = (index: number) => sampleId(deviceId, run as string, sequence as number, index)
  const batch: Batch = {
    deviceId,
    run: run as string,
    sequence: sequence as number,
    sentAtMs,
    samples: samples.flatMap((raw, index) => collect('samples', index, readSample(raw, index, id(index)))),
    technical: technical.flatMap((raw, index) => collect('technical', index, readTechnical(raw, index))),
  }
  return { ok: true, batch, problems }
}

/** What could not be read, and where. */
class Bad {
  readonly field: string
  readonly problem: WireProblemName
  readonly words: string
  constructor(field: string, problem: WireProblemName, words: string) {
    this.field = field
    this.problem = problem
    this.words = words
  }
}

function readSample(raw: unknown, index: number, id: string): Sample | Bad {
  if (!isRecord(raw)) return new Bad('', 'not-an-object', 'a sample is an object')
  const { sign, value, unit, quality = 'ok' } = raw
  if ('waveform' in raw || Array.isArray(value))
    return new Bad('value', 'waveform', 'waveforms are not taken')
  const measuredAtMs = instantMs(raw.measuredAt)
  if (measuredAtMs === undefined) return notAnInstant('measuredAt')
  const receivedAtMs = instantMs(raw.receivedAt)
  if (receivedAtMs === undefined) return notAnInstant('receivedAt')
  if (!isSign(sign)) return new Bad('sign', 'unknown-sign', `sign ${quote(sign)} is not known`)
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    return new Bad('value', 'not-a-number', `value ${quote(value)} is not a number`)
  }
  if (typeof unit !== 'string') return new Bad('unit', 'not-a-text', 'unit: a text')
  if (unit.length > wireLimits.wordCharacters) return new Bad('unit', 'too-long', 'unit: too long')
  if (!isOneOf(SAMPLE_QUALITIES, quality)) {
    return new Bad('quality', 'unknown-quality', `quality ${quote(quality)} is not known`)
  }
  const converted = convertUnit(sign, value, unit)
  if (!converted.ok) return new Bad('unit', converted.reason, converted.words)
  const coding = readCoding(raw.source)
  if (coding instanceof Bad) return coding
  return {
    id,
    index,
    measuredAtMs,
    receivedAtMs,
    sign,
    value: converted.value,
    unit: converted.unit,
    quality,
    ...(converted.value === value ? {} : { asSent: { value, unit } }),
    ...(coding ? { coding } : {}),
  }
}

function readCoding(source: unknown): WireCoding | undefined | Bad {
  if (source === undefined || source === null) return undefined
  const coding = isRecord(source) ? source.coding : undefined
  if (!isRecord(coding)) return new Bad('source', 'not-an-object', 'source: an object with coding')
  const { system, code, name } = coding
  for (const [field, text] of Object.entries({ system, code, name })) {
    if (field === 'name' && text === undefined) continue
    if (typeof text !== 'string') return new Bad(`source.coding.${field}`, 'not-a-text', `${field}: a text`)
    if (text.length > wireLimits.wordCharacters) {
      return new Bad(`source.coding.${field}`, 'too-long', `${field}: too long`)
    }
  }
  const known = { system: system as string, code: code as string }
  return name === undefined ? known : { ...known, name: name as string }
}

function readTechnical(raw: unknown, index: number): TechnicalNotice | Bad {
  if (!isRecord(raw)) return new Bad('', 'not-an-object', 'a technical notice is an object')
  const { kind, phase = 'start', sign } = raw
  const atMs = instantMs(raw.at)
  if (atMs === undefined) return notAnInstant('at')
  if (!isOneOf(TECHNICAL_KINDS, kind))
    return new Bad('kind', 'unknown-kind', `kind ${quote(kind)} is not known`)
  if (!isOneOf(['start', 'end'] as const, phase)) {
    return new Bad('phase', 'unknown-phase', `phase ${quote(phase)} is not known`)
  }
  if (sign !== undefined && !isSign(sign)) {
    return new Bad('sign', 'unknown-sign', `sign ${quote(sign)} is not known`)
  }
  return sign === undefined ? { index, atMs, kind, phase } : { index, atMs, kind, phase, sign }
}

const INSTANT = /^(\d{4})-(\d\d)-(\d\d)T\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/

/** Epoch milliseconds of an ISO 8601 instant with seconds and a zone; undefined for anything else, 30 February included. */
function instantMs(text: unknown): number | undefined {
  const found = typeof text === 'string' ? INSTANT.exec(text) : null
  if (!found) return undefined
  const [year, month, day] = [Number(found[1]), Number(found[2]), Number(found[3])]
  const daysInMonth = new Date(Date.UTC(year, month, 0)).getUTCDate()
  if (year < 2000 || month < 1 || month > 12 || day < 1 || day > daysInMonth) return undefined
  const ms = Date.parse(found[0])
  return Number.isFinite(ms) ? ms : undefined
}

function notAnInstant(field: string): Bad {
  return new Bad(field, 'not-an-instant', `${field}: an instant with seconds and a zone`)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isName(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value.length <= wireLimits.idCharacters &&
    /^[A-Za-z0-9][\w.:-]*$/.test(value)
  )
}

function isSign(value: unknown): value is MonitoredSign {
  return isOneOf(monitoredSigns, value)
}

function isOneOf<const T>(known: readonly T[], value: unknown): value is T {
  return (known as readonly unknown[]).includes(value)
}

/** A short piece of what was sent, for the words of a problem. */
function quote(value: unknown): string {
  return `"${String(typeof value === 'object' ? typeof value : value).slice(0, 40)}"`
}

function refuse(reason: BatchRefusal['reason'], words: string): ParsedBatch {
  return { ok: false, refusal: { reason, words } }
}
