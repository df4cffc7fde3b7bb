// The load of bench/live.ts, a process of its own: monitors that post and screens that listen, on one clock.
import { quantile } from './figure.ts'

export type LoadOrder = {
  readonly url: string
  readonly cookie: string
  readonly listeners: number
  readonly seconds: number
  readonly devices: readonly { readonly wireName: string; readonly key: string; readonly sessionId: string }[]
  /** How far the clinic's clock is ahead of this one's. */
  readonly aheadMs: number
}

export type LoadReport = {
  readonly posted: number
  readonly values: number
  readonly refused: number
  readonly answerMs: { readonly p50: number; readonly p99: number }
  readonly sampleMs: {
    readonly p50: number
    readonly p99: number
    readonly heard: number
    readonly lost: number
  }
  /** From the fourth second of alarms on; those before it meet a server that still compares every log with what it read. */
  readonly alarmMs: {
    readonly p50: number
    readonly p99: number
    readonly heard: number
    readonly wanted: number
  }
  readonly firstAlarmMs: { readonly p50: number; readonly p99: number }
}

const SIGNS = [
  ['spo2Percent', 97, '%'],
  ['heartRatePerMin', 72, '/min'],
  ['respiratoryRatePerMin', 14, '/min'],
  ['temperatureCelsius', 36.8, 'Cel'],
  ['meanPressureMmHg', 92, 'mm[Hg]'],
] as const
/** How many of the monitors send one value beyond a limit, each once: first at this second, then three more in each. */
const ALARMS_FROM_S = 3
const ALARMS_PER_S = 3
/** Alarms of so many seconds are told apart: the server has just read every session anew. */
const FIRST_ALARMS_S = 3
/** The first seconds are not counted: the server has just started and compiles what it does. */
const WARM_UP_S = 3

if (process.send) {
  process.once('message', (order) => {
    void run(order as LoadOrder).then((report) => process.send!(report, () => process.exit(0)))
  })
}

async function run(order: LoadOrder): Promise<LoadReport> {
  const { url, cookie, devices, seconds, aheadMs } = order
  const sent = new Map<string, number>()
  const sampleMs: number[] = []
  const alarmSent = new Map<string, { startedMs: number; first: boolean }>()
  const alarmMs: number[] = []
  const firstAlarmMs: number[] = []
  const closing = new AbortController()
  let heard = 0
  for (let i = 0; i < order.listeners; i++) void listen()
  await new Promise((done) => setTimeout(done, 1_000))

  const answerMs: number[] = []
  let posted = 0
  let counted = 0
  let refused = 0
  const began = performance.now()
  await Promise.all(
    devices.map(async ({ wireName, key, sessionId }, i) => {
      for (let second = 0; second < seconds; second++) {
        const dueMs = began + second * 1000 + (i / devices.length) * 1000
        await new Promise((done) => setTimeout(done, Math.max(0, dueMs - performance.now())))
        const nowMs = Date.now() + aheadMs
        const red = second >= ALARMS_FROM_S && Math.floor(i / ALARMS_PER_S) === second - ALARMS_FROM_S
        const samples = [500, 0].flatMap((agoMs) =>
          SIGNS.map(([sign, value, unit], n) => ({
            measuredAt: new Date(nowMs - agoMs).toISOString(),
            receivedAt: new Date(nowMs).toISOString(),
            sign,
            value: red && n === 0 ? 86 : value + ((second + n) % 3) * 0.5,
            unit,
          })),
        )
        const body = JSON.stringify({
          schema: 1,
          deviceId: wireName,
          sequence: second,
          sentAt: new Date(nowMs).toISOString(),
          samples,
        })
        const startedMs = performance.now()
        if (second >= WARM_UP_S) {
          sent.set(`${sessionId}@${nowMs}`, startedMs)
          counted += 1
        }
        if (red) alarmSent.set(sessionId, { startedMs, first: second < ALARMS_FROM_S + FIRST_ALARMS_S })
        const response = await fetch(`${url}/devices/batches`, {
          method: 'POST',
          headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
          body,
        }).catch(() => undefined)
        await response?.text()
        if (second >= WARM_UP_S) answerMs.push(performance.now() - startedMs)
        posted += 1
        if (response?.status !== 200) refused += 1
      }
    }),
  )
  await new Promise((done) => setTimeout(done, 1_000))
  closing.abort()
  const wanted = counted * order.listeners
  return {
    posted,
    values: posted * 2 * SIGNS.length,
    refused,
    answerMs: both(answerMs),
    sampleMs: { ...both(sampleMs), heard, lost: wanted - heard },
    alarmMs: {
      ...both(alarmMs),
      heard: alarmMs.length + firstAlarmMs.length,
      wanted: alarmSent.size * order.listeners,
    },
    firstAlarmMs: both(firstAlarmMs),
  }

  async function listen(): Promise<void> {
    const response = await fetch(`${url}/live`, { headers: { cookie }, signal: closing.signal })
    const decoder = new TextDecoder()
    let text = ''
    try {
      for await (const chunk of response.body!) {
        const atMs = performance.now()
        text += decoder.decode(chunk as Uint8Array, { stream: true })
        const whole = text.split('\n\n')
        text = whole.pop()!
        for (const message of whole) take(message, atMs)
      }
    } catch {
      // Ended by us.
    }
  }

  function take(message: string, atMs: number): void {
    const data = /^data: (.*)$/m.exec(message)?.[1]
    if (!data) return
    if (message.startsWith('event: samples')) {
      const { sessions } = JSON.parse(data) as {
        sessions: Record<string, { spo2Percent?: { atMs: number } }>
      }
      for (const [sessionId, { spo2Percent }] of Object.entries(sessions)) {
        const startedMs = spo2Percent && sent.get(`${sessionId}@${spo2Percent.atMs}`)
        if (startedMs === undefined) continue
        heard += 1
        sampleMs.push(atMs - startedMs)
      }
    } else if (data.includes('"spo2-low-red"') && data.includes('"raised"')) {
      const sessionId = /"sessionId":"([0-9a-f-]{36})"/.exec(data)?.[1] ?? ''
      const sentAs = alarmSent.get(sessionId)
      if (sentAs) (sentAs.first ? firstAlarmMs : alarmMs).push(atMs - sentAs.startedMs)
    }
  }
}

function both(values: readonly number[]): { p50: number; p99: number } {
  return { p50: quantile(values, 0.5), p99: quantile(values, 0.99) }
}
