// Builds the pages when their sources changed since the last build.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const SOURCES = [
  'app/**/*',
  'content/**/*',
  'packages/*/src/**/*',
  'public/**/*',
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
  const result = spawnSync(
    process.execPath,
    [join(root, 'node_modules/@react-router/dev/bin.cjs'), 'build'],
    {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, NODE_ENV: 'production', EVENKEEL_BUILD: building },
    },
  )
  if (result.status !== 0) {
    rmSync(join(root, building), { recursive: true, force: true })
    console.error(result.stdout, result.stderr)
    throw new Error('the pages could not be built')
  }
  for (const part of ['client', 'server']) {
    const old = join(root, building, `old-${part}`)
    if (existsSync(join(root, 'build', part))) renameSync(join(root, 'build', part), old)
    renameSync(join(root, building, part), join(root, 'build', part))
  }
  rmSync(join(root, building), { recursive: true, force: true })
  writeFileSync(stamp, wanted)
}

if (import.meta.main) await buildIfChanged()
