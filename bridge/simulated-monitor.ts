import { readHl7Time } from './hl7-time.ts'

/**
 * An invented monitor at an invented bed: what it measures along a session, and the HL7 v2 messages it would send. Pure and the same for the same
 * seed, so that tests know what must arrive. Values are made up for demonstration; they are no model of anybody.
 */

export const SCENARIOS = ['calm', 'hypertension', 'desaturation', 'probe-off', 'silence'] as const
export type Scenario = (typeof SCENARIOS)[number]

/** `pcd`: IHE PCD-01 with MDC codes, MDC units and zones. `plain`: codes and units as a vendor likes them, no zone, old version. */
export const STYLES = ['pcd', 'plain'] as const
export type Style = (typeof STYLES)[number]

/** What the monitor shows at one moment; a sign that is not measured at this moment is absent. */
export type MonitorValues = {
  readonly heartRatePerMin: number
  readonly respiratoryRatePerMin: number
  /** `null`: the probe is off. */
  readonly spo2Percent: number | null
  /** When the cuff has just measured. */
  readonly pressure?: {
    readonly systolicMmHg: number
    readonly diastolicMmHg: number
    readonly meanMmHg: number
  }
}

/** Bounds of the invented events, in minutes of the session's course. */
const RISE = { from: 8, top: 25, until: 60 }
const DIP = { from: 12, until: 15 }
const GONE = { from: 10, until: 13 }
const CUFF_EVERY_MINUTES = 5

export type SimulatedMonitor = {
  /** PV1-3 of its messages. */
  readonly location: string
  /**
   * The messages due at an instant; usually one, none while it is silent, two when the probe comes off or on again.
   *
   * @param atMs true time of the measurement, as written into the message.
   * @param minute minute of the session's course; must not fall from call to call.
   */
  messages(atMs: number, minute: number): string[]
}

/**
 * @param options.room number of the room, from 1; rooms of one seed differ.
 * @param options.seed any whole number.
 */
export function createSimulatedMonitor(options: {
  readonly room: number
  readonly seed: number
  readonly scenario: Scenario
  readonly style: Style
}): SimulatedMonitor {
  const { room, scenario, style } = options
  const location = roomLocation(room)
  const random = seeded(options.seed * 7919 + room)
  const base = {
    heart: 62 + random() * 20,
    breath: 12 + random() * 4,
    spo2: 96.5 + random() * 2.5,
    systolic: 112 + random() * 20,
  }
  const noise = { heart: 0, breath: 0, spo2: 0 }
  let sent = 0
  let lastCuff = Number.NEGATIVE_INFINITY
  let probeOff = false

  function measure(minute: number): MonitorValues {
    for (const name of ['heart', 'breath', 'spo2'] as const)
      noise[name] = noise[name] * 0.9 + (random() - 0.5)
    const rise = scenario === 'hypertension' ? hill(minute, RISE) * 62 : hill(minute, RISE) * 14
    const dip = scenario === 'desaturation' && minute >= DIP.from && minute < DIP.until ? 10 : 0
    const isOff = scenario === 'probe-off' && minute >= GONE.from && minute < GONE.until
    const measured = {
      heartRatePerMin: Math.round(base.heart + rise / 4 + noise.heart * 2),
      respiratoryRatePerMin: Math.round(base.breath + noise.breath),
      spo2Percent: isOff ? null : Math.min(100, Math.round(base.spo2 - dip + noise.spo2 / 2)),
    }
    if (minute - lastCuff < CUFF_EVERY_MINUTES) return measured
    lastCuff = minute
    const systolicMmHg = Math.round(base.systolic + rise + noise.heart)
    const diastolicMmHg = Math.round(systolicMmHg * 0.63)
    const meanMmHg = Math.round((systolicMmHg + 2 * diastolicMmHg) / 3)
    return { ...measured, pressure: { systolicMmHg, diastolicMmHg, meanMmHg } }
  }

  return {
    location,
    messages(atMs, minute) {
      const values = measure(minute)
      if (scenario === 'silence' && minute >= GONE.from && minute < GONE.until) return []
      const number = () => `${location.replaceAll('^', '-')}-${atMs}-${++sent}`
      const isOff = values.spo2Percent === null
      const changed = isOff !== probeOff
      probeOff = isOff
      return [
        ...(changed ? [sensorMessage(location, atMs, number(), isOff)] : []),
        style === 'pcd'
          ? pcdMessage(location, atMs, number(), values)
          : plainMessage(location, atMs, number(), values),
      ]
    },
  }
}

/** PV1-3 of a simulated room: `SIM^^ROOM-03`. */
function roomLocation(room: number): string {
  return `SIM^^ROOM-${String(room).padStart(2, '0')}`
}

/** 0 outside, 1 at the top, straight between. */
function hill(minute: number, { from, top, until }: typeof RISE): number {
  if (minute <= from || minute >= until) return 0
  return minute < top ? (minute - from) / (top - from) : (until - minute) / (until - top)
}

/** A small generator of numbers from 0 to 1 (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** `20261123150000.250` in UTC. */
function stamp(atMs: number): string {
  return new Date(atMs).toISOString().replaceAll(/[-:TZ]/g, '')
}

function pcdMessage(location: string, atMs: number, number: string, values: MonitorValues): string {
  const at = `${stamp(atMs)}+0000`
  const rows = [
    ['69965^MDC_DEV_MON_PHYSIO_MULTI_PARAM_MDS^MDC', '1.0.0.0', '', '', 'X'],
    [
      '147842^MDC_ECG_CARD_BEAT_RATE^MDC',
      '1.1.1.1',
      `${values.heartRatePerMin}`,
      '264864^MDC_DIM_BEAT_PER_MIN^MDC',
      'R',
    ],
    [
      '151562^MDC_RESP_RATE^MDC',
      '1.1.2.1',
      `${values.respiratoryRatePerMin}`,
      '264928^MDC_DIM_RESP_PER_MIN^MDC',
      'R',
    ],
    values.spo2Percent === null
      ? ['150456^MDC_PULS_OXIM_SAT_O2^MDC', '1.2.1.1', '', '262688^MDC_DIM_PERCENT^MDC', 'X']
      : [
          '150456^MDC_PULS_OXIM_SAT_O2^MDC',
          '1.2.1.1',
          `${values.spo2Percent}`,
          '262688^MDC_DIM_PERCENT^MDC',
          'R',
        ],
    ...pressureRows(values).map(([code, name, value], index) => [
      `${code}^${name}^MDC`,
      `1.3.1.${index + 1}`,
      `${value}`,
      '266016^MDC_DIM_MMHG^MDC',
      'R',
    ]),
  ]
  return [
    `MSH|^~\\&|SIM_GATEWAY^0000000000000001^EUI-64|Simulated|||${at}||ORU^R01^ORU_R01|${number}|P|2.6|||AL|NE||UNICODE UTF-8|||IHE_PCD_001^IHE PCD^1.3.6.1.4.1.19376.1.6.1.1.1^ISO`,
    'PID|||SIM^^^Simulated^MR||Invented^Person',
    `PV1||I|${location}`,
    `OBR|1|${number}|${number}|69965^MDC_DEV_MON_PHYSIO_MULTI_PARAM_MDS^MDC|||${at}`,
    ...rows.map(
      ([code, place, value, unit, status], index) =>
        `OBX|${index + 1}|${value === '' ? '' : 'NM'}|${code}|${place}|${value}|${unit}|||||${status}|||${at}`,
    ),
  ].join('\r')
}

function plainMessage(location: string, atMs: number, number: string, values: MonitorValues): string {
  const at = stamp(atMs).slice(0, 14)
  const rows = [
    ['HR', `${values.heartRatePerMin}`, 'bpm'],
    ['RR', `${values.respiratoryRatePerMin}`, 'rpm'],
    ['SPO2', values.spo2Percent === null ? '' : `${values.spo2Percent}`, '%'],
    ...(values.pressure
      ? [
          ['NBPS', `${values.pressure.systolicMmHg}`, 'mmHg'],
          ['NBPD', `${values.pressure.diastolicMmHg}`, 'mmHg'],
          ['NBPM', `${values.pressure.meanMmHg}`, 'mmHg'],
        ]
      : []),
  ]
  return [
    `MSH|^~\\&|SIMPLAIN|Simulated|||${at}||ORU^R01|${number}|P|2.3`,
    'PID|||SIM||Invented^Person',
    `PV1||I|${location}`,
    `OBR|1|||VITALS|||${at}`,
    ...rows.map(
      ([code, value, unit], index) => `OBX|${index + 1}|NM|${code}^^SIM||${value}|${unit}|||||F|||${at}`,
    ),
  ].join('\r')
}

function pressureRows({ pressure }: MonitorValues): [string, string, number][] {
  if (!pressure) return []
  return [
    ['150021', 'MDC_PRESS_BLD_NONINV_SYS', pressure.systolicMmHg],
    ['150022', 'MDC_PRESS_BLD_NONINV_DIA', pressure.diastolicMmHg],
    ['150023', 'MDC_PRESS_BLD_NONINV_MEAN', pressure.meanMmHg],
  ]
}

/** PCD-04: the finger probe came off, or is on again. Both styles say it so. */
function sensorMessage(location: string, atMs: number, number: string, isOff: boolean): string {
  const at = `${stamp(atMs)}+0000`
  const [phase, state] = isOff ? ['start', 'active'] : ['end', 'inactive']
  return [
    `MSH|^~\\&|SIM_GATEWAY^0000000000000001^EUI-64|Simulated|||${at}||ORU^R40^ORU_R40|${number}|P|2.6|||AL|NE`,
    `PV1||I|${location}`,
    `OBR|1|${number}|${number}|196616^MDC_EVT_ALARM^MDC|||${at}`,
    'OBX|1|ST|196916^MDC_EVT_SENSOR_DISCONN^MDC|1.2.1.1|SpO2 probe off||||||F',
    `OBX|2|ST|68481^MDC_ATTR_EVENT_PHASE^MDC|1.2.1.2|${phase}||||||F`,
    `OBX|3|ST|68482^MDC_ATTR_ALARM_STATE^MDC|1.2.1.3|${state}||||||F`,
  ].join('\r')
}

/**
 * Says that the monitor is there and measures nothing. Whoever answers says what time it is, and a ward's monitors go by one clock.
 *
 * @param atMs by the monitor's own clock
 */
export function heartbeatMessage(room: number, atMs: number): string {
  const at = `${stamp(atMs)}+0000`
  const number = `${roomLocation(room).replaceAll('^', '-')}-${atMs}-0`
  return [
    `MSH|^~\\&|SIM_GATEWAY^0000000000000001^EUI-64|Simulated|||${at}||ORU^R40^ORU_R40|${number}|P|2.6|||AL|NE`,
    `PV1||I|${roomLocation(room)}`,
    `OBR|1|${number}|${number}|196616^MDC_EVT_ALARM^MDC|||${at}`,
    'OBX|1|ST|68483^MDC_EVT_WATCHDOG^MDC|1.0.0.0|here||||||F',
  ].join('\r')
}

/** What the clock of whoever answered shows (MSH-7 of the answer), in milliseconds; undefined when the answer says no instant. */
export function timeOfAnswer(answer: string): number | undefined {
  const written = readHl7Time(/^MSH\|(?:[^|\r]*\|){5}([^|\r]*)/.exec(answer)?.[1] ?? '')
  if (typeof written === 'string' || written.offsetMinutes === undefined) return undefined
  return written.wallMs - written.offsetMinutes * 60_000
}

/**
 * A bridge's configuration for simulated rooms, with the codes of the plain style. Keys are files to be filled with what the server gave for
 * each device. It goes by the server's clock, since a demonstration's may show another day.
 *
 * @param url of the server
 */
export function simulatedConfiguration(rooms: number, url = 'http://127.0.0.1:3000'): object {
  return {
    listen: { host: '127.0.0.1', port: 2575 },
    server: { url },
    clock: 'server',
    spool: { folder: 'spool' },
    zone: 'UTC',
    devices: Array.from({ length: rooms }, (_, index) => {
      const room = String(index + 1).padStart(2, '0')
      return {
        deviceId: `sim-${room}`,
        room: `Simulated room ${room}`,
        match: { location: roomLocation(index + 1) },
        keyFile: `keys/sim-${room}`,
      }
    }),
    codes: [
      { system: 'SIM', code: 'HR', sign: 'heartRatePerMin' },
      { system: 'SIM', code: 'RR', sign: 'respiratoryRatePerMin' },
      { system: 'SIM', code: 'SPO2', sign: 'spo2Percent' },
      { system: 'SIM', code: 'NBPS', sign: 'systolicMmHg' },
      { system: 'SIM', code: 'NBPD', sign: 'diastolicMmHg' },
      { system: 'SIM', code: 'NBPM', sign: 'meanPressureMmHg' },
    ],
    events: [{ code: 'MDC_EVT_SENSOR_DISCONN', kind: 'probe-off', sign: 'spo2Percent' }],
  }
}
