import {
  type AlarmState,
  type Batch,
  defaultAlarmConfig,
  defaultLimits,
  interpret,
  type MonitoredSign,
  newAlarmState,
  type Sample,
  sampleId,
  step,
} from '../packages/vital-signs/src/index.ts'
import { type Figure, type Measure, median, quantile } from './figure.ts'

const START_MS = Date.parse('2026-11-22T15:00:00.000Z')
const ROOMS = 300
/** Ten values a second in each room; now and then one beyond a limit, so that alarms come and go. */
const VALUES: readonly (readonly [MonitoredSign, number, number])[] = [
  ['heartRatePerMin', 74, 3],
  ['heartRatePerMin', 75, 3],
  ['spo2Percent', 97, 1],
  ['spo2Percent', 97, 1],
  ['respiratoryRatePerMin', 14, 2],
  ['systolicMmHg', 128, 4],
  ['diastolicMmHg', 80, 3],
  ['meanPressureMmHg', 96, 3],
  ['temperatureCelsius', 36.8, 0.1],
  ['heartRatePerMin', 74, 3],
]

function batchOf(room: number, second: number): Batch {
  const deviceId = `monitor-${room}`
  const atMs = START_MS + second * 1_000
  const bad = (room * 31 + second) % 120 < 4
  const samples = VALUES.map(([sign, middle, width], index): Sample => {
    const beyond = bad && sign === 'spo2Percent' ? -8 : 0
    const value = middle + beyond + (((room * 7 + second * 13 + index * 5) % 21) / 10 - 1) * width
    const id = sampleId(deviceId, '', second, index)
    return { id, index, measuredAtMs: atMs, receivedAtMs: atMs, sign, value, unit: '', quality: 'ok' }
  })
  return { deviceId, run: '', sequence: second, sentAtMs: atMs, samples, technical: [] }
}

/** One second of the whole clinic, in milliseconds. `lagS`: every other batch of a room comes so much after the next. */
function clinicSecond(states: AlarmState[], second: number, lagS: number): number {
  const batches = Array.from({ length: ROOMS }, (_, room) =>
    batchOf(room, lagS > 0 && second % 2 === 0 && second >= lagS ? second - lagS : second + 1),
  )
  const nowMs = START_MS + (second + 1) * 1_000
  const started = performance.now()
  for (let room = 0; room < ROOMS; room++) {
    const input = { kind: 'batch', batch: batches[room]!, arrivedAtMs: nowMs } as const
    states[room] = step(states[room]!, input, defaultAlarmConfig, nowMs).state
  }
  return performance.now() - started
}

/** How fast alarms take what 300 monitors send: ten values each, every second, in order and with batches that overtake each other. */
export const measure: Measure = async ({ smoke }) => {
  const seconds = smoke ? 20 : 300
  const empty = () => Array.from({ length: ROOMS }, () => newAlarmState(defaultAlarmConfig, START_MS))
  const states = empty()
  const inOrder: number[] = []
  for (let second = 0; second < seconds; second++) inOrder.push(clinicSecond(states, second, 0))
  const overtaken = empty()
  const outOfOrder: number[] = []
  for (let second = 0; second < (smoke ? 20 : 100); second++) {
    outOfOrder.push(clinicSecond(overtaken, second, 3))
  }
  const judged: number[] = []
  for (let second = 0; second < 20; second++) {
    const batches = Array.from({ length: ROOMS }, (_, room) => batchOf(room, second))
    const started = performance.now()
    for (const { samples } of batches) {
      for (const { sign, value } of samples) interpret({ [sign]: value }, defaultLimits)
    }
    judged.push(performance.now() - started)
  }
  const perSecond = (ms: readonly number[]) => (ROOMS * 1_000) / median(ms.slice(5))
  const characters = states.map((state) => JSON.stringify(state).length)
  const figures: Figure[] = [
    {
      name: 'batches of 10 values taken by the alarms, in order',
      unit: 'batches/s',
      ours: perSecond(inOrder),
      peer: { name: 'the same values only judged by the limits, no life', value: perSecond(judged) },
      how: `median second of ${seconds}, ${ROOMS} rooms, one thread; the clinic needs ${ROOMS}/s`,
    },
    {
      name: 'the same, every second batch three seconds late',
      unit: 'batches/s',
      ours: perSecond(outOfOrder),
      how: 'the window is folded anew for each late one',
    },
    {
      name: 'one second of the clinic, slowest of a hundred',
      unit: 'ms',
      ours: quantile(inOrder.slice(5), 0.99),
      how: 'p99, folding for good included',
    },
    {
      name: 'state of one room as text, largest',
      unit: 'kB',
      ours: Math.max(...characters) / 1_000,
      how: `after ${seconds} s; from 75 s on it does not grow`,
    },
  ]
  return figures
}
