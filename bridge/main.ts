// node bridge/main.ts --config FILE: takes what monitors say over MLLP and delivers it to the server (docs/guide/bridge.md).
import { parseArgs } from 'node:util'
import { type BridgeReport, openBridge, readBridgeFile } from './bridge.ts'

const { values } = parseArgs({ options: { config: { type: 'string' } } })
if (!values.config) {
  console.error('npm run bridge -- --config FILE.json   (docs/guide/bridge.md shows one)')
  process.exit(2)
}
const read = await readBridgeFile(values.config, process.env)
if (!read.ok) {
  for (const problem of read.problems) console.error(problem)
  process.exit(2)
}

/** One line of JSON each. What is told at every reading is counted and told once a minute. */
const counts = new Map<string, number>()
const say = (line: object) => console.log(JSON.stringify({ at: new Date().toISOString(), ...line }))
const count = (what: string) => counts.set(what, (counts.get(what) ?? 0) + 1)
function report(said: BridgeReport): void {
  if (said.what === 'taken') {
    count(`taken ${said.deviceId}`)
    for (const [reason, rows] of Object.entries(said.rows))
      counts.set(`rows ${reason}`, (counts.get(`rows ${reason}`) ?? 0) + rows)
    if (said.zoneAssumed > 0) count('zone-assumed')
  } else if (said.what === 'delivered' || said.what === 'heartbeat') count(said.what)
  else if (said.what === 'broken')
    say({ what: 'broken', error: said.error instanceof Error ? said.error.stack : 'unknown' })
  else say(said)
}
setInterval(() => {
  if (counts.size > 0) say({ what: 'minute', waiting: bridge.waiting, ...Object.fromEntries(counts) })
  counts.clear()
}, 60_000).unref()

const bridge = await openBridge({
  configuration: read.configuration,
  keys: read.keys,
  after: (ms, run) => {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
  now: Date.now,
  random: Math.random,
  report,
}).catch((error: Error) => {
  console.error(error.message)
  process.exit(1)
})
say({ what: 'listening', port: bridge.port, waiting: bridge.waiting, damagedLines: bridge.damagedLines })

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void bridge.close().then(() => process.exit(0)))
