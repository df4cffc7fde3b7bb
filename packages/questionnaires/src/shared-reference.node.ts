import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const FOLDER = resolve(ROOT, process.env.EVENKEEL_SHARED ?? '../shared', 'domain')

/**
 * A reference file that lies outside the repository, parsed, or undefined when it is not there
 * (tests then say that they were skipped). For tests only.
 *
 * @param name for example `instruments.json`
 */
export function sharedReference(name: string): unknown {
  const path = resolve(FOLDER, name)
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined
}
