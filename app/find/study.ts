import * as z from 'zod'

const text = z.string().min(1)
const orNotReported = text.nullable()

/** How a figure of a finding was checked: in the study's own report, in a press text about it, or not at all. */
const findingCheck = z.enum(['source', 'press', 'memory'])

const estimateSchema = z.strictObject({
  kind: z.enum(['mean-difference', 'odds-ratio', 'hazard-ratio', 'relative-risk', 'percentage-points']),
  /** What the figure counts, with its unit; estimates of one kind that count the same may share an axis. */
  counts: text,
  /** Whether a higher or a lower figure speaks for the treatment. */
  better: z.enum(['higher', 'lower']),
  value: z.number(),
  /** Lower and upper end of the 95 % interval; null when the study did not report one. */
  ci95: z.tuple([z.number(), z.number()]).nullable(),
})

const findingSchema = z.strictObject({
  outcome: text,
  when: text,
  text: orNotReported,
  /** Figure of the ketamine group, and of the comparison group, as printed by the study. */
  ketamine: orNotReported,
  control: orNotReported,
  estimate: estimateSchema.nullable(),
  p: orNotReported,
  checked: findingCheck,
})

/**
 * One published, running or withdrawn study, told in our words with the study's own figures. Null means that
 * the record does not report it; it never means none or zero.
 */
export const studySchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  title: text,
  summary: text,
  category: z.enum(['addiction', 'addiction-review', 'depression', 'bipolar', 'ptsd', 'ocd', 'review-other']),
  recordType: z.enum([
    'rct',
    'rct-crossover',
    'rct-crossover-open',
    'open-label',
    'observational',
    'case-series',
    'case-report',
    'review',
    'secondary-analysis',
    'ongoing',
    'withdrawn',
    'unpublished',
  ]),
  /** What the study asks: does it treat, does it ease withdrawal in hospital, how does it act, what do others say. */
  aim: z.enum(['treatment', 'withdrawal', 'mechanism', 'review']),
  topics: z.array(z.string()).min(1),
  direction: z.enum([
    'positive',
    'positive-short-lived',
    'positive-noninferior',
    'positive-uncontrolled',
    'mixed',
    'weak',
    'negative',
    'null-underpowered',
    'case-only',
    'pending',
    'not-assessable',
  ]),
  citation: z.strictObject({
    authors: text,
    year: z.number().int().nullable(),
    journal: text,
    doi: orNotReported,
    pmid: orNotReported,
    registry: orNotReported,
  }),
  condition: text,
  substance: orNotReported,
  design: text,
  /** People in the study (reviews: in the studies it covers). */
  peopleTotal: z.number().int().min(0).nullable(),
  arms: z.array(z.strictObject({ name: text, people: z.number().int().nullable() })),
  comparator: orNotReported,
  /** True where every group got ketamine and they differ in how much or how often: it cannot tell ketamine from none. */
  comparesKetamineWithKetamine: z.boolean().default(false),
  route: orNotReported,
  dose: z.strictObject({ values: z.array(z.number()), unit: text, words: text }).nullable(),
  infusionMin: z.number().nullable(),
  sessions: orNotReported,
  spacing: orNotReported,
  therapy: orNotReported,
  measured: orNotReported,
  followUp: orNotReported,
  findings: z.array(findingSchema),
  harms: orNotReported,
  limits: text,
  /** `from-memory` marks a record that could not be fully checked: shown as unverified, left out of sums. */
  confidence: z.enum(['checked', 'from-memory']),
  confidenceNote: orNotReported,
  /** Where the record was read; often a copy of the abstract. */
  sourceSeen: orNotReported,
})

export type Study = z.infer<typeof studySchema>
export type Finding = Study['findings'][number]
export type Estimate = NonNullable<Finding['estimate']>

const trialTypes: ReadonlySet<Study['recordType']> = new Set(['rct', 'rct-crossover', 'rct-crossover-open'])

/** True for studies in which chance decided who got what, and which people joined. */
export function isTrial(study: Study): boolean {
  return trialTypes.has(study.recordType)
}

/** What a study found, in six groups that a reader can tell apart; `more-over-less`: more ketamine did better than less of it. */
export type DirectionGroup =
  | 'favored'
  | 'more-over-less'
  | 'mixed'
  | 'no-benefit'
  | 'uncompared'
  | 'no-result'

const directionGroups: Readonly<Record<Study['direction'], DirectionGroup>> = {
  positive: 'favored',
  'positive-short-lived': 'favored',
  'positive-noninferior': 'favored',
  mixed: 'mixed',
  weak: 'mixed',
  negative: 'no-benefit',
  'null-underpowered': 'no-benefit',
  'positive-uncontrolled': 'uncompared',
  'case-only': 'uncompared',
  pending: 'no-result',
  'not-assessable': 'no-result',
}

/** The group of a study's direction, see `DirectionGroup`. */
export function directionGroup(study: Study): DirectionGroup {
  const group = directionGroups[study.direction]
  return group === 'favored' && study.comparesKetamineWithKetamine ? 'more-over-less' : group
}

/** What kind of study it is, in four groups for filters. */
export type StudyKind = 'trial' | 'without-chance' | 'review' | 'no-results'

/** The group of a study's record type, see `StudyKind`. A second look at a trial counts with the trials' data, so as "without-chance". */
export function studyKind(study: Study): StudyKind {
  if (isTrial(study)) return 'trial'
  if (study.recordType === 'review') return 'review'
  if (
    study.recordType === 'ongoing' ||
    study.recordType === 'withdrawn' ||
    study.recordType === 'unpublished'
  ) {
    return 'no-results'
  }
  return 'without-chance'
}
