import { type Instrument, instrumentById, type ScoringContext } from '@evenkeel/questionnaires'
import type { Instant } from '../../platform/time.ts'
import type { InstrumentResponse, ResponseId } from '../instrument-response.ts'
import type { EditionWords } from './edition-words.ts'
import { changeOf, isFinished, type ScoreChange } from './result-change.ts'
import {
  comparableValue,
  comparedWith,
  isSetAside,
  leadingScores,
  linesOf,
  newestOfLine,
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

/** One result of a line, with what it says. */
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
  /** A later one of the line whose form was set aside: it does not stand for the line. */
  readonly setAsideSince: InstrumentResponse | undefined
}

/** A person's results with what is needed to read them. */
export type PersonResults = {
  readonly responses: readonly InstrumentResponse[]
  /** Ids of responses that a clinician has looked at. */
  readonly reviewed: ReadonlySet<ResponseId>
  /** What scoring is told of this person today, for results from before that was kept. */
  readonly context: ScoringContext
  readonly editionInWords: EditionWords
}

/** Every result that waits for somebody's look, the gravest and oldest first. */
export function waitingRows(results: PersonResults): OverviewRow[] {
  const lines = linesOf(results.responses)
  const gravity = { critical: 0, warning: 1 } as const
  return lines
    .flatMap((line) =>
      line
        .filter((response) => waitsFor(response, results.reviewed) !== undefined)
        .map((response) => overviewRow(lines, line, response, results)),
    )
    .sort(
      (a, b) =>
        gravity[a.waits!] - gravity[b.waits!] || a.response.completedAt.localeCompare(b.response.completedAt),
    )
}

/**
 * The newest result of every line, in the order of the clinic's list of instruments.
 *
 * @param order ids of instruments
 */
export function newestRows(results: PersonResults, order: readonly string[]): OverviewRow[] {
  const lines = linesOf(results.responses)
  const place = ({ response }: OverviewRow) => {
    const at = order.indexOf(response.instrumentId)
    return at < 0 ? order.length : at
  }
  // `linesOf` gives the newest first, and sorting keeps that order within an instrument.
  return lines
    .map((line) => overviewRow(lines, line, newestOfLine(line), results))
    .sort((a, b) => place(a) - place(b))
}

function waitsFor(response: InstrumentResponse, reviewed: ReadonlySet<ResponseId>): OverviewRow['waits'] {
  return reviewed.has(response.id) ? undefined : asksForALook(firedWith(response.scores))
}

function overviewRow(
  lines: readonly ResultLine[],
  line: ResultLine,
  response: InstrumentResponse,
  { reviewed, context, editionInWords }: PersonResults,
): OverviewRow {
  const instrument = instrumentById(response.instrumentId)
  const first = lines.find(([one]) => one.instrumentId === response.instrumentId)!
  const last = line.at(-1)!
  return {
    response,
    name: instrument?.name ?? response.instrumentId,
    shortName: instrument?.shortName ?? response.instrumentId,
    construct: instrument?.construct ?? 'a questionnaire that is not in use any more',
    result: resultView(response, instrument, response.context ?? context),
    triggers: firedWith(response.scores),
    waits: waitsFor(response, reviewed),
    changes: instrument ? changesOf(instrument, line, response) : [],
    points: pointsOf(instrument, line),
    results: line.length,
    apart: line === first ? [] : whyApart(response, newestOfLine(first), editionInWords),
    setAsideSince: isSetAside(last) && last.id !== response.id ? last : undefined,
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
