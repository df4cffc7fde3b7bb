import { infusionFigures } from './order-figures.ts'
import type { Figure, Protocol } from './protocol.ts'

/** Whether plans may be made and orders signed by a protocol, and if not, every reason in words. */
export type Orderability =
  | { readonly orderable: true }
  | { readonly orderable: false; readonly reasons: readonly string[] }

/**
 * A protocol can be ordered when it is for outpatients, nothing else stands in its way, and every figure that an
 * order, the diary or a ceiling needs is known. Pure.
 *
 * @example orderability(audKare) // { orderable: true }
 */
export function orderability(protocol: Protocol): Orderability {
  const reasons: string[] = []
  if (protocol.setting === 'hospital-only')
    reasons.push('For a hospital only, with staff and monitoring that a clinic does not have.')
  if (protocol.notOrderableBecause !== null) reasons.push(protocol.notOrderableBecause)
  const unknown = unknownFigures(protocol)
  if (unknown.length > 0)
    reasons.push(
      `Not stated: ${unknown.join('; ')}. A clinic that wants to use it fills this in and publishes its own version.`,
    )
  return reasons.length === 0 ? { orderable: true } : { orderable: false, reasons }
}

/** Figures that an order or a booking rests on and that are not known, each with the word that stands in its place. */
function unknownFigures(protocol: Protocol): readonly string[] {
  const { dose, ceilings } = protocol
  const unknown: string[] = []
  const need = (name: string, figure: Figure | null) => {
    if (figure?.value === null) unknown.push(`${name} (${figure.word})`)
  }
  if (dose.kind === 'infusion-mg-per-kg')
    for (const step of dose.steps) {
      need(`dose of “${step.title}”`, step.mgPerKg)
      need(`length of “${step.title}”`, step.durationMin)
    }
  else if (dose.kind === 'bolus-mg-per-kg') need('dose', dose.mgPerKg)
  else if (dose.kind === 'fixed-mg') {
    if (dose.choicesMg.length === 0) unknown.push(`dose (${dose.unknownBecause ?? 'not stated'})`)
  } else {
    need('lowest rate', dose.lowMgPerKgPerH)
    need('highest rate', dose.highMgPerKgPerH)
    need('first dose at once', dose.bolusMgPerKg)
  }
  if (ceilings.by === 'mg') {
    need('soft ceiling', ceilings.softMg)
    need('hard ceiling', ceilings.hardMg)
  } else {
    need('soft ceiling', ceilings.softMgPerKg)
    need('hard ceiling', ceilings.hardMgPerKg)
    need('rate ceiling', ceilings.rateMgPerKgPerMin)
  }
  for (const [i, stretch] of protocol.course.entries()) {
    need(`number of sessions (${stretch.title})`, stretch.sessions)
    // One session alone follows none; everything else has a distance to keep.
    const followsOne = i > 0 || (stretch.sessions.value ?? 1) > 1
    if (stretch.spacing === null && followsOne) unknown.push(`days between sessions (${stretch.title})`)
  }
  return unknown
}

/**
 * What of a protocol contradicts itself, by field. Types and ranges are checked before; this looks at what only two
 * fields together can say. Pure.
 */
export function contradictions(
  protocol: Protocol,
): readonly { readonly path: string; readonly words: string }[] {
  const problems: { path: string; words: string }[] = []
  const say = (path: string, words: string) => problems.push({ path, words })
  const { dose, route, ceilings } = protocol
  const given = KINDS_BY_ROUTE[route]
  if (!given.includes(dose.kind)) say('dose', 'This kind of dose is not given by this route.')
  const counted = dose.kind === 'fixed-mg' ? 'mg' : 'mg-per-kg'
  if (dose.kind !== 'rate' && ceilings.by !== counted)
    say('ceilings', 'The ceilings must count what the dose counts: mg, or mg per kg.')
  if (dose.kind === 'rate' && protocol.setting !== 'hospital-only')
    say('setting', 'An infusion until settled is for a hospital only.')
  if (
    dose.kind === 'infusion-mg-per-kg' &&
    protocol.setting === 'outpatient' &&
    ceilings.by === 'mg-per-kg' &&
    ceilings.rateMgPerKgPerMin === null
  )
    say('ceilings', 'An infusion needs a rate ceiling.')
  const [soft, hard] =
    ceilings.by === 'mg' ? [ceilings.softMg, ceilings.hardMg] : [ceilings.softMgPerKg, ceilings.hardMgPerKg]
  if (soft.value !== null && hard.value !== null && soft.value > hard.value)
    say('ceilings', 'The soft ceiling must not lie above the hard one.')
  doseAgainstCeilings(protocol, hard.value, say)
  if (route === 'nasal-esketamine' && dose.kind === 'fixed-mg') {
    if (dose.choicesMg.some((mg) => mg !== 56 && mg !== 84))
      say('dose', 'Esketamine spray is given as exactly 56 mg or 84 mg.')
  }
  if (dose.kind === 'fixed-mg') {
    if (dose.firstDayChoicesMg?.some((mg) => !dose.choicesMg.includes(mg)))
      say('dose', 'What may be given on the first day must be one of the doses.')
    if (dose.choicesMg.length === 0 && dose.unknownBecause === null)
      say('dose', 'Say at least one dose, or why none is stated.')
  }
  for (const [i, { phaseId, spacing }] of protocol.course.entries()) {
    if (!protocol.phases.some(({ id }) => id === phaseId))
      say(`course.${i}.phaseId`, 'There is no such phase.')
    if (spacing && !(spacing.earliestDays <= spacing.targetDays && spacing.targetDays <= spacing.latestDays))
      say(
        `course.${i}.spacing`,
        'The earliest day must not lie after the day aimed at, nor that after the latest.',
      )
  }
  const turns = protocol.course.flatMap(({ targetsInTurn, spacing }) =>
    spacing ? targetsInTurn.filter((d) => d < spacing.earliestDays || d > spacing.latestDays) : targetsInTurn,
  )
  if (turns.length > 0) say('course', 'The days aimed at in turn must lie inside the spacing.')
  const ids = protocol.phases.map(({ id }) => id)
  if (new Set(ids).size !== ids.length) say('phases', 'Each phase needs an id of its own.')
  return problems
}

const KINDS_BY_ROUTE: Readonly<Record<Protocol['route'], readonly Protocol['dose']['kind'][]>> = {
  intravenous: ['infusion-mg-per-kg', 'rate'],
  intramuscular: ['bolus-mg-per-kg', 'fixed-mg'],
  subcutaneous: ['bolus-mg-per-kg'],
  'nasal-esketamine': ['fixed-mg'],
  'nasal-racemic': ['fixed-mg'],
  sublingual: ['fixed-mg'],
  oral: ['fixed-mg', 'bolus-mg-per-kg'],
}

/** Wider than floating point, narrower than any figure here. */
const NOTHING = 1e-9

function doseAgainstCeilings(
  protocol: Protocol,
  hard: number | null,
  say: (path: string, words: string) => void,
): void {
  const { dose, ceilings } = protocol
  if (hard !== null) {
    if (highestDose(protocol) > hard + NOTHING)
      say('ceilings', 'A dose of the protocol itself lies above its hard ceiling.')
  }
  const infusion = infusionFigures(protocol)
  if (!infusion || dose.kind !== 'infusion-mg-per-kg' || ceilings.by !== 'mg-per-kg') return
  const rate = ceilings.rateMgPerKgPerMin?.value
  if (rate === null || rate === undefined) return
  for (const step of infusion.steps) {
    const exception = ceilings.bolusException
    const limit = exception?.stepTitle === step.title ? exception.mgPerKgPerMin : rate
    if (step.mgPerKg / step.durationMin > limit + NOTHING)
      say('ceilings', `“${step.title}” is faster than the rate ceiling and is not named as its exception.`)
  }
}

/** The highest dose the protocol itself names, in what its ceilings count; 0 when none is known. */
function highestDose({ dose, ceilings }: Protocol): number {
  if (dose.kind === 'fixed-mg') return ceilings.by === 'mg' ? Math.max(0, ...dose.choicesMg) : 0
  if (dose.kind === 'rate') return 0
  const first =
    dose.kind === 'bolus-mg-per-kg'
      ? (dose.mgPerKg.value ?? 0)
      : dose.steps.reduce((sum, s) => sum + (s.mgPerKg.value ?? 0), 0)
  return Math.max(first, ...(dose.titration?.furtherMgPerKg ?? []))
}
