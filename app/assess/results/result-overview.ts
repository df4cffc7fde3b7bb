import { type Instrument, instrumentById, type ScoringContext } from '@evenkeel/questionnaires'
import type { Instant } from '../../platform/time.ts'
import type { InstrumentResponse, ResponseId } from '../instrument-response.ts'
import { changeOf, isFinished, type ScoreChange } from './result-change.ts'
import {
  comparableValue,
  comparedWith,
  leadingScores,
  linesOf,
  type ResultLine,
  whyApart,
} from './result-line.ts'
import { asksForALook, type FiredTrigger, firedWith } from './result-review.ts'
import { type ResultView, resultView, scoreLabel } from './result-view.ts'

export type ComparedChange = {
  /** The score compared; undefined for a level. */
  readonly scoreId: string | undefined
  /** What the score is called; undefined for a level. */
  readonly label: string | undefined
  readonly last: ScoreChange
  readonly lastAt: Instant | undefined
  readonly baseline: ScoreChange
  readonly baselineAt: Instant | undefined
}

/** One place of a small line: an unknown value has no height. */
export type LinePoint = { readonly at: Instant; readonly value: number | undefined }

/** The newest result of one line, with what it says. */
export type OverviewRow = {
  readonly response: InstrumentResponse
  readonly name: string
  readonly shortName: string
  readonly construct: string
  readonly result: ResultView
  readonly triggers: readonly FiredTrigger[]
  /** A trigger asks for a look and nobody has looked yet. */
  readonly waits: 'critical' | 'warning' | undefined
  readonly changes: readonly ComparedChange[]
  /** The line of its one leading score; empty where there is no single one or only one result. */
  readonly points: readonly LinePoint[]
  readonly results: number
  /** Why this line is not compared with the newest one of the same instrument; empty for the newest. */
  readonly apart: readonly string[]
}

/**
 * Everything a person's results say at a glance: the newest result of every line in the order of the clinic's list of
 * instruments, and every result that waits for somebody's look, the gravest and oldest first.
 *
 * @param reviewed ids of responses that a clinician has looked at
 */
export function overviewOf(
  responses: readonly InstrumentResponse[],
  reviewed: ReadonlySet<ResponseId>,
  context: ScoringContext,
  order: readonly string[],
): { readonly waiting: OverviewRow[]; readonly rows: OverviewRow[] } {
  const lines = linesOf(responses)
  const rowOf = (line: ResultLine, response: InstrumentResponse) =>
    overviewRow(line, response, newestOf(lines, response.instrumentId), reviewed, context)
  const place = ({ response }: OverviewRow) => {
    const at = order.indexOf(response.instrumentId)
    return at < 0 ? order.length : at
  }
  const gravity = { critical: 0, warning: 1 } as const
  return {
    waiting: lines
      .flatMap((line) => line.map((response) => rowOf(line, response)))
      .filter((row) => row.waits !== undefined)
      .sort(
        (a, b) =>
          gravity[a.waits!] - gravity[b.waits!] ||
          a.response.completedAt.localeCompare(b.response.completedAt),
      ),
    // `linesOf` gives the newest first, and sorting keeps that order within an instrument.
    rows: lines.map((line) => rowOf(line, line.at(-1)!)).sort((a, b) => place(a) - place(b)),
  }
}

function newestOf(lines: readonly ResultLine[], instrumentId: string): InstrumentResponse {
  return lines.find(([first]) => first.instrumentId === instrumentId)!.at(-1)!
}

function overviewRow(
  line: ResultLine,
  response: InstrumentResponse,
  newest: InstrumentResponse,
  reviewed: ReadonlySet<ResponseId>,
  context: ScoringContext,
): OverviewRow {
  const instrument = instrumentById(response.instrumentId)
  const triggers = firedWith(response.scores)
  return {
    response,
    name: instrument?.name ?? response.instrumentId,
    shortName: instrument?.shortName ?? response.instrumentId,
    construct: instrument?.construct ?? 'a questionnaire that is not in use any more',
    result: resultView(response, instrument, context),
    triggers,
    waits: reviewed.has(response.id) ? undefined : asksForALook(triggers),
    changes: instrument ? changesOf(instrument, line, response) : [],
    points: pointsOf(instrument, line),
    results: line.length,
    apart: line.some(({ id }) => id === newest.id) ? [] : whyApart(response, newest),
  }
}

/** Change since the last and since baseline, for every score that stands for the result, or for its level. */
export function changesOf(
  instrument: Instrument,
  line: ResultLine,
  response: InstrumentResponse,
): ComparedChange[] {
  const { scores } = response
  // Figures of a series have no published reading of change; they stand side by side on the page of one result.
  if (scores.valid && 'metrics' in scores) return []
  const leading = leadingScores(instrument)
  const compared = leading.length > 0 ? leading : instrument.categories.length > 0 ? [undefined] : []
  return compared.map((scoreId) => {
    const { baseline, last } = comparedWith(line, response, (one) => isFinished(one, scoreId))
    return {
      scoreId,
      label: scoreId === undefined ? undefined : scoreLabel(instrument, scoreId),
      last: changeOf(instrument, scoreId, last, response),
      lastAt: last?.completedAt,
      baseline: changeOf(instrument, scoreId, baseline, response),
      baselineAt: baseline?.completedAt,
    }
  })
}

function pointsOf(instrument: Instrument | undefined, line: ResultLine): LinePoint[] {
  const leading = instrument ? leadingScores(instrument) : []
  const [scoreId] = leading
  if (leading.length !== 1 || line.length < 2) return []
  return line.map((one) => ({
    at: one.completedAt,
    value: comparableValue(one, scoreId) ?? undefined,
  }))
}
