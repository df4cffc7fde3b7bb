import type { EvidencePicture, NotDrawn, PicturePanel, PictureRow } from './evidence-picture.ts'
import { isRatio } from './evidence-picture.ts'
import type { EvidenceSummary } from './evidence-summary.ts'
import { directionInWords, estimateKindInWords, peopleInFigures, shortCitation } from './study-words.ts'

/** A picture with every word that stands beside it, ready for the page. */
export type PictureView = {
  /** What is drawn and how to read it, or that nothing can be drawn and why. */
  readonly lead: readonly string[]
  readonly panels: readonly {
    readonly key: string
    readonly title: string
    readonly axis: string
    readonly ticks: readonly { readonly label: string; readonly at: number; readonly none: boolean }[]
    readonly rows: readonly PictureRow[]
  }[]
  readonly notDrawn: readonly {
    readonly id: string
    readonly citation: string
    readonly people: string | null
    readonly direction: string
    readonly why: string
  }[]
  /** What was kept out of the picture. */
  readonly notes: readonly string[]
}

const whyWords: Readonly<Record<NotDrawn['why'], string>> = {
  'no-figure': 'Told in words only; we have no figure for the difference.',
  'no-interval': 'It has figures, but we have no 95% interval for the difference.',
  'figure-not-checked': 'Its figures were not read in its own report.',
}

/**
 * Puts a picture into words.
 *
 * @param summary the sum of the same studies, for what stays out of both
 */
export function pictureView(picture: EvidencePicture, summary: EvidenceSummary): PictureView {
  return {
    lead: leadOf(picture, summary),
    panels: picture.panels.map((panel) => ({
      key: panel.key,
      title: titleOf(panel),
      axis: axisInWords(panel),
      ticks: panel.ticks.map((tick) => ({ ...tick, none: tick.at === 50 })),
      rows: panel.rows,
    })),
    notDrawn: picture.notDrawn.map(({ study, why }) => ({
      id: study.id,
      citation: shortCitation(study),
      people: peopleInFigures(study),
      direction: directionInWords(study),
      why: whyWords[why],
    })),
    notes: notesOf(picture, summary),
  }
}

function titleOf({ kind, counts }: PicturePanel): string {
  // The unit of percentage points is part of what is counted; naming it twice helps nobody.
  return `${estimateKindInWords(kind === 'percentage-points' ? 'mean-difference' : kind)}: ${counts}`
}

function leadOf({ panels, notDrawn }: EvidencePicture, { trials }: EvidenceSummary): string[] {
  if (panels.length > 0) {
    const drawn = trials - notDrawn.length
    return [
      notDrawn.length === 0
        ? 'Every trial that counts is drawn.'
        : `Drawn: ${drawn} of the ${trials} trials that count. The others gave us no difference with an interval; they are named beneath the picture and weigh as much.`,
      'The dot is what the trial found. The line through it is the 95% interval: the range that fits what was seen.',
      'The upright line in the middle means no difference. Right of it, people given ketamine or esketamine did better; left of it, the others did.',
    ]
  }
  if (trials === 0) return ['No trial that counts has reported a result. An empty picture is the honest one.']
  return [
    'No trial that counts gives us a difference with its 95% interval. So the trials stand here by name.',
  ]
}

function axisInWords({ kind, better }: PicturePanel): string {
  const lower = better === 'lower' ? 'Here lower is better, so the scale runs from right to left. ' : ''
  return isRatio(kind)
    ? `${lower}1 means no difference. Each step along the scale is the same multiple.`
    : `${lower}0 means no difference.`
}

function notesOf({ panels, uncheckedFigures }: EvidencePicture, { unverified }: EvidenceSummary): string[] {
  const notes: string[] = []
  if (panels.some(({ rows }) => new Set(rows.map(({ studyId }) => studyId)).size < rows.length)) {
    notes.push('Rows of the same trial hold the same people. They are not two proofs.')
  }
  if (panels.length > 1) notes.push('Panels count different things. Do not compare lengths across them.')
  if (uncheckedFigures > 0) {
    const figures = uncheckedFigures === 1 ? '1 figure' : `${uncheckedFigures} figures`
    notes.push(
      `${figures} of these trials could not be read in the trial’s own report and ${uncheckedFigures === 1 ? 'is' : 'are'} not drawn.`,
    )
  }
  if (unverified > 0) {
    notes.push(
      `${unverified === 1 ? '1 study is' : `${unverified} studies are`} unverified: kept out of the picture and of the sum, and listed below.`,
    )
  }
  return notes
}
