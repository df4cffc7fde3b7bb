// npm run monitor -- --rooms 20 --speed 10: invented monitors that send HL7 v2 to a bridge (docs/guide/bridge.md).
import { writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { type MllpSender, openMllpSender } from './mllp-sender.ts'
import {
  createSimulatedMonitor,
  heartbeatMessage,
  SCENARIOS,
  type Scenario,
  STYLES,
  type Style,
  simulatedConfiguration,
  timeOfAnswer,
} from './simulated-monitor.ts'

const USAGE = `npm run monitor -- [options]
  --rooms 1            how many rooms, each with its own connection
  --speed 1            how many times faster the course of the session runs; times in messages stay true,
                       by the clock of whoever answers
  --seed 1             the same seed gives the same values
  --scenario calm      ${SCENARIOS.join(', ')}, or mixed: room after room the next one
  --style pcd          ${STYLES.join(', ')}, or mixed
  --host 127.0.0.1 --port 2575
  --interval 1000      milliseconds from message to message
  --count 0            stop after so many messages per room; 0: never
  --configuration FILE write a bridge's configuration for these rooms and stop; keys are looked for in keys/ beside it
  --server http://127.0.0.1:3000   the server that stands in it`

const { values } = parseArgs({
  options: {
    rooms: { type: 'string', default: '1' },
    speed: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
    scenario: { type: 'string', default: 'calm' },
    style: { type: 'string', default: 'pcd' },
    host: { type: 'string', default: '127.0.0.1' },
    port: { type: 'string', default: '2575' },
    interval: { type: 'string', default: '1000' },
    count: { type: 'string', default: '0' },
    configuration: { type: 'string' },
    server: { type: 'string' },
  },
})

function stop(words: string): never {
  console.error(`${words}\n\n${USAGE}`)
  process.exit(2)
}
function number(name: 'rooms' | 'speed' | 'seed' | 'port' | 'interval' | 'count', least: number): number {
  const given = Number(values[name])
  return Number.isFinite(given) && given >= least ? given : stop(`--${name}: a number from ${least}`)
}
function pick<T extends string>(name: 'scenario' | 'style', known: readonly T[]): readonly T[] {
  if (values[name] === 'mixed') return known
  return known.includes(values[name] as T) ? [values[name] as T] : stop(`--${name}: not known`)
}

const rooms = number('rooms', 1)
const speed = number('speed', 0.01)
const seed = number('seed', 0)
const port = number('port', 1)
const interval = number('interval', 1)
const count = number('count', 0)
const scenarios = pick<Scenario>('scenario', SCENARIOS)
const styles = pick<Style>('style', STYLES)
if (values.configuration !== undefined) {
  writeFileSync(
    values.configuration,
    `${JSON.stringify(simulatedConfiguration(rooms, values.server), null, 2)}\n`,
  )
  console.log(`npm run bridge -- --config ${values.configuration}`)
  process.exit(0)
}

/** How often the time is asked for. */
const ASK_EVERY_MS = 10_000
/** As a gateway does: some minutes are kept while nobody answers, then the oldest go. */
const KEPT = 600
const told = { answered: 0, refused: 0, lost: 0, away: 0 }
const started = Date.now()

async function run(room: number): Promise<void> {
  const monitor = createSimulatedMonitor({
    room,
    seed,
    scenario: scenarios[(room - 1) % scenarios.length]!,
    style: styles[(room - 1) % styles.length]!,
  })
  const waiting: string[] = []
  let sender: MllpSender | undefined
  let aheadMs: number | undefined
  let askedMs = Number.NEGATIVE_INFINITY
  async function askTheTime({ send }: MllpSender): Promise<void> {
    const ownMs = Date.now()
    const shownMs = timeOfAnswer(await send(heartbeatMessage(room, ownMs)))
    // An answer tells whole seconds, so less than that is no other time; its values are at most a second old.
    const farOff = shownMs !== undefined && Math.abs(shownMs - ownMs - (aheadMs ?? Infinity)) > 2_000
    if (farOff) aheadMs = shownMs - ownMs
    askedMs = ownMs
  }
  // Rooms do not all speak in the same millisecond.
  await sleep(((room - 1) * interval) / rooms)
  for (let tick = 0; count === 0 || tick < count || waiting.length > 0; tick += 1) {
    const now = Date.now()
    let failed = false
    try {
      sender ??= await openMllpSender(values.host, port)
      if (now - askedMs >= ASK_EVERY_MS) await askTheTime(sender)
    } catch {
      failed = true
    }
    if (count === 0 || tick < count)
      waiting.push(...monitor.messages(now + (aheadMs ?? 0), ((now - started) / 60_000) * speed))
    while (waiting.length > KEPT) {
      waiting.shift()
      told.lost += 1
    }
    try {
      if (failed || !sender) throw new Error('nobody answers')
      while (waiting.length > 0) {
        const answer = await sender.send(waiting[0]!)
        waiting.shift()
        if (/\rMSA\|[AC]A/.test(answer)) told.answered += 1
        else {
          told.refused += 1
          console.error(
            `room ${room}: ${/\rMSA\|[^\r]*/.exec(answer)?.[0].trim() ?? 'an answer without MSA'}`,
          )
        }
      }
    } catch {
      sender?.close()
      sender = undefined
      told.away += 1
    }
    await sleep(Math.max(0, interval - (Date.now() - now)))
  }
  sender?.close()
}

const tell = () =>
  console.log(
    `${told.answered} taken, ${told.refused} refused, ${told.lost} given up, ${told.away} times nobody answered`,
  )
setInterval(tell, 10_000).unref()
await Promise.all(Array.from({ length: rooms }, (_, index) => run(index + 1)))
tell()
