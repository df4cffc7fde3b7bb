import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const FOLDER = resolve(ROOT, process.env.EVENKEEL_SHARED ?? '../shared', 'data/forms')

/** Names of the real forms that lie outside the repository; undefined when they are not there. For tests only. */
export function sharedFormNames(): readonly string[] | undefined {
  return existsSync(FOLDER) ? readdirSync(FOLDER).filter((name) => name.endsWith('.json')) : undefined
}

/** @param name for example `cirg-gad7-r4.json` */
export function sharedForm(name: string): string {
  return readFileSync(resolve(FOLDER, name), 'utf8')
}
