// node bridge/main.ts --config FILE: takes what monitors say over MLLP and delivers it to the server (docs/guide/bridge.md).
import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { type BridgeReport, openBridge, readBridgeFile } from './bridge.ts'
import { explain } from './explain.ts'
import type { After } from './mllp.ts'
import { openServerClock } from './server-clock.ts'

const { values } = parseArgs({ options: { config: { type: 'string' }, explain: { type: 'string' } } })
if (!values.config) {
  console.error(`npm run bridge -- --config FILE.json   (docs/guide/bridge.md shows one)
npm run bridge -- --config FILE.json --explain MESSAGES.hl7   says what would become of them`)
  process.exit(2)
}
const read = await readBridgeFile(values.config, process.env)
if (!read.ok) {
  for (const problem of read.problems) console.error(problem)
  process.exit(2)
}
if (values.explain) {
  const messages = await readFile(values.explain)
  for (const line of explain(messages, read.configuration.mapping, Date.now())) console.log(line)
  process.exit(0)
}

const say = (line: object) => console.log(JSON.stringify({ at: new Date().toISOString(), ...line }))

/** Lines of JSON. Of what is the same but for its number, the first in a minute is told at once and the rest as a count. */
const counts = new Map<string, number>()
const count = (what: string, by = 1) => counts.set(what, (counts.get(what) ?? 0) + by)
function report(said: BridgeReport): void {
  if (said.what === 'broken') {
    const error = said.error instanceof Error ? said.error.stack : 'unknown'
    if (!counts.has('broken')) say({ what: 'broken', error })
    return void count('broken')
  }
  if ('rows' in said) for (const [reason, rows] of Object.entries(said.rows)) count(`rows ${reason}`, rows)
  if (said.what === 'taken') {
    if (said.zoneAssumed > 0) count('zone-assumed')
    return void count(`taken ${said.deviceId}`)
  }
  if (said.what === 'delivered' || said.what === 'heartbeat') return void count(said.what)
  const about = 'deviceId' in said ? said.deviceId : 'address' in said ? said.address : ''
  const key = `${said.what} ${said.reason} ${about}`.trim()
  // A batch that the server will never take is told each time: there is a line of it in refused.jsonl.
  if (said.what === 'refused' || !counts.has(key)) say(said)
  // Strangers may come from many addresses; their names are not collected without end.
  if (counts.size < 1000) count(key)
}
setInterval(() => {
  if (counts.size > 0) say({ what: 'minute', waiting: bridge.waiting, ...Object.fromEntries(counts) })
  counts.clear()
}, 60_000).unref()

const after: After = (ms, run) => {
  const timer = setTimeout(run, ms)
  return () => clearTimeout(timer)
}
// Nothing is taken in before it is known what time it is.
let toldWhy = ''
const clock =
  read.configuration.clock === 'server' &&
  (await openServerClock({
    url: read.configuration.server.url,
    key: [...read.keys.values()][0]!,
    after,
    now: Date.now,
    report(reason) {
      if (reason !== toldWhy) say({ what: 'clock', reason })
      toldWhy = reason
    },
  }))
const bridge = await openBridge({
  configuration: read.configuration,
  keys: read.keys,
  after,
  now: clock ? clock.now : Date.now,
  random: Math.random,
  report,
}).catch((error: Error) => {
  console.error(error.message)
  process.exit(1)
})
say({ what: 'listening', port: bridge.port, waiting: bridge.waiting, damagedLines: bridge.damagedLines })

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    if (clock) clock.close()
    void bridge.close().then(() => process.exit(0))
  })
