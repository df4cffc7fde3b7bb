/** R on the same rows in the same run, where Rscript is on the PATH. */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { GeneratedCohort } from './gen.ts'

/** Median processor seconds of `rounds` evaluations of one R expression over the data frame `d`; null without R. */
export type TimeInR = (expression: string, rounds: number) => number

/**
 * Hands the cohort to R as a CSV file and lets `work` time expressions of the survival package on it. Answers null when
 * Rscript or the package is missing.
 */
export function besideR<T>(cohort: GeneratedCohort, work: (timeInR: TimeInR) => T): T | null {
  const found = spawnSync('Rscript', ['-e', 'library(survival)'], { stdio: 'ignore' })
  if (found.status !== 0) return null
  const folder = mkdtempSync(join(tmpdir(), 'evenkeel-bench-'))
  try {
    const file = join(folder, 'cohort.csv')
    const { time, event, arm, severity, ageYears, injects, priorTreatments } = cohort
    const lines = ['days,status,arm,severity,age,iv,prior']
    for (let row = 0; row < time.length; row++) {
      lines.push(
        `${time[row]},${event[row]},${arm[row]},${severity[row]},${ageYears[row]},${injects[row]},${priorTreatments[row]}`,
      )
    }
    writeFileSync(file, lines.join('\n'))
    return work((expression, rounds) => {
      const script = `suppressMessages(library(survival)); d <- read.csv("${file}"); t <- replicate(${rounds}, { s <- system.time(${expression}); s[["user.self"]] + s[["sys.self"]] }); cat(median(t))`
      return Number(execFileSync('Rscript', ['-e', script], { encoding: 'utf8' }))
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
