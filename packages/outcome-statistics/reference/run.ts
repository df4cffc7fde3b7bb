/**
 * Compares this package with reference results made in R.
 *
 *   npm run reference -w @evenkeel/outcome-statistics -- --cases DIR --data DIR
 *
 * Prints one line a case and closes with `N passed, N failed`. A case counts as passed only when every figure in it was
 * computed and agrees; one that is computed in part is skipped with a word, and so is everything when the cases or their
 * data are not on this machine. Exit code 1 when a case fails, 2 when the command was not understood.
 */
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { checkFiles, referencePresent } from './check-files.ts'

const { values } = parseArgs({ options: { cases: { type: 'string' }, data: { type: 'string' } } })
// npm runs the script in the package; paths are meant from where the person stands.
const from = process.env.INIT_CWD ?? process.cwd()

if (!values.cases || !values.data) {
  console.error('usage: npm run reference -w @evenkeel/outcome-statistics -- --cases DIR --data DIR')
  process.exitCode = 2
} else {
  const cases = resolve(from, values.cases)
  const data = resolve(from, values.data)
  if (referencePresent(cases, data)) report(cases, data)
  else {
    console.log(`skipped: no reference cases in ${cases} or no data in ${data}`)
    console.log('0 passed, 0 failed')
  }
}

function report(cases: string, data: string): void {
  let passed = 0
  let failed = 0
  let skipped = 0
  for (const v of checkFiles(cases, data)) {
    const name = `${v.file} ${v.id}`
    if (v.verdict === 'passed') {
      passed++
      console.log(`passed   ${name} (${v.agreed} figures)`)
    } else if (v.verdict === 'failed') {
      failed++
      console.log(`FAILED   ${name}: ${v.differing.length} figures differ`)
      for (const line of v.differing.slice(0, 5)) console.log(`           ${line}`)
    } else {
      skipped++
      const why =
        v.verdict === 'part'
          ? `${v.agreed} figures agree, not computed yet: ${v.missing.join(', ')}`
          : 'not covered yet'
      console.log(`skipped  ${name}: ${why}`)
    }
  }
  if (skipped > 0) console.log(`${skipped} skipped, see above`)
  console.log(`${passed} passed, ${failed} failed`)
  if (failed > 0) process.exitCode = 1
}
