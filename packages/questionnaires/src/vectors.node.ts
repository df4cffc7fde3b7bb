/**
 * `npm run vectors -w @evenkeel/questionnaires -- FILE.json`: runs scoring vectors, names every failure with what was
 * expected and what came, and closes with `N passed, N failed`. Ends with 1 when a vector failed, 2 when the file
 * cannot be used.
 */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { readVectors, runVectors } from './vector-run.ts'

function fail(problem: string): never {
  console.error(problem)
  process.exit(2)
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    return fail(`${path}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

const [file] = process.argv.slice(2)
if (file === undefined) fail('usage: npm run vectors -w @evenkeel/questionnaires -- FILE.json')

// npm runs a workspace's script in the workspace; a relative path means the folder the command was typed in.
const path = resolve(process.env.INIT_CWD ?? process.cwd(), file)
const vectors = readVectors(readJson(path))
if ('problem' in vectors) fail(`${path}: ${vectors.problem}`)

const { passed, failed, skipped, failures } = runVectors(vectors)
for (const { vector, got } of failures) {
  console.log(`FAILED ${vector.id}${vector.case === undefined ? '' : ` (${vector.case})`}`)
  console.log(`  expected ${JSON.stringify(vector.expect)}`)
  console.log(`  got      ${JSON.stringify(got)}`)
}
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
process.exitCode = failed > 0 ? 1 : 0
