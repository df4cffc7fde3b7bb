import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { GeneratedVisits } from './gen-visits.ts'

/**
 * Processor seconds of one R expression over the visits as data frame `d` (id, visit, arm, age, y, z), with a package of R
 * loaded; null without Rscript or the package.
 */
export function secondsInR(visits: GeneratedVisits, library: string, expression: string): number | null {
  const found = spawnSync('Rscript', ['-e', `library(${library})`], { stdio: 'ignore' })
  if (found.status !== 0) return null
  const folder = mkdtempSync(join(tmpdir(), 'evenkeel-bench-'))
  try {
    const file = join(folder, 'visits.csv')
    const lines = ['id,visit,arm,age,y,z']
    const { person, visit, arm, ageYears, score, abstinent } = visits
    for (let row = 0; row < person.length; row++) {
      lines.push(`${person[row]},${visit[row]},${arm[row]},${ageYears[row]},${score[row]},${abstinent[row]}`)
    }
    writeFileSync(file, lines.join('\n'))
    const script = `suppressMessages(library(${library})); d <- read.csv("${file}"); s <- system.time(${expression}); cat(s[["user.self"]] + s[["sys.self"]])`
    return Number(execFileSync('Rscript', ['-e', script], { encoding: 'utf8' }))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
