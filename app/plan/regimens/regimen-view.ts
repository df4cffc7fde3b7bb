import { type Confidence, type Model, RACEMATE_AS_S, type Sampling } from '@evenkeel/pharmacokinetics'
import type { GivenStretch } from '../../ui/index.ts'
import { weightStepKg } from './drawn-people.ts'
import { FIGURES_OF } from './question-work.ts'
import type { FieldValues } from './regimen-fields.ts'
import { dosesFor, type RegimenQuestion } from './regimen-question.ts'
import { DRUG_WORDS, figure, peopleInWords, rowInWords, SITE_WORDS, signed } from './regimen-words.ts'
import type { PersonFigures, WorkedQuestion, WorkedRegimen } from './work-out.ts'

/** Points of a drawn line; the file has every minute. */
const MOST_POINTS = 241

/** One course with the band around it, plain arrays of one length. */
export type ShownLine = {
  readonly minutes: readonly number[]
  readonly typical: readonly number[]
  readonly low: readonly number[]
  readonly high: readonly number[]
}

/** A figure of a table: typical, and between what nine drawn people in ten lie. */
export type ShownFigure = { readonly typical: string; readonly between: string | undefined }

export type ShownRegimen = {
  readonly place: number
  readonly name: string
  readonly drug: string
  readonly modelTitle: string
  readonly doses: readonly string[]
  readonly line: ShownLine
  /** Null where the model has no effect site. */
  readonly effect: (ShownLine & { readonly halfLife: string; readonly peak: string }) | null
  readonly given: readonly GivenStretch[]
  readonly peak: ShownFigure
  readonly peakAt: ShownFigure
  readonly area: ShownFigure
  readonly above: ShownFigure | undefined
  /** How people differ in this model's band, in words. */
  readonly bandWords: string
}

export type ShownDifference = {
  readonly place: number
  readonly name: string
  readonly against: string
  readonly peak: ShownFigure
  readonly peakAt: ShownFigure
  readonly area: ShownFigure
  readonly above: ShownFigure | undefined
  /** False when the two have different models, so that nobody is drawn for both. */
  readonly paired: boolean
}

/** Regimens whose lines may stand beside each other: blood of one site. */
export type ShownSite = {
  readonly site: Sampling
  readonly words: string
  readonly regimens: readonly ShownRegimen[]
  readonly differences: readonly ShownDifference[]
}

export type ShownModel = {
  readonly id: string
  readonly title: string
  readonly site: string
  readonly analyte: string
  readonly population: string
  readonly madeFor: string
  readonly source: string
  readonly variability: string
  readonly residual: string
  readonly cautions: readonly string[]
  readonly constants: readonly {
    readonly name: string
    readonly value: string
    readonly confidence: Confidence
    readonly source: string
  }[]
}

export type RegimenView = {
  readonly people: string
  readonly drawn: string
  readonly n: number
  readonly threshold: number | undefined
  readonly untilMin: number
  readonly sites: readonly ShownSite[]
  readonly sitesDiffer: boolean
  readonly models: readonly ShownModel[]
  /** Field name → what the model was not made for, to stand at that field. */
  readonly notes: Readonly<Record<string, string>>
}

/** Everything that the page shows of a worked question, as plain data. */
export function regimenView({ question, regimens, typical }: WorkedQuestion): RegimenView {
  const sites = [...new Set(regimens.map(({ asked }) => asked.model.sampling))]
  return {
    people: peopleInWords(question.people),
    drawn: drawnInWords(question),
    n: question.n,
    threshold: question.thresholdNgPerMl,
    untilMin: question.untilMin,
    sites: sites.map((site) => {
      const own = regimens.filter(({ asked }) => asked.model.sampling === site)
      return {
        site,
        words: SITE_WORDS[site],
        regimens: own.map((worked) => shownRegimen(worked, typical.weightKg)),
        differences: own.slice(1).map((worked) => shownDifference(worked, own[0]!)),
      }
    }),
    sitesDiffer: sites.length > 1,
    models: [...new Set(regimens.map(({ asked }) => asked.model))].map(shownModel),
    notes: notesOf(question, regimens),
  }
}

function drawnInWords({ people, n, seed }: RegimenQuestion): string {
  const steps =
    people.kind === 'people'
      ? `; weights are drawn in steps of ${weightStepKg(people.weightKg.least, people.weightKg.most)} kg`
      : ''
  return `${n} drawn people for bands and ${FIGURES_OF} for the spread of figures, seed ${seed}${steps}`
}

function shownRegimen({ asked, typical, ...worked }: WorkedRegimen, weightKg: number): ShownRegimen {
  const { model, rows } = asked
  const doses = dosesFor(rows, weightKg)
  const { concentrationNgPerMl: band, effectSiteNgPerMl: effectBand } = worked.bands
  return {
    place: asked.place,
    name: asked.name,
    drug: DRUG_WORDS[asked.drug],
    modelTitle: model.title,
    doses: rows.map((row) => rowInWords(row, weightKg)),
    line: shownLine(typical.timesMin, typical.concentrationNgPerMl, band),
    effect: typical.effectSiteNgPerMl &&
      effectBand && {
        ...shownLine(typical.timesMin, typical.effectSiteNgPerMl, effectBand),
        halfLife: `${figure(typical.effectSite!.halfLifeMin.value)} min`,
        peak: worked.typicalEffectPeak
          ? `${figure(worked.typicalEffectPeak.value)} ng/mL at minute ${figure(worked.typicalEffectPeak.atMin)}`
          : 'not known',
      },
    given: doses.flatMap((dose): GivenStretch[] => {
      if (dose.route === 'iv-infusion')
        return [{ fromMinute: dose.startMin, toMinute: dose.startMin + dose.durationMin }]
      if (dose.route !== 'iv-rate') return [{ fromMinute: dose.atMin, toMinute: dose.atMin }]
      return dose.steps.flatMap(({ atMin, mgPerMin }, i) => {
        const next = dose.steps[i + 1]
        return mgPerMin > 0 && next ? [{ fromMinute: atMin, toMinute: next.atMin }] : []
      })
    }),
    ...figuresOf((of) => ({
      typical: figure(of(worked.typicalFigures)),
      between: between(worked.figures.map(of), figure),
    })),
    bandWords: `differences between people: ${worked.bands.variability}; scatter of a measured level: ${worked.bands.residual}`,
  }

  function figuresOf(show: (of: (figures: PersonFigures) => number) => ShownFigure) {
    return {
      peak: show((f) => f.peakNgPerMl),
      peakAt: show((f) => f.peakAtMin),
      area: show((f) => f.areaNgHPerMl),
      above: worked.typicalFigures.minutesAbove === null ? undefined : show((f) => f.minutesAbove ?? 0),
    }
  }
}

/** One regimen less another, and between what the difference lies in the same drawn people. */
function shownDifference(worked: WorkedRegimen, first: WorkedRegimen): ShownDifference {
  const paired = worked.asked.model === first.asked.model
  const show = (of: (figures: PersonFigures) => number): ShownFigure => ({
    typical: signed(of(worked.typicalFigures) - of(first.typicalFigures)),
    between: paired
      ? between(
          worked.figures.map((figures, k) => of(figures) - of(first.figures[k]!)),
          signed,
        )
      : undefined,
  })
  return {
    place: worked.asked.place,
    name: worked.asked.name,
    against: first.asked.name,
    peak: show((f) => f.peakNgPerMl),
    peakAt: show((f) => f.peakAtMin),
    area: show((f) => f.areaNgHPerMl),
    above: worked.typicalFigures.minutesAbove === null ? undefined : show((f) => f.minutesAbove ?? 0),
    paired,
  }
}

function between(values: readonly number[], say: (value: number) => string): string {
  const sorted = [...values].sort((a, b) => a - b)
  return `${say(percentile(sorted, 0.05))} to ${say(percentile(sorted, 0.95))}`
}

/** Between the two neighbours, evenly. */
export function percentile(sorted: readonly number[], share: number): number {
  const place = share * (sorted.length - 1)
  const below = Math.floor(place)
  const low = sorted[below]!
  return low + (place - below) * ((sorted[below + 1] ?? low) - low)
}

/** Every k-th minute, the last one always; three significant figures are finer than a pixel. */
function shownLine(
  timesMin: Float64Array,
  typical: Float64Array,
  [low, high]: readonly Float64Array[],
): ShownLine {
  const last = timesMin.length - 1
  const step = Math.ceil(last / (MOST_POINTS - 1))
  const places = Array.from({ length: Math.floor(last / step) + 1 }, (_, i) => i * step)
  if (places.at(-1) !== last) places.push(last)
  const at = (course: Float64Array) => places.map((i) => Number(course[i]!.toPrecision(4)))
  return { minutes: places.map((i) => timesMin[i]!), typical: at(typical), low: at(low!), high: at(high!) }
}

function shownModel(model: Model): ShownModel {
  const { ageYears, weightKg, doseMgPerKg, source } = model.validFor
  return {
    id: model.id,
    title: model.title,
    site: SITE_WORDS[model.sampling],
    analyte: model.analyte,
    population: model.population,
    madeFor: `${ageYears[0]} to ${ageYears[1]} years, ${weightKg[0]} to ${weightKg[1]} kg, ${doseMgPerKg[0]} to ${doseMgPerKg[1]} mg/kg (${source})`,
    source: sourceInWords(model.source),
    variability: statusInWords(model.variability),
    residual: statusInWords(model.residual),
    cautions: model.cautions,
    constants: Object.entries(model.parameters).map(([name, constant]) => ({
      name,
      value: `${figure(constant.value)} ${constant.unit}`,
      confidence: constant.confidence,
      source: sourceInWords(constant.source) + (constant.note ? `; ${constant.note}` : ''),
    })),
  }
}

function statusInWords({ status, source }: { status: string; source: string }): string {
  return source.startsWith(status) ? source : `${status}: ${sourceInWords(source)}`
}

function sourceInWords(source: string): string {
  return /^10\.\d/.test(source) ? `doi ${source}` : source
}

/** Warnings, each at the field that it is about. */
function notesOf(question: RegimenQuestion, regimens: readonly WorkedRegimen[]): FieldValues {
  const notes: Record<string, string[]> = {}
  const one = question.people.kind === 'person'
  for (const { asked, warnings } of regimens) {
    for (const { reason, words } of warnings) {
      const field = reason.startsWith('weight')
        ? one
          ? 'weight'
          : reason === 'weight-below-range'
            ? 'leastWeight'
            : 'mostWeight'
        : reason.startsWith('age')
          ? one
            ? 'age'
            : reason === 'age-below-range'
              ? 'leastAge'
              : 'mostAge'
          : `r${asked.place}-model`
      const line = `${asked.model.title}: ${words}.`
      notes[field] ??= []
      if (!notes[field].includes(line)) notes[field].push(line)
    }
    if (asked.drug === 'racemate' && asked.model.analyte === 'S-ketamine') {
      notes[`r${asked.place}-drug`] = [RACEMATE_AS_S]
    }
    if (asked.drug === 'esketamine' && asked.model.analyte !== 'S-ketamine') {
      if (asked.rows.some(({ route }) => !['infusion', 'bolus', 'rate'].includes(route))) {
        const field = `r${asked.place}-drug`
        notes[field] = ['Shares and rates of this route were chosen for racemate.']
      }
    }
  }
  return Object.fromEntries(Object.entries(notes).map(([field, lines]) => [field, lines.join(' ')]))
}
