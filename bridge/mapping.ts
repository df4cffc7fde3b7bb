import {
  convertUnit,
  type MonitoredSign,
  signOfCode,
  type TechnicalKind,
  type WireCoding,
} from '@evenkeel/vital-signs'
import type { Hl7Message, Hl7Segment } from '@medplum/core'
import { componentOf, fieldText } from './hl7-text.ts'

/** What a monitor's words mean here: codes to signs, units, events, and which bed a message is about. All of it data of the configuration. */

/** A code of a vendor that stands for a sign. */
export type CodeMapping = {
  /** OBX-3.3, or OBX-3.6 for the second coding; absent: any system. */
  readonly system?: string
  /** OBX-3.1 or OBX-3.2. */
  readonly code: string
  readonly sign: MonitoredSign
  /** Taken when the message names no unit. */
  readonly unit?: string
}

/** An event code that tells of the device's own state. */
export type EventMapping = {
  readonly code: string
  readonly kind: TechnicalKind
  readonly sign?: MonitoredSign
}

/** How a device is known in messages: every attribute that is named must be as in the message, to the letter. */
export type DeviceMatch = {
  /** PV1-3 as written, for example `HO Surgery^OR^1`. */
  readonly location?: string
  /** MSH-3, first part. */
  readonly application?: string
  /** MSH-4, first part. */
  readonly facility?: string
  /** First part of OBX-18 of any row, or of OBR-3. */
  readonly equipment?: string
}

export type Device = {
  /** The name under which the server knows it. */
  readonly deviceId: string
  /** For people who read the log: "Room 3, chair by the window". */
  readonly room: string
  readonly match: DeviceMatch
  /** Zone of its clock, where it is another than the bridge's. */
  readonly zone?: string
  /** What to do with a value whose status says that there is none (OBX-11 `X`): some monitors write it on every value. */
  readonly statusX: 'refuse' | 'questionable'
}

export type Mapping = {
  readonly devices: readonly Device[]
  readonly codes: readonly CodeMapping[]
  readonly events: readonly EventMapping[]
  /** A unit as the monitor writes it → a unit that vital-signs understands. */
  readonly units: Readonly<Record<string, string>>
  /** Zone of clocks that name none: `+0530` or `America/Chicago`. */
  readonly zone: string
  /** What MSH-11 may say: `P` production, `T` training, `D` debugging. */
  readonly processing: readonly string[]
}

/**
 * Events of ISO/IEEE 11073-10101 that speak of the device. MDC_EVT_SENSOR_DISCONN was seen in a message; the others are written from memory:
 * check them against the monitor's own table, and add its events to the configuration.
 */
const KNOWN_EVENTS: readonly EventMapping[] = [
  { code: 'MDC_EVT_SENSOR_DISCONN', kind: 'probe-off' },
  { code: 'MDC_EVT_SENSOR_PROBE_DISCONN', kind: 'probe-off' },
  { code: 'MDC_EVT_LEAD_DISCONN', kind: 'lead-off' },
  { code: 'MDC_EVT_LEAD_OFF', kind: 'lead-off' },
  { code: 'MDC_EVT_LEADS_OFF', kind: 'lead-off' },
  { code: 'MDC_EVT_BATT_LO', kind: 'low-battery' },
  { code: 'MDC_EVT_STANDBY', kind: 'standby' },
]

/** The device a message is about, or why there is not exactly one. */
export function findDevice(
  message: Hl7Message,
  devices: readonly Device[],
): Device | 'unknown-device' | 'ambiguous-device' {
  const location = fieldText(message.getSegment('PV1'), 3).trim()
  const application = componentOf(message.header, 3).trim()
  const facility = componentOf(message.header, 4).trim()
  const equipment = new Set([
    ...message.getAllSegments('OBX').map((row) => componentOf(row, 18).trim()),
    ...message.getAllSegments('OBR').map((order) => componentOf(order, 3).trim()),
  ])
  const found = devices.filter(
    ({ match }) =>
      (match.location === undefined || match.location === location) &&
      (match.application === undefined || match.application === application) &&
      (match.facility === undefined || match.facility === facility) &&
      (match.equipment === undefined || equipment.has(match.equipment)),
  )
  if (found.length > 1) return 'ambiguous-device'
  return found[0] ?? 'unknown-device'
}

/** One coding of a field: system, code and name; a field carries up to two. */
export function codingsOf(segment: Hl7Segment, field: number): WireCoding[] {
  return [1, 4].flatMap((first) => {
    const [code, name, system] = [0, 1, 2].map((part) => componentOf(segment, field, first + part).trim())
    return code || name ? [{ code: code!, name: name!, system: system! }] : []
  })
}

export type FoundSign =
  | {
      readonly kind: 'sign'
      readonly sign: MonitoredSign
      readonly coding: WireCoding
      readonly unit?: string
    }
  | { readonly kind: 'unmapped' | 'codes-disagree' }

/**
 * The sign that a row's codings stand for. The configuration is asked first, then the table of vital-signs, with the code and, where the system is
 * MDC, with the name, since vendors put codes of their own before it. Codings that stand for two different signs are refused.
 */
export function findSign(codings: readonly WireCoding[], mapping: Pick<Mapping, 'codes'>): FoundSign {
  const found = codings.flatMap((coding) => {
    const own = mapping.codes.filter(
      ({ code, system }) =>
        (code === coding.code || code === coding.name) && (system === undefined || system === coding.system),
    )
    if (own.length > 0) return own.map(({ sign, unit }) => ({ sign, coding, unit }))
    const names = coding.system === 'MDC' ? [coding.code, coding.name ?? ''] : [coding.code]
    return names.flatMap((name) => {
      const sign = signOfCode(coding.system, name)
      return sign ? [{ sign, coding, unit: undefined }] : []
    })
  })
  const first = found[0]
  if (!first) return { kind: 'unmapped' }
  if (found.some(({ sign }) => sign !== first.sign)) return { kind: 'codes-disagree' }
  return { kind: 'sign', ...first }
}

export type FoundUnit =
  | { readonly unit: string }
  | { readonly problem: 'no-unit' | 'unknown-unit' | 'unit-of-another-kind' | 'units-disagree' }

/**
 * The unit of a value: the first of what OBX-6 names (code, name, second code, second name) that is understood for this sign. Where several are
 * understood they must mean the same value.
 */
export function findUnit(
  row: Hl7Segment,
  sign: MonitoredSign,
  value: number,
  fallback: string | undefined,
  units: Mapping['units'],
): FoundUnit {
  const named = [1, 2, 4, 5].map((part) => componentOf(row, 6, part).trim()).filter((text) => text !== '')
  const asked = named.length > 0 ? named : fallback === undefined ? [] : [fallback]
  if (asked.length === 0) return { problem: 'no-unit' }
  const tried = asked
    .map((unit) => (Object.hasOwn(units, unit) ? units[unit]! : unit))
    .map((unit) => ({ unit, converted: convertUnit(sign, value, unit) }))
  const understood = tried.flatMap(({ unit, converted }) =>
    converted.ok ? [{ unit, value: converted.value }] : [],
  )
  if (tried.some(({ converted }) => !converted.ok && converted.reason === 'unit-of-another-kind'))
    return { problem: understood.length > 0 ? 'units-disagree' : 'unit-of-another-kind' }
  const first = understood[0]
  if (!first) return { problem: 'unknown-unit' }
  return understood.some((other) => other.value !== first.value)
    ? { problem: 'units-disagree' }
    : { unit: first.unit }
}

/** What an event code says about the device; undefined when it speaks of the person or is not known. */
export function findEvent(
  codings: readonly WireCoding[],
  events: readonly EventMapping[],
): EventMapping | undefined {
  return [...events, ...KNOWN_EVENTS].find(({ code }) =>
    codings.some((coding) => coding.code === code || coding.name === code),
  )
}
