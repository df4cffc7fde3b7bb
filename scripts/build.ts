// Builds the pages when their sources changed since the last build.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  globSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const SOURCES = [
  'app/**/*',
  'content/**/*',
  'packages/*/src/**/*',
  'public/**/*',
  'scripts/share-pictures.ts',
  '*.config.ts',
  'package-lock.json',
]

/** What the build was made of, or would be made of now. */
export function sourcesHash(): string {
  const hash = createHash('sha256')
  for (const name of globSync(SOURCES, { cwd: root }).sort()) {
    const path = join(root, name)
    if (/\.test\.tsx?$/.test(name) || !statSync(path).isFile()) continue
    hash.update(name).update('\0').update(readFileSync(path)).update('\0')
  }
  return hash.digest('hex')
}

/**
 * Builds into a folder of its own and puts it in place whole, so that a server that starts meanwhile, or a second
 * build, never meets half of one.
 *
 * @throws Error when the build fails; what it said is on the terminal
 */
export async function buildIfChanged(): Promise<void> {
  const stamp = join(root, 'build', '.sources')
  const wanted = sourcesHash()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  console.log('Building the pages …')
  const building = `build/.building-${process.pid}`
  const bundler = [join(root, 'node_modules/@react-router/dev/bin.cjs'), 'build']
  const parts = await Promise.all([
    runPart(bundler, { NODE_ENV: 'production', EVENKEEL_BUILD: building }),
    runPart([join(root, 'scripts/share-pictures.ts'), pictures]),
  ])
  for (const { status, said } of parts) {
    if (status === 0) continue
    rmSync(join(root, building), { recursive: true, force: true })
    console.error(said)
    throw new Error('the pages could not be built')
  }
  cpSync(pictures, join(root, building, 'client/assets/share'), { recursive: true })
  for (const part of ['client', 'server']) {
    const old = join(root, building, `old-${part}`)
    if (existsSync(join(root, 'build', part))) renameSync(join(root, 'build', part), old)
    renameSync(join(root, building, part), join(root, 'build', part))
  }
  rmSync(join(root, building), { recursive: true, force: true })
  writeFileSync(stamp, wanted)
}

/** Pictures of shared links outlive a build: only those of pages that changed are drawn again. */
const pictures = join(root, 'build', '.share-pictures')

/** A part of the build in a process of its own, so that this one can do something else meanwhile. */
function runPart(
  command: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<{ readonly status: number | null; readonly said: string }> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, command, {
      cwd: root,
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        said += chunk
      })
    }
    child.once('error', fail)
    child.once('close', (status) => done({ status, said }))
  })
}

if (import.meta.main) await buildIfChanged()
