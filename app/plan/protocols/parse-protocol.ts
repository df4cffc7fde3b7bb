import * as z from 'zod'
import { leastStayProblems } from './least-stay.ts'
import { contradictions } from './orderable.ts'
import {
  CONDITION_GROUPS,
  GRADES,
  ORIGINS,
  PHASE_KINDS,
  PROTOCOL_SCHEMA_VERSION,
  type Protocol,
  ROUTES,
} from './protocol.ts'
import { visitProblems } from './visit-holds.ts'

/** What is wrong with a protocol, by the path of the field ("course.0.spacing"). */
export type ProtocolProblem = { readonly path: string; readonly words: string }

export type ParsedProtocol =
  | { readonly ok: true; readonly protocol: Protocol }
  | { readonly ok: false; readonly problems: readonly ProtocolProblem[] }

const text = (most = 600) =>
  z
    .string({ error: 'Write something here.' })
    .trim()
    .min(1, 'Write something here.')
    .max(most, `Write at most ${most} characters.`)
const number = (low: number, high: number) =>
  z
    .number({ error: `Give a number from ${low} to ${high}.` })
    .min(low, `Give a number from ${low} to ${high}.`)
    .max(high, `Give a number from ${low} to ${high}.`)
const whole = (low: number, high: number) =>
  number(low, high).int(`Give a whole number from ${low} to ${high}.`)
const choice = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z.enum(values, { error: 'Choose one of the list.' })

const origin = choice(ORIGINS)
const figure = (low: number, high: number) =>
  z.union([z.object({ value: number(low, high), origin }), z.object({ value: z.null(), word: text(120) })], {
    error: `Give a number from ${low} to ${high} and where it comes from, or a word for what is not known.`,
  })
const mgPerKg = figure(0.01, 3)

const titration = z
  .object({
    furtherMgPerKg: z.array(number(0.01, 3)).min(1, 'Name at least one further dose.'),
    rule: text(),
    neverAfter: z.array(text(160)),
    origin,
  })
  .nullable()

const dose = z.discriminatedUnion(
  'kind',
  [
    z.object({
      kind: z.literal('infusion-mg-per-kg'),
      steps: z
        .array(z.object({ title: text(80), mgPerKg, durationMin: figure(1, 240) }))
        .min(1, 'An infusion has at least one step.')
        .max(4, 'Name at most four steps.'),
      titration,
    }),
    z.object({ kind: z.literal('bolus-mg-per-kg'), mgPerKg, titration }),
    z.object({
      kind: z.literal('fixed-mg'),
      choicesMg: z.array(number(1, 600)),
      origin,
      unknownBecause: text(200).nullable(),
      firstDayChoicesMg: z.array(number(1, 600)).min(1).nullable(),
      administration: text(300),
    }),
    z.object({
      kind: z.literal('rate'),
      lowMgPerKgPerH: figure(0.01, 5),
      highMgPerKgPerH: figure(0.01, 5),
      bolusMgPerKg: mgPerKg.nullable(),
    }),
  ],
  { error: 'Choose how the dose is counted.' },
)

const ceilings = z.discriminatedUnion(
  'by',
  [
    z.object({
      by: z.literal('mg-per-kg'),
      softMgPerKg: figure(0.05, 3),
      hardMgPerKg: figure(0.05, 3),
      rateMgPerKgPerMin: figure(0.001, 0.2).nullable(),
      bolusException: z.object({ stepTitle: text(80), mgPerKgPerMin: number(0.001, 0.2), origin }).nullable(),
    }),
    z.object({ by: z.literal('mg'), softMg: figure(1, 600), hardMg: figure(1, 600) }),
  ],
  { error: 'Say the ceilings.' },
)

const spacing = z.object({
  earliestDays: whole(0, 366),
  targetDays: whole(0, 366),
  latestDays: whole(0, 366),
  origin,
})

const HOUR_MS = 3_600_000
const interval = whole(60_000, 4 * HOUR_MS)
const monitoring = z.object({
  readings: z.object({
    version: text(40),
    origin: text(200),
    beforeStartWithinMs: interval,
    duringEveryMs: interval,
    afterEnd: z.array(z.object({ untilMs: whole(60_000, 12 * HOUR_MS), everyMs: interval })).max(6),
    thereafterEveryMs: interval,
  }),
  values: z.array(text(80)).min(1, 'Name at least one value.'),
  scales: z.array(z.object({ scale: text(80), atMin: z.array(whole(-1440, 1440)).min(1), origin })),
  continuous: z.array(text(80)),
})

/** How old a weight may be at most, by the safety rules of an order; a clinic may ask for a newer one. */
const OLDEST_WEIGHT_DAYS = 30

function weightUpTo(days: number) {
  return z.object({
    maxAgeDays: whole(1, days),
    changeToAcknowledgePercent: number(1, 50),
    origin,
  })
}

/** The form of a stored protocol. */
const protocolSchema = z.object({
  schemaVersion: z.literal(PROTOCOL_SCHEMA_VERSION, { error: 'This is stored in a form that is not read.' }),
  id: z.string().regex(/^[a-z][a-z0-9-]{1,38}[a-z0-9]$/, 'Use small letters, digits and hyphens.'),
  version: text(20),
  title: text(120),
  conditionGroup: choice(CONDITION_GROUPS),
  condition: text(200),
  setting: choice(['outpatient', 'hospital-only']),
  route: choice(ROUTES),
  dose,
  course: z
    .array(
      z.object({
        phaseId: text(40),
        title: text(80),
        sessions: figure(1, 60),
        spacing: spacing.nullable(),
        targetsInTurn: z.array(whole(1, 366)).max(7),
        openEnded: z.boolean(),
      }),
    )
    .min(1, 'A course has at least one stretch.')
    .max(6, 'A course has at most six stretches.'),
  phases: z
    .array(z.object({ id: text(40), kind: choice(PHASE_KINDS), title: text(120), text: text() }))
    .min(1, 'Name at least one phase.')
    .max(12),
  visit: z.object({
    parts: z
      .array(z.object({ title: text(120), minutes: whole(1, 480) }))
      .min(1, 'A visit has at least one part.'),
    origin,
  }),
  ceilings,
  weight: weightUpTo(90),
  orderValidDays: whole(1, 180),
  dayOf: z.array(z.object({ item: text(80), rule: text(300), origin })),
  monitoring,
  stopRules: z.array(z.object({ when: text(300), act: text(300), origin })).min(1, 'Name when to stop.'),
  nonResponse: z.object({ reviewAfterSessions: figure(1, 20), text: text(), origin }),
  discharge: z.object({
    minMinutesAfterEnd: whole(15, 480),
    countedFrom: choice(['end of the infusion', 'the dose', 'the first device']),
    conditions: z.array(text(200)).min(1, 'Name what must be true before anybody leaves.'),
    origin,
  }),
  therapy: z
    .object({
      name: text(120),
      sessions: figure(1, 60),
      hoursAfterDose: z.object({ from: whole(0, 336), to: whole(0, 336), origin }).nullable(),
      text: text(),
    })
    .nullable(),
  evidence: z.object({
    grade: choice(GRADES),
    studyIds: z.array(text(60)),
    text: z.array(text()).min(1, 'Say in plain words what was found.'),
  }),
  requiredDocumentIds: z.array(text(60)),
  notOrderableBecause: text(300).nullable(),
}) satisfies z.ZodType<Protocol>

/** The form of one that is written now: narrower than what was stored once and stays readable. */
const writtenSchema = protocolSchema.extend({
  weight: weightUpTo(OLDEST_WEIGHT_DAYS),
})

/**
 * Reads a protocol that somebody wrote, and says field by field what is wrong with it: also what only two fields together
 * can say, whether its visit holds its session, and whether the least stay fits the route.
 *
 * @param knowsStudy whether `find` can show a study; another id is a problem at its field
 * @returns the protocol, or every problem
 */
export function parseProtocol(value: unknown, knowsStudy?: (id: string) => boolean): ParsedProtocol {
  const parsed = writtenSchema.safeParse(value)
  if (!parsed.success) return { ok: false, problems: problemsOf(parsed.error) }
  const protocol: Protocol = parsed.data
  const problems = [...contradictions(protocol), ...visitProblems(protocol), ...leastStayProblems(protocol)]
  for (const [i, id] of protocol.evidence.studyIds.entries())
    if (knowsStudy && !knowsStudy(id))
      problems.push({ path: `evidence.studyIds.${i}`, words: `There is no study “${id}”.` })
  return problems.length === 0 ? { ok: true, protocol } : { ok: false, problems }
}

/**
 * Reads a protocol that was stored. What was published stays readable for the plans that were made by it, also where
 * `parseProtocol` would not take it any more; `release-protocol` asks that again before anything is published.
 */
export function parseStoredProtocol(value: unknown): ParsedProtocol {
  const parsed = protocolSchema.safeParse(value)
  if (!parsed.success) return { ok: false, problems: problemsOf(parsed.error) }
  const problems = contradictions(parsed.data)
  return problems.length === 0 ? { ok: true, protocol: parsed.data } : { ok: false, problems }
}

function problemsOf({ issues }: z.ZodError): readonly ProtocolProblem[] {
  return issues.map(({ path, message }) => ({ path: path.join('.'), words: message }))
}
