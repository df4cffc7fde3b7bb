import { type Confidence, type Model, RACEMATE_AS_S, type Sampling } from '@evenkeel/pharmacokinetics'
import type { GivenStretch } from '../../ui/index.ts'
import { weightStepKg } from './drawn-people.ts'
import { type ExpectedDraw, expectedDraw } from './expected-draw.ts'
import { FIGURES_OF } from './question-work.ts'
import { type Beliefs, beliefsInShort, beliefsOf, type Doubt, doubtsAbout } from './regimen-doubts.ts'
import { type FieldValues, regimenField } from './regimen-fields.ts'
import { type ShownName, shownNames } from './regimen-name.ts'
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
export type ShownFigure = {
  readonly typical: string
  readonly between: string | undefined
  /** Further lines beneath: what may be believed outside the model's range, why the typical one lies outside its interval. */
  readonly remarks?: readonly string[]
}

/** What a laboratory would find in a vein, for a model of arteries: `line`'s band and intervals are of the arm's delay. */
export type ShownDraw = {
  readonly line: ShownLine
  readonly peak: ShownFigure
  readonly peakAt: ShownFigure
  readonly area: ShownFigure
  readonly above: ShownFigure | undefined
}

export type ShownRegimen = ShownName & {
  readonly place: number
  readonly drug: string
  /** What must stand wherever this regimen's lines or figures stand. */
  readonly doubts: readonly Doubt[]
  /** Null where the model has no delay of the arm. */
  readonly draw: ShownDraw | null
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

/** Regimens whose lines may stand beside each other: blood of one site, or of one model that does not state its site. */
export type ShownSite = {
  readonly key: string
  readonly site: Sampling
  readonly words: string
  readonly regimens: readonly ShownRegimen[]
  readonly differences: readonly ShownDifference[]
  /** Regimens without a difference, because they are of another drug than those before. */
  readonly otherDrugs: readonly string[]
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
  const names = shownNames(regimens.map(({ asked }) => asked))
  const nameOf = ({ asked }: WorkedRegimen) => names.get(asked.place)!
  const keys = [...new Set(regimens.map(siteKey))]
  return {
    people: peopleInWords(question.people),
    drawn: drawnInWords(question),
    n: question.n,
    threshold: question.thresholdNgPerMl,
    untilMin: question.untilMin,
    sites: keys.map((key) => {
      const own = regimens.filter((worked) => siteKey(worked) === key)
      const { model } = own[0]!.asked
      const compared = own.flatMap((worked, at) => {
        // A milligram of one drug is not one of the other, so only regimens of one drug have a difference.
        const first = own.slice(0, at).find(({ asked }) => asked.drug === worked.asked.drug)
        return first ? [shownDifference(worked, first, nameOf)] : []
      })
      return {
        key,
        site: model.sampling,
        words:
          model.sampling === 'unspecified'
            ? `${SITE_WORDS.unspecified} (${model.title})`
            : SITE_WORDS[model.sampling],
        regimens: own.map((worked) => ({
          ...nameOf(worked),
          ...shownRegimen(worked, question, typical),
        })),
        differences: compared,
        otherDrugs: own
          .slice(1)
          .filter(({ asked }) => asked.drug !== own[0]!.asked.drug)
          .filter(({ asked }) => !compared.some(({ place }) => place === asked.place))
          .map((worked) => nameOf(worked).name),
      }
    }),
    sitesDiffer: keys.length > 1,
    models: [...new Set(regimens.map(({ asked }) => asked.model))].map(shownModel),
    notes: notesOf(question, regimens, names),
  }
}

/** Not stated is not the same: two models that do not say where blood was drawn may differ in it. */
function siteKey({ asked: { model } }: WorkedRegimen): string {
  return model.sampling === 'unspecified' ? model.id : model.sampling
}

function drawnInWords({ people, n, seed }: RegimenQuestion): string {
  const steps =
    people.kind === 'people'
      ? `; weights are drawn in steps of ${weightStepKg(people.weightKg.least, people.weightKg.most)} kg`
      : ''
  return `${n} drawn people for bands and ${FIGURES_OF} for the spread of figures, seed ${seed}${steps}`
}

function shownRegimen(
  { asked, typical, ...worked }: WorkedRegimen,
  { people, thresholdNgPerMl }: RegimenQuestion,
  person: WorkedQuestion['typical'],
): Omit<ShownRegimen, keyof ShownName> {
  const { model, rows } = asked
  const doses = dosesFor(rows, person.weightKg)
  const { concentrationNgPerMl: band, effectSiteNgPerMl: effectBand } = worked.bands
  const beliefs = beliefsOf(asked, people, person, typical.timesMin, worked.typicalFigures.peakAtMin)
  const show = (of: (figures: PersonFigures) => number): ShownFigure => {
    const own = of(worked.typicalFigures)
    const drawn = worked.figures.map(of)
    return { typical: figure(own), between: between(drawn, figure), remarks: outside(own, drawn, beliefs) }
  }
  const peak = show((f) => f.peakNgPerMl)
  const draw = expectedDraw(asked, person, typical.timesMin, thresholdNgPerMl)
  return {
    place: asked.place,
    drug: DRUG_WORDS[asked.drug],
    doubts: doubtsAbout(asked, worked.warnings, beliefs),
    modelTitle: model.title,
    doses: rows.map((row) => rowInWords(row, person.weightKg)),
    line: shownLine(typical.timesMin, typical.concentrationNgPerMl, band),
    draw: draw ? shownDraw(draw) : null,
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
    peak: { ...peak, remarks: [...beliefs.map(beliefsInShort), ...(peak.remarks ?? [])] },
    peakAt: show((f) => f.peakAtMin),
    area: show((f) => f.areaNgHPerMl),
    above: worked.typicalFigures.minutesAbove === null ? undefined : show((f) => f.minutesAbove ?? 0),
    bandWords: `differences between people: ${worked.bands.variability}; scatter of a measured level: ${worked.bands.residual}`,
  }
}

function shownDraw({ figures, publishedPeakNgPerMl, publishedTitle, ...draw }: ExpectedDraw): ShownDraw {
  const show = (of: (exposure: (typeof figures)[number]) => number | null | undefined): ShownFigure => {
    const known = figures.map((each) => of(each) ?? Number.NaN)
    const [low, high] = [Math.min(...known), Math.max(...known)].map(figure)
    return { typical: figure(known[0]!), between: low === high ? undefined : `${low} to ${high}` }
  }
  const peak = show((f) => f.peak?.value)
  return {
    line: shownLine(draw.timesMin, draw.estimated, [draw.low, draw.high]),
    peak: {
      ...peak,
      remarks:
        publishedPeakNgPerMl === undefined ? [] : [`${publishedTitle}: ${figure(publishedPeakNgPerMl)}`],
    },
    peakAt: show((f) => f.peak?.atMin),
    area: show((f) => (f.totalAreaNgMinPerMl === null ? null : f.totalAreaNgMinPerMl / 60)),
    above: figures[0].minutesAbove === null ? undefined : show((f) => f.minutesAbove),
  }
}

/** One regimen less another of the same drug, and between what the difference lies in the same drawn people. */
function shownDifference(
  worked: WorkedRegimen,
  first: WorkedRegimen,
  nameOf: (worked: WorkedRegimen) => ShownName,
): ShownDifference {
  const paired = worked.asked.model === first.asked.model
  const show = (of: (figures: PersonFigures) => number): ShownFigure => {
    const own = of(worked.typicalFigures) - of(first.typicalFigures)
    if (!paired) return { typical: signed(own), between: undefined }
    const drawn = worked.figures.map((figures, k) => of(figures) - of(first.figures[k]!))
    return { typical: signed(own), between: between(drawn, signed), remarks: outside(own, drawn, []) }
  }
  return {
    place: worked.asked.place,
    name: nameOf(worked).name,
    against: nameOf(first).name,
    peak: show((f) => f.peakNgPerMl),
    peakAt: show((f) => f.peakAtMin),
    area: show((f) => f.areaNgHPerMl),
    above: worked.typicalFigures.minutesAbove === null ? undefined : show((f) => f.minutesAbove ?? 0),
    paired,
  }
}

/** Why the typical figure is not within the interval beneath it; nothing where it is. */
function outside(own: number, drawn: readonly number[], beliefs: readonly Beliefs[]): string[] {
  // As they are shown: figures that read alike contradict nothing.
  const [typical, low, high] = [own, ...interval(drawn)].map((value) => Number(figure(value))) as [
    number,
    number,
    number,
  ]
  if (!(typical < low || typical > high)) return []
  return [
    beliefs.length > 0
      ? `the typical figure lies outside: it takes ${beliefs[0]!.size ? 'size' : 'age'} as the model does, the drawn people in doubt about it`
      : 'the typical figure lies outside: the typical person is not the middle of those drawn',
  ]
}

function interval(values: readonly number[]): readonly [number, number] {
  const sorted = [...values].sort((a, b) => a - b)
  return [percentile(sorted, 0.05), percentile(sorted, 0.95)]
}

function between(values: readonly number[], say: (value: number) => string): string {
  const [low, high] = interval(values)
  return `${say(low)} to ${say(high)}`
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

/** Warnings and names that no longer fit, each at the field that it is about. */
function notesOf(
  question: RegimenQuestion,
  regimens: readonly WorkedRegimen[],
  names: ReadonlyMap<number, ShownName>,
): FieldValues {
  const notes: Record<string, string[]> = {}
  const one = question.people.kind === 'person'
  for (const { asked, warnings } of regimens) {
    const shown = names.get(asked.place)!
    if (shown.changedFrom !== undefined) {
      notes[regimenField(asked.place, 'name')] = [
        `The doses beneath are no longer these. In the result it is called “${shown.name}”.`,
      ]
    }
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
          : regimenField(asked.place, 'model')
      const line = `${asked.model.title}: ${words}.`
      notes[field] ??= []
      if (!notes[field].includes(line)) notes[field].push(line)
    }
    if (asked.drug === 'racemate' && asked.model.analyte === 'S-ketamine') {
      notes[regimenField(asked.place, 'drug')] = [RACEMATE_AS_S]
    }
    if (asked.drug === 'esketamine' && asked.model.analyte !== 'S-ketamine') {
      if (asked.rows.some(({ route }) => !['infusion', 'bolus', 'rate'].includes(route))) {
        notes[regimenField(asked.place, 'drug')] = [
          'Shares and rates of this route were chosen for racemate.',
        ]
      }
    }
  }
  return Object.fromEntries(Object.entries(notes).map(([field, lines]) => [field, lines.join(' ')]))
}
