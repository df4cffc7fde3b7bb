import { evidencePlace } from './evidence-summary.ts'
import type { Estimate, Finding, Study } from './study.ts'
import { estimateFigures, peopleInFigures, shortCitation } from './study-words.ts'

/** Where an interval lies: wholly on one side of no difference, or across it. */
export type Reading = 'ketamine' | 'comparison' | 'either'

/** One point with its interval, in words and as places on its panel's axis. */
export type PictureRow = {
  readonly key: string
  readonly studyId: string
  readonly citation: string
  /** People in the study; null when not reported. */
  readonly people: string | null
  readonly comparator: string | null
  readonly outcome: string
  /** Value and interval, for example `14.2 (3.9 to 24.2)`. */
  readonly figures: string
  readonly reading: Reading
  /** Per cent of the axis from its left end. */
  readonly at: number
  readonly from: number
  readonly to: number
}

/** Estimates of one kind that count the same, on one axis. */
export type PicturePanel = {
  readonly key: string
  readonly kind: Estimate['kind']
  readonly counts: string
  readonly better: Estimate['better']
  readonly ticks: readonly { readonly label: string; readonly at: number }[]
  readonly rows: readonly PictureRow[]
}

/** A counted study that has no place on an axis, and why. */
export type NotDrawn = {
  readonly study: Study
  readonly why: 'no-figure' | 'no-interval' | 'figure-not-checked'
}

/** A subject's counted trials, drawn where they printed an interval and named where they did not. */
export type EvidencePicture = {
  readonly panels: readonly PicturePanel[]
  readonly notDrawn: readonly NotDrawn[]
  /** Figures of counted trials that were not read in the trial's own report; they are in no panel. */
  readonly uncheckedFigures: number
}

type Drawable = Estimate & { readonly ci95: readonly [number, number] }

/**
 * What can honestly be drawn of a subject's studies.
 *
 * Drawn are estimates with a 95 % interval, checked in their source, of studies that count in the sum (see
 * `evidencePlace`). Every other counted study is named with the reason. Nothing is pooled.
 *
 * @param studies studies of one subject, in the order in which rows shall stand
 */
export function evidencePicture(studies: readonly Study[]): EvidencePicture {
  const counted = studies.filter((study) => evidencePlace(study) === 'counted')
  const drawn = counted.flatMap((study) =>
    study.findings.flatMap((finding, index) => {
      const estimate = drawable(finding)
      return estimate === undefined ? [] : [{ study, finding, estimate, key: `${study.id}-${index}` }]
    }),
  )
  const panels = Map.groupBy(drawn, ({ estimate }) =>
    [estimate.kind, estimate.counts, estimate.better].join(' | '),
  )
  return {
    panels: [...panels].map(([key, entries]) => {
      const { kind, counts, better } = entries[0]!.estimate
      const axis = pictureAxis(
        kind,
        better,
        entries.flatMap(({ estimate }) => [estimate.value, ...estimate.ci95]),
      )
      return {
        key,
        kind,
        counts,
        better,
        ticks: axis.ticks.map((tick) => ({ label: tick.label, at: axis.place(tick.value) })),
        rows: entries.map(({ study, finding, estimate, key }) => {
          const ends = estimate.ci95.map(axis.place).sort((a, b) => a - b)
          return {
            key,
            studyId: study.id,
            citation: shortCitation(study),
            people: peopleInFigures(study),
            comparator: study.comparator,
            outcome: `${finding.outcome}${finding.when === 'not applicable' ? '' : `, ${finding.when}`}`,
            figures: estimateFigures(estimate),
            reading: readingOf(estimate),
            at: axis.place(estimate.value),
            from: ends[0]!,
            to: ends[1]!,
          }
        }),
      }
    }),
    notDrawn: counted
      .filter((study) => !drawn.some((entry) => entry.study === study))
      .map((study) => ({ study, why: whyNotDrawn(study) })),
    uncheckedFigures: counted
      .flatMap(({ findings }) => findings)
      .filter(({ estimate, checked }) => estimate !== null && checked !== 'source').length,
  }
}

function drawable({ estimate, checked }: Finding): Drawable | undefined {
  return estimate?.ci95 && checked === 'source' ? { ...estimate, ci95: estimate.ci95 } : undefined
}

function whyNotDrawn({ findings }: Study): NotDrawn['why'] {
  if (findings.some((finding) => finding.checked === 'source' && comparesGroups(finding)))
    return 'no-interval'
  return findings.some(comparesGroups) ? 'figure-not-checked' : 'no-figure'
}

function comparesGroups({ estimate, ketamine, control }: Finding): boolean {
  return estimate !== null || (ketamine !== null && control !== null)
}

/** True for kinds in which 1 means no difference and equal steps are equal multiples. */
export function isRatio(kind: Estimate['kind']): boolean {
  return kind === 'odds-ratio' || kind === 'hazard-ratio' || kind === 'relative-risk'
}

function readingOf({ kind, better, ci95: [lower, upper] }: Drawable): Reading {
  const none = isRatio(kind) ? 1 : 0
  if (lower <= none && upper >= none) return 'either'
  return lower > none === (better === 'higher') ? 'ketamine' : 'comparison'
}

/** Per cent of the axis on each side of its middle that values use; the rest is room for marks. */
const REACH = 46

/**
 * An axis with no difference in its middle, reaching equally far to both sides, on which better for the people
 * treated is always to the right. Ratios lie on a logarithmic scale.
 *
 * @param values everything that must fit, in the figure's own unit; ratios above 0
 * @returns `place` gives per cent of the width from the left end, from 4 to 96
 * @throws RangeError for a ratio of zero or below, which has no logarithm
 * @example pictureAxis('percentage-points', 'higher', [14.2, 24.2]).place(0) // 50
 */
export function pictureAxis(
  kind: Estimate['kind'],
  better: Estimate['better'],
  values: readonly number[],
): { place: (value: number) => number; ticks: { value: number; label: string }[] } {
  const toLine = isRatio(kind) ? log2 : (value: number) => value
  const farthest = Math.max(...values.map((value) => Math.abs(toLine(value))))
  const step = tickStep(farthest, isRatio(kind) ? 1 : 0)
  const end = step * Math.max(1, Math.ceil(farthest / step - 1e-9))
  const side = better === 'higher' ? 1 : -1
  const place = (value: number) => 50 + (side * REACH * toLine(value)) / end
  const ticks: { value: number; label: string }[] = []
  const toEachSide = Math.round(end / step)
  for (let index = -toEachSide; index <= toEachSide; index++) {
    const onLine = Number((index * step).toPrecision(10))
    ticks.push(
      isRatio(kind)
        ? { value: 2 ** onLine, label: onLine < 0 ? `1/${2 ** -onLine}` : String(2 ** onLine) }
        : { value: onLine, label: `${onLine > 0 ? '+' : ''}${String(onLine).replace('-', '−')}` },
    )
  }
  return { place, ticks }
}

function log2(ratio: number): number {
  if (!(ratio > 0)) throw new RangeError(`a ratio must be above 0, not ${ratio}`)
  return Math.log2(ratio)
}

/** The smallest step of 1, 2, 5 and their tens that reaches the farthest value in three steps or fewer. */
function tickStep(farthest: number, least: number): number {
  if (!(farthest > 0)) return Math.max(1, least)
  const power = 10 ** Math.floor(Math.log10(farthest / 3))
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size * 3 >= farthest - 1e-9)!
  return Math.max(step, least)
}
