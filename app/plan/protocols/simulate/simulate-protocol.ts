import { readingSchedule } from '@evenkeel/vital-signs'
import { type EligibilityRule, evaluateEligibility } from '../../../assess/index.ts'
import { addDays, addMs, DAY_MS, daysBetween, type Instant, localDateOf } from '../../../platform/time.ts'
import type { DiaryFacts } from '../../diary/diary-facts.ts'
import type { StoredHold } from '../../diary/hold.ts'
import { type DoseChoice, doseArithmetic } from '../../orders/dose-arithmetic.ts'
import { needsAt, orderCeilings } from '../../orders/order-ceilings.ts'
import { ESKETAMINE_DEVICE } from '../../orders/units-arithmetic.ts'
import { spacingBefore } from '../course.ts'
import { infusionFigures } from '../order-figures.ts'
import type { Protocol } from '../protocol.ts'
import type { Finding, SimulationReport } from '../simulation-report.ts'
import { visitProblems } from '../visit-holds.ts'
import { ASSUMED_UNKNOWN, type InventedPerson, inventPerson, seededChance } from './invented-people.ts'
import { type PlacedSession, placeCourse } from './place-course.ts'

export type SimulationQuestion = {
  readonly protocol: Protocol
  readonly seed: number
  /** How many invented people, at least 200 for a version that is to be published. */
  readonly people: number
  readonly rules: readonly EligibilityRule[]
  /** Chairs, staff, hours and closures as they are. */
  readonly diary: DiaryFacts
  /** What is booked already and not free for the invented people; undefined when that is not looked at. */
  readonly booked?: readonly StoredHold[] | undefined
  /** The first of them is ready on this day. */
  readonly from: Instant
}

/** People who become ready to begin in a week: an assumption. */
const STARTS_PER_WEEK = 4
/** A reading is missed this often: an assumption. */
const MISSED_READING = 0.03
/** Somebody who waits longer than this for the first visit is counted. */
const LONG_WAIT_DAYS = 14
/** Vials and syringes tried in turn, as somebody at the form would: the first that works is taken. */
const TRIED = [
  { concentrationMgPerMl: 50, totalVolumeMl: 50 },
  { concentrationMgPerMl: 10, totalVolumeMl: 50 },
  { concentrationMgPerMl: 10, totalVolumeMl: 100 },
] as const

/**
 * Tries a protocol on invented people: who would be excluded, which orders meet a ceiling, which courses find no
 * place in the clinic's rooms and hours, how many readings it asks for. Pure: the same question gives the same
 * report. Yields after each person, so that whoever runs it can let others work.
 *
 * @returns the report as the generator's return value
 * @example let step = run.next(); while (!step.done) step = run.next(); step.value.people // 240
 */
export function* simulateProtocol(question: SimulationQuestion): Generator<number, SimulationReport> {
  const { people, seed } = question
  const tally = newTally()
  const holds: StoredHold[] = [...(question.booked ?? [])]
  for (let number = 1; number <= people; number++) {
    // A source of their own for each: one person more or less changes nobody else.
    const chance = seededChance(Math.imul(seed ^ 0x9e3779b9, number + 0x85ebca6b))
    const ready = addMs(question.from, Math.floor((number - 1) * (7 / STARTS_PER_WEEK)) * DAY_MS)
    const person = inventPerson(
      chance,
      number,
      ready,
      question.diary.clinic.timeZone,
      deciding(question.rules),
    )
    simulateOne(question, person, ready, holds, tally, chance)
    yield number
  }
  return reportOf(question, tally)
}

type Tally = {
  eligible: number
  readonly excluded: Map<string, { title: string; count: number }>
  readonly doses: number[]
  readonly orders: Map<string, number>
  ordered: number
  readonly noSeries: Map<string, number>
  unplaced: number
  waited: number
  placed: number
  offTarget: number
  followUps: number
  sessions: number
  readings: number
  missed: number
  sessionsWithMissed: number
}

function newTally(): Tally {
  return {
    eligible: 0,
    excluded: new Map(),
    doses: [],
    orders: new Map(),
    ordered: 0,
    noSeries: new Map(),
    unplaced: 0,
    waited: 0,
    placed: 0,
    offTarget: 0,
    followUps: 0,
    sessions: 0,
    readings: 0,
    missed: 0,
    sessionsWithMissed: 0,
  }
}

function simulateOne(
  question: SimulationQuestion,
  person: InventedPerson,
  ready: Instant,
  holds: StoredHold[],
  tally: Tally,
  chance: () => number,
): void {
  const { protocol, rules, diary } = question
  const against = evaluateEligibility(deciding(rules), person.facts, ready, diary.clinic.timeZone).filter(
    ({ truth }) => truth !== 'met',
  )
  for (const { ruleId } of against) {
    const title = rules.find((r) => r.id === ruleId)?.title ?? ruleId
    tally.excluded.set(ruleId, { title, count: (tally.excluded.get(ruleId)?.count ?? 0) + 1 })
  }
  if (against.length > 0) return
  tally.eligible++
  const order = orderFor(protocol, person)
  for (const note of order.notes) tally.orders.set(note, (tally.orders.get(note) ?? 0) + 1)
  if (order.doseMg === undefined) return
  tally.ordered++
  tally.doses.push(order.doseMg)
  const answer = placeCourse(protocol, person.id, ready, diary, holds)
  if (!answer.ok) {
    tally.unplaced++
    for (const need of answer.missing) tally.noSeries.set(need, (tally.noSeries.get(need) ?? 0) + 1)
    return
  }
  tally.placed++
  countCourse(question, answer.visits, ready, tally)
  for (const _ of answer.visits) countReadings(protocol, tally, chance)
}

/** The rules that decide whether somebody is eligible; those of the dosing day are asked on the day. */
function deciding(rules: readonly EligibilityRule[]): readonly EligibilityRule[] {
  return rules.filter(({ ruleClass }) => ruleClass === 'absolute' || ruleClass === 'relative')
}

type OrderNote = 'not-worked-out' | 'reason' | 'second-prescriber' | 'further-reason' | 'further-second'

/** The order of one person by the protocol, counted from the actual weight, and what it meets. */
function orderFor(
  protocol: Protocol,
  { weightKg, heightCm, sex }: InventedPerson,
): { readonly doseMg: number | undefined; readonly notes: readonly OrderNote[] } {
  const ceilings = orderCeilings(protocol)
  const body = { actualWeightKg: weightKg, heightCm, sex }
  const answer = TRIED.flatMap((drawn) => {
    const choice = firstDose(protocol, drawn)
    return ceilings && choice ? [doseArithmetic({ choice, route: protocol.route, body, ceilings })] : []
  }).find((each) => each.ok)
  if (!ceilings || !answer?.ok) return { doseMg: undefined, notes: ['not-worked-out'] }
  const { dose } = protocol
  const further =
    dose.kind === 'fixed-mg'
      ? dose.choicesMg
      : 'titration' in dose
        ? (dose.titration?.furtherMgPerKg ?? [])
        : []
  const furtherNeeds = needsAt(Math.max(0, ...further), ceilings)
  return {
    doseMg: answer.figures.doseMg,
    notes: [
      ...answer.needs,
      ...furtherNeeds.map((need) => (need === 'reason' ? 'further-reason' : 'further-second') as OrderNote),
    ],
  }
}

/** The first dose the protocol itself names, as it would be asked for. */
function firstDose(
  { dose, route }: Protocol,
  { concentrationMgPerMl, totalVolumeMl }: (typeof TRIED)[number],
): DoseChoice | undefined {
  if (dose.kind === 'infusion-mg-per-kg') {
    const steps = infusionFigures({ dose })?.steps
    return steps && { kind: 'infusion', steps, weightBasis: 'actual', concentrationMgPerMl, totalVolumeMl }
  }
  if (dose.kind === 'bolus-mg-per-kg')
    return dose.mgPerKg.value === null
      ? undefined
      : { kind: 'at-once-per-kg', mgPerKg: dose.mgPerKg.value, weightBasis: 'actual', concentrationMgPerMl }
  if (dose.kind === 'rate') return undefined
  const mg = (dose.firstDayChoicesMg ?? dose.choicesMg)[0]
  if (mg === undefined) return undefined
  if (route === 'intramuscular' || route === 'subcutaneous')
    return { kind: 'at-once-mg', mg, concentrationMgPerMl }
  return { kind: 'units', mg, unitMg: route === 'nasal-esketamine' ? ESKETAMINE_DEVICE.mg : mg }
}

function countCourse(
  { protocol, diary }: SimulationQuestion,
  visits: readonly PlacedSession[],
  ready: Instant,
  tally: Tally,
): void {
  const day = (at: Instant) => localDateOf(at, diary.clinic.timeZone)
  const first = visits[0]!
  if (day(first.startsAt) > addDays(day(ready), LONG_WAIT_DAYS)) tally.waited++
  for (const [i, visit] of visits.entries()) {
    const before = visits[i - 1]
    const window = spacingBefore(protocol, visit.sessionNumber)
    if (!before || !window) continue
    tally.followUps++
    if (daysBetween(day(before.startsAt), day(visit.startsAt)) !== window.targetDays) tally.offTarget++
  }
}

/** The readings that one session asks for, as the bedside clock would, and those that are missed. */
function countReadings(protocol: Protocol, tally: Tally, chance: () => number): void {
  const due = readingsOfSession(protocol)
  let missed = 0
  for (let i = 0; i < due; i++) if (chance() < MISSED_READING) missed++
  tally.sessions++
  tally.readings += due
  tally.missed += missed
  if (missed > 0) tally.sessionsWithMissed++
}

/** How many readings a session holds from its first one until the earliest leaving, each taken when it is due. */
export function readingsOfSession(protocol: Protocol): number {
  const doseMin = infusionFigures(protocol)?.durationMin ?? 0
  const endedAtMs = doseMin * 60_000
  const leavesAtMs = endedAtMs + protocol.discharge.minMinutesAfterEnd * 60_000
  const taken = [-1]
  for (let nowMs = 0; taken.length < 500; ) {
    const { dueAtMs } = readingSchedule(protocol.monitoring.readings, {
      startedAtMs: 0,
      endedAtMs: nowMs >= endedAtMs ? endedAtMs : null,
      readingsAtMs: taken,
      nowMs,
    })
    if (dueAtMs === null) break
    // The end of the infusion changes the interval, so the question is asked again from there.
    if (nowMs < endedAtMs && dueAtMs > endedAtMs) {
      nowMs = endedAtMs
      continue
    }
    if (dueAtMs > leavesAtMs) break
    nowMs = Math.max(nowMs, dueAtMs)
    taken.push(nowMs)
  }
  return taken.length
}

const NEED_WORDS: Readonly<Record<string, string>> = {
  opening: 'the opening hours leave no time',
  place: 'no chair is free',
  nurse: 'no nurse is free',
  therapist: 'no therapist is free',
  prescriber: 'no prescriber is free',
  'prescriber-on-site': 'no prescriber is on site',
  equipment: 'equipment is missing',
  together: 'chair, nurse and hours are never free at once',
  'spacing-not-known': 'the protocol states no sessions or no spacing',
}

const ORDER_WORDS: Readonly<Record<OrderNote, string>> = {
  'not-worked-out': 'could not be worked out',
  reason: 'above the soft ceiling: needs a reason',
  'second-prescriber': 'above the hard ceiling: needs a second prescriber',
  'further-reason': 'the highest further dose lies above the soft ceiling',
  'further-second': 'the highest further dose lies above the hard ceiling',
}

function reportOf(question: SimulationQuestion, tally: Tally): SimulationReport {
  const { seed, people } = question
  const of = (id: string, what: string, count: number, total: number, ofWhat: string): Finding => ({
    id,
    what,
    count,
    of: total,
    ofWhat,
  })
  const doses = [...tally.doses].sort((a, b) => a - b)
  const eligible = 'people who were eligible'
  const withOrder = 'people with an order'
  return {
    reportVersion: 1,
    seed,
    people,
    eligible: { count: tally.eligible, of: people },
    excludedBy: [...tally.excluded]
      .map(([id, { title, count }]) => of(id, title, count, people, 'invented people'))
      .sort((a, b) => b.count - a.count || a.id.localeCompare(b.id)),
    orders: (Object.keys(ORDER_WORDS) as OrderNote[]).map((note) =>
      of(note, ORDER_WORDS[note], tally.orders.get(note) ?? 0, tally.eligible, eligible),
    ),
    diary: [
      of(
        'no-series',
        'no place for the whole course inside the spacing',
        tally.unplaced,
        tally.ordered,
        withOrder,
      ),
      ...[...tally.noSeries].map(([need, count]) =>
        of(
          `no-series-${need}`,
          `of these: ${NEED_WORDS[need] ?? need}`,
          count,
          tally.unplaced,
          'courses without a place',
        ),
      ),
      of(
        'waited',
        `first visit later than ${LONG_WAIT_DAYS} days`,
        tally.waited,
        tally.placed,
        'placed courses',
      ),
      of(
        'off-target',
        'on another day than the one aimed at, inside the spacing',
        tally.offTarget,
        tally.followUps,
        'visits after another',
      ),
    ],
    readings: [
      of('missed', 'readings missed', tally.missed, tally.readings, 'readings that were due'),
      of(
        'sessions-with-missed',
        'sessions with at least one missed',
        tally.sessionsWithMissed,
        tally.sessions,
        'sessions',
      ),
    ],
    doseMg:
      doses.length === 0
        ? null
        : { low: doses[0]!, middle: doses[Math.floor(doses.length / 2)]!, high: doses.at(-1)! },
    assumptions: assumptions(question),
    obstacles: [
      ...visitProblems(question.protocol).map(({ words }) => `The visit is too short. ${words}`),
      ...(tally.eligible === 0 ? ['Nobody was eligible.'] : []),
      ...(tally.eligible > 0 && tally.ordered === 0 ? ['No order could be worked out.'] : []),
      ...(tally.ordered > 0 && tally.placed === 0 ? ['No course found a place in the diary.'] : []),
    ],
  }
}

function assumptions({ protocol, booked }: SimulationQuestion): readonly string[] {
  return [
    'The people are invented: ages about 44, 42 of every hundred women, body mass about 27; histories as often as we assumed, not as a survey found. What a rule asks beyond that is in order.',
    `One history or result in ${Math.round(1 / ASSUMED_UNKNOWN)} is not settled, and what is not settled excludes. No rule is overridden. Rules of the dosing day are not asked.`,
    'Doses are counted from the actual weight, drawn from 50 mg/mL into 50 mL; where that cannot be rounded well, from 10 mg/mL into 50 or 100 mL.',
    `${STARTS_PER_WEEK} people a week become ready. Chairs, staff, hours and closures are the clinic’s; what is booked already ${booked ? 'stays where it is, and nothing else is booked meanwhile' : 'is not looked at'}. Each visit is put on the free day nearest to its aim.`,
    `Each reading is missed with a chance of ${MISSED_READING * 100} in a hundred, whoever works. A session asks for ${readingsOfSession(protocol)} readings until the earliest leaving.`,
    'Nobody stops early or is moved, and nothing here says whether the treatment helps.',
  ]
}
