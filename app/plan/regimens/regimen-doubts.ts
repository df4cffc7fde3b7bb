import {
  type AbsorbedRoute,
  boundsOutsideValidity,
  type Constant,
  type Model,
  type Person,
  RACEMATE_AS_S,
  type Warning,
} from '@evenkeel/pharmacokinetics'
import { type AskedPeople, type AskedRegimen, type DoseRoute, dosesFor } from './regimen-question.ts'
import { figure, ROUTE_WORDS } from './regimen-words.ts'

/** A reason to trust a regimen's lines and figures less, said beside the picture, in the table, in print and in the file. */
export type Doubt = {
  /** For the cell of a table. */
  readonly short: string
  /** Whole sentences. */
  readonly words: string
  /** `peak`: it is about the highest level of this line alone, and stands beneath that figure. */
  readonly at?: 'peak'
}

/** How far the typical course is in doubt for a person outside a model's range, in ng/mL. */
export type Beliefs = {
  /** Of people: whose; of one person: nothing to say. */
  readonly who: string | undefined
  readonly lowPeak: number
  readonly highPeak: number
  /** On what it depends, to follow "depending on". */
  readonly dependsOn: string
  /** Whether size is one of the things in doubt. */
  readonly size: boolean
  /** Lowest and highest typical course under every belief, minute by minute. */
  readonly lower: Float64Array
  readonly upper: Float64Array
}

/**
 * What may be believed about a person or about the edges of a description, where the model was not made for them. Empty
 * within range.
 *
 * @param timesMin minutes of the courses; `peakAtMin` is looked at as well, so that no peak falls between two minutes
 */
export function beliefsOf(
  { model, rows }: AskedRegimen,
  people: AskedPeople,
  typical: Person,
  timesMin: Float64Array,
  peakAtMin: number,
): readonly Beliefs[] {
  return edgesOf(people, typical).flatMap(({ who, person }): Beliefs[] => {
    const doses = dosesFor(rows, person.weightKg)
    const bounds = boundsOutsideValidity(model, person, doses, timesMin)
    const peak = boundsOutsideValidity(model, person, doses, [peakAtMin])
    if (!bounds.ok || !peak.ok || bounds.assumptions.length < 2) return []
    const size = bounds.assumptions.some((belief) => belief.size !== 1)
    const clearance = bounds.assumptions.some((belief) => belief.clearance !== 1)
    return [
      {
        who,
        lowPeak: Math.max(peak.lowerNgPerMl[0]!, ...bounds.lowerNgPerMl),
        highPeak: Math.max(peak.upperNgPerMl[0]!, ...bounds.upperNgPerMl),
        dependsOn: [
          ...(size ? [`whether size matters as usual at ${figure(person.weightKg)} kg`] : []),
          ...(clearance ? [`how far clearance differs at ${figure(person.ageYears!)} years`] : []),
        ].join(' and '),
        size,
        lower: bounds.lowerNgPerMl,
        upper: bounds.upperNgPerMl,
      },
    ]
  })
}

/** The person, or the lightest and youngest and the heaviest and oldest of a description. */
function edgesOf(
  people: AskedPeople,
  typical: Person,
): readonly { readonly who: string | undefined; readonly person: Person }[] {
  if (people.kind === 'person') return [{ who: undefined, person: typical }]
  return (['least', 'most'] as const).map((end) => {
    const person = { weightKg: people.weightKg[end], ageYears: people.ageYears[end] }
    return { who: `${person.weightKg} kg and ${person.ageYears} years`, person }
  })
}

/** Beliefs as a line of their own: "between 286 and 542 ng/mL, depending on whether size matters as usual at 150 kg". */
function beliefsInWords({ who, lowPeak, highPeak, dependsOn }: Beliefs): string {
  return `${who ? `at ${who} ` : ''}between ${figure(lowPeak)} and ${figure(highPeak)} ng/mL, depending on ${dependsOn}`
}

/** The same for the cell of a level: "286 to 542 by what is believed". */
export function beliefsInShort({ who, lowPeak, highPeak }: Beliefs): string {
  return `${who ? `at ${who} ` : ''}${figure(lowPeak)} to ${figure(highPeak)} by what is believed`
}

const BELIEFS_AND_BANDS: Doubt = {
  at: 'peak',
  short: 'lines as the model says, bands under every belief',
  words:
    'Lines are drawn as the model says; bands take in every belief, so that a line need not lie in the middle of its band, nor within it.',
}

/** Everything that must stand beside a regimen's lines and figures. Empty when nothing is in doubt beyond the band. */
export function doubtsAbout(
  asked: AskedRegimen,
  warnings: readonly Warning[],
  beliefs: readonly Beliefs[],
): Doubt[] {
  const { model, rows, drug } = asked
  const routes = [...new Set(rows.map(({ route }) => route))]
  return [
    ...warnings.map((warning) => warningDoubt(warning, model)),
    ...(beliefs.length > 0 ? [BELIEFS_AND_BANDS] : []),
    ...beliefs.map((belief) => ({
      at: 'peak' as const,
      short: beliefsInShort(belief),
      words: `The highest typical level lies ${beliefsInWords(belief)}.`,
    })),
    ...routes.flatMap((route) => sketchDoubt(model, route)),
    ...(drug === 'racemate' && model.analyte === 'S-ketamine'
      ? [{ short: 'R taken to behave as S', words: RACEMATE_AS_S }]
      : []),
    ...(drug === 'esketamine' && model.analyte !== 'S-ketamine' && routes.some(isAbsorbed)
      ? [
          {
            short: 'shares and rates chosen for racemate',
            words: 'Shares and rates of this route were chosen for racemate, not for esketamine.',
          },
        ]
      : []),
    ...(routes.includes('bolus')
      ? [
          {
            short: 'at once: the first minutes are the model’s',
            words:
              'A dose at once is taken as mixed at once: the level at its own minute is a figure of the model, not one that could be drawn.',
          },
        ]
      : []),
  ]
}

function warningDoubt({ reason, words }: Warning, { validFor }: Model): Doubt {
  if (reason === 'age-unknown') {
    const [least, most] = validFor.ageYears
    return {
      short: `age unknown: taken as within ${least} to ${most} years`,
      words: `Age unknown: lines and band are those of ${least} to ${most} years, for which this model was made. In somebody older, clearance may have fallen and levels may be higher than the band shows; it is not widened for that.`,
    }
  }
  return { short: words.split(',')[0]!, words: `${words[0]!.toUpperCase()}${words.slice(1)}.` }
}

const isAbsorbed = (route: DoseRoute): route is AbsorbedRoute =>
  route !== 'infusion' && route !== 'bolus' && route !== 'rate'

/** A route that rests on constants which nobody published or which were not read in the paper. */
function sketchDoubt(model: Model, route: DoseRoute): Doubt[] {
  if (!isAbsorbed(route)) return []
  const weak = weakConstants(model, route)
  if (weak.length === 0) return []
  const why = weak.map(({ unit, confidence }) => {
    const what = unit === 'share' ? 'the share that reaches the blood' : 'how fast it is absorbed'
    return confidence === 'R' ? `${what} is recalled and still to be checked` : `${what} was chosen here`
  })
  const vein = model.armDelay
    ? ' In the artery such a line comes out early and sharp: hold the expected laboratory draw (venous, estimated) against published levels, not this.'
    : ''
  return [
    {
      short: `a sketch: this route (${ROUTE_WORDS[route]}) rests on figures chosen here`,
      words: `Treat these levels as a sketch: by this route (${ROUTE_WORDS[route]}) ${[...new Set(why)].join(' and ')}.${vein}`,
    },
  ]
}

function weakConstants(model: Model, route: AbsorbedRoute): Constant[] {
  const names = (model.routes[route] ?? []).flatMap(({ share, rate, releasedOver, lag }) => [
    ...share.flatMap((factor) =>
      'of' in factor
        ? [factor.of, factor.laterDoses]
        : 'rest' in factor
          ? [factor.rest, factor.laterDoses]
          : [],
    ),
    rate,
    releasedOver,
    lag,
  ])
  return [...new Set(names)].flatMap((name) => {
    const found = name === undefined ? undefined : model.parameters[name]
    return found && (found.confidence === 'R' || found.confidence === 'D') ? [found] : []
  })
}
