import { dayInWords, type Instant, toMs } from '../../platform/time.ts'
import { triggerInWords } from '../assess-words.ts'
import { type EditionWords, OUR_EDITION } from './edition-words.ts'
import type { ScoreChange } from './result-change.ts'
import { addressOf } from './result-line.ts'
import type { ComparedChange, LinePoint, OverviewRow } from './result-overview.ts'
import type { ResultReview } from './result-review.ts'
import { type ResultView, stateInWords } from './result-view.ts'
import { respondentInWords } from './result-words.ts'
import { leadsTheSeries } from './series-words.ts'

/** What a list shows of one result, as plain data. */
export type ResultFace = ReturnType<typeof faceOf>

/** What a list knows beside a result. */
export type Beside = {
  readonly reviews: readonly ResultReview[]
  /** The clinic's. */
  readonly timeZone: string
  /** Names of accounts, by id. */
  readonly names: ReadonlyMap<string, string>
  readonly editionInWords: EditionWords
  /** Why forms were set aside, by the id of what they were. */
  readonly whySetAside: ReadonlyMap<string, string>
}

/** One result as a list shows it. */
export function faceOf(row: OverviewRow, { reviews, timeZone, names, editionInWords, whySetAside }: Beside) {
  const { response, result } = row
  const review = reviews.at(-1)
  return {
    id: response.id as string,
    href: addressOf(response),
    name: row.name,
    shortName: row.shortName,
    construct: row.construct,
    ...whatItSays(result),
    stateWords: stateInWords(result),
    flags: result.flags.filter(({ value }) => value === true).map(({ label }) => label),
    flagsUnknown: result.flags.filter(({ value }) => value === null).length,
    triggers: row.triggers.map(({ id, severity, asksFor }) => ({
      id,
      severity,
      about: triggerInWords(id).about,
      asksFor,
    })),
    waits: row.waits,
    changes: row.changes.map((change) => changeFace(change, timeZone)),
    line: lineFace(row.points, result, response.completedAt),
    results: row.results,
    completedAt: response.completedAt,
    when: dayInWords(response.completedAt, timeZone),
    by: respondentInWords(response, names),
    edition: editionInWords(response),
    imported: response.edition !== OUR_EDITION,
    apart: row.apart,
    whySetAside: result.setAside ? whySetAside.get(response.objectId) : undefined,
    setAsideSince: row.setAsideSince && {
      href: addressOf(row.setAsideSince),
      when: dayInWords(row.setAsideSince.completedAt, timeZone),
    },
    review: review && {
      by: names.get(review.by) ?? 'unknown',
      when: dayInWords(review.at, timeZone),
      note: review.note,
    },
  }
}

/** The scores, levels or figures that stand for a result. */
function whatItSays(result: ResultView) {
  return {
    state: result.state,
    setAside: result.setAside,
    scores: result.scores.filter(({ id }) => result.leading.includes(id)),
    categories: result.categories,
    metrics: result.metrics.filter(({ id }) => leadsTheSeries(id)),
    missing: result.missing.length,
  }
}

export type ChangeFace = ReturnType<typeof changeFace>

/** A change with the days it is counted from. */
export function changeFace(change: ComparedChange, timeZone: string) {
  const day = (at: Instant | undefined) => at && dayInWords(at, timeZone)
  const said = ({ verdict, words, moved }: ScoreChange, since: string | undefined) => ({
    verdict,
    words,
    moved,
    since,
  })
  return {
    scoreId: change.scoreId,
    label: change.label,
    last: said(change.last, day(change.lastAt)),
    baseline: said(change.baseline, day(change.baselineAt)),
    /** The last one is the baseline: said once. */
    one: change.lastAt !== undefined && change.lastAt === change.baselineAt,
  }
}

/** A small line by time; undefined where there is none to draw. */
function lineFace(points: readonly LinePoint[], result: ResultView, shown: Instant) {
  const score = result.scores.find(({ id }) => result.leading.includes(id))
  if (points.length < 2 || !score?.range) return undefined
  const from = toMs(points[0]!.at)
  const length = Math.max(1, toMs(points.at(-1)!.at) - from)
  return {
    range: score.range,
    points: points.map(({ at, value }) => ({
      share: (toMs(at) - from) / length,
      value,
      shown: at === shown,
    })),
  }
}
