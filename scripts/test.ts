// npm test: types, lint, then every test of the house; closes with one line "N passed, N failed, N skipped".
// `--postgres` runs the same tests against the PostgreSQL of TEST_DATABASE_URL (or DATABASE_URL).
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { createVitest } from 'vitest/node'
import { buildIfChanged } from './build.ts'

const root = join(import.meta.dirname, '..')
const args = process.argv.slice(2)
const bin = (name: string) => join(root, 'node_modules', '.bin', name)

if (args.includes('--postgres')) {
  process.env.TEST_DATABASE_URL ??= process.env.DATABASE_URL
  if (!process.env.TEST_DATABASE_URL) {
    console.error('Set TEST_DATABASE_URL to a PostgreSQL (15 or later) in which databases may be created.')
    process.exit(2)
  }
}
delete process.env.DATABASE_URL

let failedChecks = 0
function check(what: string, command: string, ...rest: string[]): void {
  const started = performance.now()
  const { status } = spawnSync(command, rest, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, npm_config_loglevel: 'error' },
  })
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(`${status === 0 ? 'ok ' : 'NOT OK '} ${what} (${seconds} s)`)
  if (status !== 0) failedChecks += 1
}

check('types', bin('tsc'), '--noEmit')
for (const name of ['questionnaires', 'outcome-statistics', 'vital-signs']) {
  check(`types of packages/${name} on its own`, bin('tsc'), '-p', `packages/${name}`)
}
check('lint', bin('biome'), 'check', '.', '--error-on-warnings')
await buildIfChanged()

const filters = args.filter((arg) => !arg.startsWith('--'))
const vitest = await createVitest('test', { watch: false, root }, {}, {})
await vitest.start(filters)
const files = vitest.state.getFiles()
type Task = (typeof files)[number]['tasks'][number]
const tests: { state: string | undefined }[] = files.flatMap((file) => file.tasks.flatMap(statesOf))
const count = (state: string) => tests.filter((test) => test.state === state).length
const brokenFiles = vitest.state
  .getFiles()
  .filter((file) => file.result?.state === 'fail' && file.tasks.length === 0).length
const unhandled = vitest.state.getUnhandledErrors().length
const passed = count('pass')
const skipped = count('skip')
const failed = tests.length - passed - skipped + brokenFiles + unhandled + failedChecks
await vitest.close()
console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`)
process.exit(failed > 0 || passed === 0 ? 1 : 0)

function statesOf(task: Task): { state: string | undefined }[] {
  if (task.type === 'suite') return task.tasks.flatMap(statesOf)
  return [{ state: task.mode === 'skip' || task.mode === 'todo' ? 'skip' : task.result?.state }]
}
