import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { abstinenceFigures } from './abstinence-cases.ts'
import { agreementFigures } from './agreement-cases.ts'
import type { ReferenceCase, TableReader } from './case.ts'
import { type Comparison, compare } from './compare.ts'
import { changeFigures, comparisonFigures, comparisonTolerance } from './comparison-cases.ts'
import { competingFigures, competingTolerance } from './competing-cases.ts'
import { coxFigures, coxTolerance } from './cox-cases.ts'
import { distributionFigures, distributionTolerance } from './distribution-cases.ts'
import { endpointFigures } from './endpoint-cases.ts'
import { estimatingFigures } from './estimating-cases.ts'
import { groupSequentialFigures } from './group-sequential-cases.ts'
import { mixedModelFigures, mixedModelTolerance } from './mixed-model-cases.ts'
import { powerFigures, powerTolerance } from './power-cases.ts'
import { proportionFigures, proportionTolerance } from './proportion-cases.ts'
import { randomisationFigures } from './randomisation-cases.ts'
import { funnelFigures, rateFigures, rateTolerance } from './rate-cases.ts'
import { repeatedMeasuresFigures, repeatedMeasuresTolerance } from './repeated-measures-cases.ts'
import { survivalFigures } from './survival-cases.ts'
import { parseTable, type Table } from './table.ts'

type Figures = (c: ReferenceCase, read: TableReader) => unknown

/** Relative tolerance, which may depend on the figure's path, the figure and the case. */
type Tolerance = number | ((path: string, expected: number, id: string) => number)

/** The reference files that this package answers so far, wholly or in part, and how near it must come. */
const covered: Record<string, { figures: Figures; tolerance: Tolerance }> = {
  'survival.json': { figures: survivalFigures, tolerance: 1e-12 },
  'logrank.json': { figures: survivalFigures, tolerance: 1e-12 },
  'cox.json': { figures: coxFigures, tolerance: coxTolerance },
  'competing.json': { figures: competingFigures, tolerance: competingTolerance },
  'proportions.json': { figures: proportionFigures, tolerance: proportionTolerance },
  'tests.json': { figures: comparisonFigures, tolerance: comparisonTolerance },
  'change.json': { figures: changeFigures, tolerance: 1e-12 },
  'rates.json': { figures: rateFigures, tolerance: rateTolerance },
  'funnel.json': { figures: funnelFigures, tolerance: 1e-12 },
  'agreement.json': { figures: agreementFigures, tolerance: 1e-8 },
  'itt.json': { figures: abstinenceFigures, tolerance: proportionTolerance },
  'endpoints.json': { figures: endpointFigures, tolerance: 1e-12 },
  'gee.json': { figures: estimatingFigures, tolerance: 1e-8 },
  'lmm.json': { figures: mixedModelFigures, tolerance: mixedModelTolerance },
  'mmrm.json': { figures: repeatedMeasuresFigures, tolerance: repeatedMeasuresTolerance },
  'power.json': { figures: powerFigures, tolerance: powerTolerance },
  'randomisation.json': { figures: randomisationFigures, tolerance: 1e-12 },
  'groupseq.json': { figures: groupSequentialFigures, tolerance: 1e-6 },
  'distributions.json': { figures: distributionFigures, tolerance: distributionTolerance },
}

/**
 * The verdict on one case. `part` = the figures computed agree, but others of the case are not computed yet;
 * `not covered` = none is.
 */
export type Verdict = {
  readonly file: string
  readonly id: string
  readonly verdict: 'passed' | 'failed' | 'part' | 'not covered'
  readonly agreed: number
  readonly differing: readonly string[]
  readonly missing: readonly string[]
}

/** Checks every case of every reference file in `casesDirectory` against data in `dataDirectory`. */
export function checkFiles(casesDirectory: string, dataDirectory: string): Verdict[] {
  const tables = new Map<string, Table>()
  const read: TableReader = (file) => {
    const known = tables.get(file)
    if (known) return known
    const table = parseTable(readFileSync(join(dataDirectory, file), 'utf8'))
    tables.set(file, table)
    return table
  }
  const verdicts: Verdict[] = []
  for (const file of readdirSync(casesDirectory).sort()) {
    if (!file.endsWith('.json')) continue
    const { cases } = JSON.parse(readFileSync(join(casesDirectory, file), 'utf8')) as {
      cases: ReferenceCase[]
    }
    for (const c of cases) verdicts.push(checkCase(file, c, read))
  }
  return verdicts
}

function checkCase(file: string, c: ReferenceCase, read: TableReader): Verdict {
  const how = covered[file]
  const notCovered: Verdict = {
    file,
    id: c.id,
    verdict: 'not covered',
    agreed: 0,
    differing: [],
    missing: [],
  }
  if (!how) return notCovered
  let computed: unknown
  try {
    computed = how.figures(c, read)
  } catch (thrown) {
    // A refusal or defect in one case must not hide what the others say.
    return { ...notCovered, verdict: 'failed', differing: [String(thrown)] }
  }
  if (computed === undefined) return notCovered
  const { tolerance } = how
  const result: Comparison = compare(c.expect, computed, (path, expected) =>
    typeof tolerance === 'number' ? tolerance : tolerance(path, expected, c.id),
  )
  return { file, id: c.id, verdict: verdictOf(result), ...result }
}

function verdictOf({ agreed, differing, missing }: Comparison): Verdict['verdict'] {
  if (differing.length > 0) return 'failed'
  if (missing.length > 0) return 'part'
  return agreed > 0 ? 'passed' : 'not covered'
}

/** True when both directories are there to be read. */
export function referencePresent(casesDirectory: string, dataDirectory: string): boolean {
  return existsSync(join(casesDirectory, 'survival.json')) && existsSync(join(dataDirectory, 'addicts.csv'))
}
