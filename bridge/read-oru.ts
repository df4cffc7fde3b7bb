import type {
  MonitoredSign,
  SampleQuality,
  WireCoding,
  WireSample,
  WireTechnical,
} from '@evenkeel/vital-signs'
import type { Hl7Message, Hl7Segment } from '@medplum/core'
import { componentOf, fieldText, parseHl7, type TextProblem } from './hl7-text.ts'
import { measuredAt } from './hl7-time.ts'
import { codingsOf, type Device, findDevice, findEvent, findSign, findUnit, type Mapping } from './mapping.ts'

/** What a message says: readings with units and instants, or a name for why there are none. Pure; names of people are never read. */

/** Why one row gave no reading. */
export const ROW_REASONS = [
  'unmapped',
  'codes-disagree',
  'no-value',
  'repeated-value',
  'not-a-number',
  'waveform',
  'no-unit',
  'unknown-unit',
  'unit-of-another-kind',
  'units-disagree',
  'no-result',
  'withdrawn',
  'not-measured',
  'unknown-status',
  'not-of-a-person',
  'outside-order',
  'time-unreadable',
  'time-too-coarse',
] as const
export type RowReason = (typeof ROW_REASONS)[number]

export type RowRefusal = {
  /** Place among the message's OBX rows, from 1. */
  readonly row: number
  /** OBX-3 as far as it names something: code or name. */
  readonly code: string
  readonly reason: RowReason
}

/** Why a whole message gave nothing. */
export type MessageRefusal =
  | TextProblem
  | 'no-control-id'
  | 'not-observations'
  | 'pump-event'
  | 'alarm-not-taken'
  | 'not-production'
  | 'several-patients'
  | 'unknown-device'
  | 'ambiguous-device'
  | 'no-observations'
  | 'no-readings'

export type ReadMessage =
  | {
      readonly kind: 'readings'
      readonly device: Device
      readonly samples: readonly WireSample[]
      readonly technical: readonly WireTechnical[]
      readonly rows: readonly RowRefusal[]
      /** How many readings have the configured zone because the message names none. */
      readonly zoneAssumed: number
    }
  /** The monitor or its gateway says that it is there; nothing was measured. */
  | { readonly kind: 'heartbeat' }
  /** An answer to somebody; it is never answered. */
  | { readonly kind: 'acknowledgement' }
  | { readonly kind: 'refused'; readonly reason: MessageRefusal; readonly rows: readonly RowRefusal[] }

/**
 * Reads one message.
 *
 * - ORU^R01: each OBX row whose code, unit, status and time are understood is one sample; every other row has a name for why not.
 * - ORU^R40: a heartbeat, a state of the device, or a patient alarm, which is refused: a value inside an alarm is never filed as a reading,
 *   and limits are judged here from the readings themselves.
 * - everything else is refused by name.
 *
 * @param message parsed, or what `parseHl7` had against it.
 * @param receivedAtMs when its last byte came.
 */
export function readMessage(
  message: Hl7Message | TextProblem,
  mapping: Mapping,
  receivedAtMs: number,
): ReadMessage {
  if (typeof message === 'string') return refused(message)
  const header = message.header
  const [type, event] = [componentOf(header, 9, 1), componentOf(header, 9, 2)]
  if (type === 'ACK' || message.getSegment('MSA')) return { kind: 'acknowledgement' }
  if (type === 'ORU' && event === 'R42') return refused('pump-event')
  if (type !== 'ORU' || (event !== 'R01' && event !== 'R40')) return refused('not-observations')
  // Without it no answer can be told from another.
  if (componentOf(header, 10).trim() === '') return refused('no-control-id')
  if (event === 'R40' && isHeartbeat(message)) return { kind: 'heartbeat' }
  if (!mapping.processing.includes(componentOf(header, 11))) return refused('not-production')
  if (message.getAllSegments('PID').length > 1) return refused('several-patients')
  if (message.getAllSegments('OBX').length === 0) return refused('no-observations')
  const device = findDevice(message, mapping.devices)
  if (typeof device === 'string') return refused(device)
  return event === 'R40'
    ? readAlarm(message, device, mapping)
    : readObservations(message, device, mapping, receivedAtMs)
}

/** The same from text; the way files are read in tests and by `explain`. */
export function readText(text: string, mapping: Mapping, receivedAtMs: number): ReadMessage {
  return readMessage(parseHl7(text), mapping, receivedAtMs)
}

function refused(reason: MessageRefusal, rows: readonly RowRefusal[] = []): ReadMessage {
  return { kind: 'refused', reason, rows }
}

function readObservations(
  message: Hl7Message,
  device: Device,
  mapping: Mapping,
  receivedAtMs: number,
): ReadMessage {
  const samples: WireSample[] = []
  const rows: RowRefusal[] = []
  const receivedAt = new Date(receivedAtMs).toISOString()
  let zoneAssumed = 0
  let order: Hl7Segment | undefined
  let row = 0
  for (const segment of message.segments) {
    if (segment.name === 'OBR') order = segment
    if (segment.name !== 'OBX') continue
    row += 1
    if (isContainment(segment)) continue
    const read = readRow(segment, order, message.header, device, mapping)
    if (typeof read === 'string') {
      const { code, name } = codingsOf(segment, 3)[0] ?? { code: '', name: '' }
      rows.push({ row, code: name || code, reason: read })
    } else {
      const { assumed, ...sample } = read
      if (assumed) zoneAssumed += 1
      samples.push({ ...sample, receivedAt })
    }
  }
  if (samples.length === 0) return refused('no-readings', rows)
  return { kind: 'readings', device, samples, technical: [], rows, zoneAssumed }
}

/** Rows that name the parts of the device (MDS, VMD, channel) and hold no value. */
function isContainment(row: Hl7Segment): boolean {
  return (
    fieldText(row, 5).trim() === '' &&
    codingsOf(row, 3).some(({ name = '', code }) => /^MDC_DEV_/.test(name || code))
  )
}

type RowReading = Omit<WireSample, 'receivedAt'> & { readonly assumed: boolean }

function readRow(
  row: Hl7Segment,
  order: Hl7Segment | undefined,
  header: Hl7Segment,
  device: Device,
  mapping: Mapping,
): RowReading | RowReason {
  if (!order) return 'outside-order'
  const isWave = codingsOf(order, 4)
    .concat(codingsOf(order, 3))
    .some(({ name, code }) => (name || code) === 'MDC_OBS_WAVE_CTS')
  const valueType = componentOf(row, 2).trim()
  if (isWave || valueType === 'NA' || valueType === 'MA') return 'waveform'
  const found = findSign(codingsOf(row, 3), mapping)
  if (found.kind !== 'sign') return found.kind
  const status = statusOf(row, device)
  const takenBack = status === 'withdrawn'
  if (status !== 'ok' && status !== 'questionable' && !takenBack) return status
  const flags = fieldText(row, 8).split('~')
  if (flags.some((flag) => /^(DEMO|TEST|CALIB)/.test(flag))) return 'not-of-a-person'
  const value = readNumber(row, valueType)
  // Without the figure there is nothing that could be sent: none is made up.
  if (typeof value === 'string') return takenBack ? 'withdrawn' : value
  if (flags.includes('NAV')) return 'no-result'
  const unit = findUnit(row, found.sign, value, found.unit, mapping.units)
  if ('problem' in unit) return unit.problem
  const at = measuredAt(
    { obx14: fieldText(row, 14), obr7: fieldText(order, 7), msh7: fieldText(header, 7) },
    device.zone ?? mapping.zone,
  )
  if (typeof at === 'string') return at
  const quality: SampleQuality =
    takenBack || flags.includes('INV')
      ? 'invalid'
      : flags.includes('QUES') || status === 'questionable'
        ? 'questionable'
        : 'ok'
  return {
    measuredAt: new Date(at.atMs).toISOString(),
    sign: found.sign,
    value,
    unit: unit.unit,
    ...(quality === 'ok' ? {} : { quality }),
    source: { coding: shortened(found.coding) },
    assumed: at.zoneAssumed,
  }
}

/** A coding within the wire's bounds of words. */
function shortened({ system, code, name }: WireCoding): WireCoding {
  const cut = (text: string) => text.replaceAll(/\p{Cc}/gu, ' ').slice(0, 80)
  return { system: cut(system), code: cut(code), ...(name ? { name: cut(name) } : {}) }
}

/** A value as the monitor wrote it; nothing is guessed out of `<70`, `- 5`, `120,5` or two values in one row. */
function readNumber(row: Hl7Segment, valueType: string): number | RowReason {
  const text = fieldText(row, 5).trim()
  if (text === '' || text === '""') return 'no-value'
  if (!['NM', 'ST', 'SN', 'TX', ''].includes(valueType)) return 'not-a-number'
  if (text.includes('~')) return 'repeated-value'
  // A structured numeric without comparator and without second figure: `^88`.
  const plain = valueType === 'SN' ? /^=?\^([^^]+)$/.exec(text)?.[1] : text
  return plain !== undefined && /^[+-]?\d{1,9}(\.\d{1,9})?$/.test(plain) ? Number(plain) : 'not-a-number'
}

/**
 * OBX-11, table 0085. `R` (entered, not verified) is what monitors send and means no more than that no person looked. A value under `X` ("results
 * cannot be obtained") contradicts itself: it is refused, unless the configuration says that this device writes it on everything. `D` (deleted) and
 * `W` (wrong) take back what was sent for that instant: it goes on as invalid, and what stands there is not believed any more.
 */
function statusOf(row: Hl7Segment, device: Device): 'ok' | 'questionable' | RowReason {
  const status = componentOf(row, 11).trim()
  if (['F', 'R', 'C', 'U', 'A', 'V', 'B'].includes(status)) return 'ok'
  if (['P', 'S', ''].includes(status)) return 'questionable'
  if (status === 'X') return device.statusX === 'questionable' ? 'questionable' : 'no-result'
  if (status === 'D' || status === 'W') return 'withdrawn'
  if (['I', 'N', 'O'].includes(status)) return 'not-measured'
  return 'unknown-status'
}

/** What an alarm message is about: the codings of OBX-3, and of OBX-5 where OBX-3 only says "alarm". */
function eventCodings(message: Hl7Message): WireCoding[] {
  return message.getAllSegments('OBX').flatMap((row) => {
    const codings = codingsOf(row, 3)
    const isAlarm = codings.some(({ name, code }) => name === 'MDC_EVT_ALARM' || code === '196616')
    return isAlarm ? codingsOf(row, 5) : codings
  })
}

function isHeartbeat(message: Hl7Message): boolean {
  const names = eventCodings(message).map(({ name, code }) => name || code)
  return names.some((name) => name === 'MDC_EVT_WATCHDOG' || name === 'MDC_EVT_ACTIVE')
}

function readAlarm(message: Hl7Message, device: Device, mapping: Mapping): ReadMessage {
  const event = findEvent(eventCodings(message), mapping.events)
  if (!event) return refused('alarm-not-taken')
  const rows = message.getAllSegments('OBX')
  const order = message.getSegment('OBR')
  const saying = (name: string) => {
    const row = rows.find((one) => codingsOf(one, 3).some((coding) => coding.name === name))
    return row ? componentOf(row, 5).trim() : ''
  }
  const at = measuredAt(
    { obx14: '', obr7: fieldText(order, 7), msh7: fieldText(message.header, 7) },
    device.zone ?? mapping.zone,
  )
  if (typeof at === 'string') return refused('alarm-not-taken', [{ row: 1, code: event.code, reason: at }])
  const over = saying('MDC_ATTR_EVENT_PHASE') === 'end' || saying('MDC_ATTR_ALARM_STATE') === 'inactive'
  const sign: MonitoredSign | undefined = event.sign
  return {
    kind: 'readings',
    device,
    samples: [],
    technical: [
      {
        at: new Date(at.atMs).toISOString(),
        kind: event.kind,
        phase: over ? 'end' : 'start',
        ...(sign ? { sign } : {}),
      },
    ],
    rows: [],
    zoneAssumed: at.zoneAssumed ? 1 : 0,
  }
}
