// npm run bench -- [name …] [--smoke]: runs the measuring files of this folder, prints ours, the peer's, the ratio.
import { globSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { basename, join } from 'node:path'
import type { Measure } from './figure.ts'

const NOT_A_BENCH = new Set([
  'run',
  'figure',
  'gen',
  'bench-clinic',
  'r-beside',
  'gen-visits',
  'textbook-visits',
  'r-on-visits',
  'live-load',
])
// Before any bench is read: what it measures runs in production as this.
process.env.NODE_ENV ??= 'production'
const args = process.argv.slice(2)
const smoke = args.includes('--smoke')
const wanted = args.filter((arg) => !arg.startsWith('--'))
const names = globSync('*.ts', { cwd: import.meta.dirname })
  .map((file) => basename(file, '.ts'))
  .filter((name) => !NOT_A_BENCH.has(name))
  .sort()
const unknown = wanted.filter((name) => !names.includes(name))
if (unknown.length > 0) {
  console.error(`There is no bench named ${unknown.join(', ')}. There are: ${names.join(', ')}`)
  process.exit(2)
}

console.log(
  `Node ${process.versions.node}, ${cpus().length} cores, load ${loadavg()[0]!.toFixed(2)} at the start${smoke ? ', smoke run: figures mean little' : ''}`,
)
let failed = 0
for (const name of wanted.length > 0 ? wanted : names) {
  try {
    const { measure } = (await import(join(import.meta.dirname, `${name}.ts`))) as { measure: Measure }
    for (const figure of await measure({ smoke })) {
      const ours = `${figure.name}: ${figure.ours.toPrecision(4)} ${figure.unit}`
      const peer = figure.peer
        ? `, ${figure.peer.name} ${figure.peer.value.toPrecision(4)} ${figure.unit}, ratio ${(figure.ours / figure.peer.value).toPrecision(3)}`
        : ''
      console.log(`${name} | ${ours}${peer} | ${figure.how}`)
    }
  } catch (error) {
    failed += 1
    console.error(`${name} failed:`, error)
  }
}
process.exit(failed > 0 ? 1 : 0)
