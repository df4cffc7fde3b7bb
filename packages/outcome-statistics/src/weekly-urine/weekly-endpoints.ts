import { type Refusal, refuse } from '../refusal.ts'
import { countWeeks, firstWindow, longestRun } from './week-runs.ts'
import { readWeeks, seen, type WeeklyPattern, type WeekReading } from './weekly-pattern.ts'

type Kind = 'use' | 'negative' | 'missing'

/** How an endpoint is found in the weeks as it reads them. Weeks are counted from 1. */
export type WeeklyRule =
  /** Weeks to the first `width` weeks in a row with `atLeast` of a kind, looking from week `from` on. */
  | {
      readonly answer: 'time'
      readonly of: Kind
      readonly width: number
      readonly atLeast: number
      readonly from: number
    }
  /** Whether there is a run of `weeks` weeks of a kind, looking from week `from` on. */
  | { readonly answer: 'run-reached'; readonly of: Kind; readonly weeks: number; readonly from: number }
  /** The longest run of weeks of a kind. */
  | { readonly answer: 'longest-run'; readonly of: Kind }
  /** How many weeks are of a kind. */
  | { readonly answer: 'count'; readonly of: Kind }
  /** Whether weeks `from` to `to` have no use, and at most `mayMiss` weeks without a sample. */
  | { readonly answer: 'no-use-in'; readonly from: number; readonly to: number; readonly mayMiss: number }

/** One published definition, complete enough to be printed beside its figure. */
export type WeeklyEndpoint = {
  readonly name: string
  /** The definition in words. */
  readonly definition: string
  readonly source: string
  readonly reading: WeekReading
  readonly rule: WeeklyRule
}

const missingIsUse: WeekReading = { missing: 'use', mixed: 'use' }
const ctn94 = 'CTN-0094 team: CTNote 0.1.0, Odom, Brandt & Balise 2022 (definition of 2023)'

/**
 * The weekly-urine endpoints of trials in opioid use disorder, as coded by the CTN-0094 team for 3,560 people. They
 * disagree with one another on the same people, so a figure without its definition means nothing.
 */
export const weeklyEndpoints = {
  relapseFourWeeksCtn94: {
    name: 'Weeks to relapse: four weeks of use in a row',
    definition: 'First of four consecutive weeks with a positive, mixed or missing sample.',
    source: ctn94,
    reading: missingIsUse,
    rule: { answer: 'time', of: 'use', width: 4, atLeast: 4, from: 1 },
  },
  dropOutFourWeeksCtn94: {
    name: 'Weeks to leaving: four weeks without a sample',
    definition: 'First of four consecutive weeks without a sample.',
    source: ctn94,
    reading: { missing: 'missing', mixed: 'use' },
    rule: { answer: 'time', of: 'missing', width: 4, atLeast: 4, from: 1 },
  },
  relapseThreeWeeksSchottenfeld2008: {
    name: 'Weeks to relapse: three weeks of use in a row',
    definition: 'First of three consecutive weeks with a positive, mixed or missing sample.',
    source: 'Schottenfeld et al., Lancet 2008;371:2192',
    reading: missingIsUse,
    rule: { answer: 'time', of: 'use', width: 3, atLeast: 3, from: 1 },
  },
  relapseTwoOfFourWeeksLee2016: {
    name: 'Weeks to relapse: two weeks of use within four',
    definition:
      'First four weeks of which two or more have a positive, mixed or missing sample (ten days of use in 28, a positive sample counting as five); the third of them is the week of relapse.',
    source: 'Lee et al., N Engl J Med 2016;374:1232',
    reading: missingIsUse,
    rule: { answer: 'time', of: 'use', width: 4, atLeast: 2, from: 1 },
  },
  relapseFromWeekThreeLee2018: {
    name: 'Weeks to relapse: four weeks of use in a row, from week three on',
    definition:
      'First of four consecutive weeks with a positive, mixed or missing sample, not counting the first two weeks.',
    source: 'Lee et al., Lancet 2018;391:309 (CTN-0051)',
    reading: missingIsUse,
    rule: { answer: 'time', of: 'use', width: 4, atLeast: 4, from: 3 },
  },
  firstUseMokri2016: {
    name: 'Weeks to first use',
    definition: 'First week with a positive, mixed or missing sample.',
    source: 'Mokri et al., Addiction 2016;111:874; also Schottenfeld et al., Lancet 2008;371:2192',
    reading: missingIsUse,
    rule: { answer: 'time', of: 'use', width: 1, atLeast: 1, from: 1 },
  },
  firstUseShufman1994: {
    name: 'Weeks to first use, missing samples ignored',
    definition: 'First week with a positive or mixed sample; weeks without a sample count as no use.',
    source: 'Shufman et al., Biol Psychiatry 1994;35:935',
    reading: { missing: 'negative', mixed: 'use' },
    rule: { answer: 'time', of: 'use', width: 1, atLeast: 1, from: 1 },
  },
  relapseThreeWeeksKrupitsky2004: {
    name: 'Relapse: three weeks of use in a row',
    definition: 'Three consecutive weeks with a positive, mixed or missing sample at any time.',
    source: 'Krupitsky et al., J Subst Abuse Treat 2004;26:285',
    reading: missingIsUse,
    rule: { answer: 'run-reached', of: 'use', weeks: 3, from: 1 },
  },
  relapseTwoWeeksJohnson1992: {
    name: 'Relapse: two weeks of use in a row, from week four on',
    definition: 'Two consecutive weeks with a positive, mixed or missing sample, from the fourth week on.',
    source: 'Johnson, Jaffe & Fudala, JAMA 1992;267:2750',
    reading: missingIsUse,
    rule: { answer: 'run-reached', of: 'use', weeks: 2, from: 4 },
  },
  abstinentThreeWeeksKosten1993: {
    name: 'Three negative weeks in a row',
    definition:
      'Three consecutive weeks with a negative sample at any time; a week without one ends the run.',
    source: 'Kosten et al., J Nerv Ment Dis 1993;181:358',
    reading: { missing: 'missing', mixed: 'use' },
    rule: { answer: 'run-reached', of: 'negative', weeks: 3, from: 1 },
  },
  negativeWeeksFiellin2006: {
    name: 'Weeks with a negative sample',
    definition: 'How many weeks have a negative sample; every other week counts as use.',
    source: 'Fiellin et al., N Engl J Med 2006;355:365',
    reading: missingIsUse,
    rule: { answer: 'count', of: 'negative' },
  },
  longestAbstinenceSchottenfeld2005: {
    name: 'Longest run of negative samples',
    definition: 'Most negative samples in a row; weeks without a sample are left out and do not end a run.',
    source: 'Schottenfeld et al., Am J Psychiatry 2005;162:340',
    reading: { missing: 'left-out', mixed: 'use' },
    rule: { answer: 'longest-run', of: 'negative' },
  },
  longestAbstinenceSchottenfeld2008: {
    name: 'Longest run of negative weeks',
    definition:
      'Most consecutive weeks with a negative sample; a week without one counts as use and ends the run.',
    source: 'Schottenfeld et al., Lancet 2008;371:2192',
    reading: missingIsUse,
    rule: { answer: 'longest-run', of: 'negative' },
  },
  abstinentWeeksFiveOnKrupitsky2011: {
    name: 'No use in weeks 5 to 15',
    definition: 'A negative sample in every week from 5 to 15.',
    source:
      'Krupitsky et al., Lancet 2011;377:1506 (weeks 5 to 24 there; shortened by CTN-0094 to what its trials share)',
    reading: missingIsUse,
    rule: { answer: 'no-use-in', from: 5, to: 15, mayMiss: 0 },
  },
  abstinentAtEndCtn94: {
    name: 'No use in weeks 12 to 15',
    definition:
      'No positive or mixed sample in weeks 12 to 15, and at most one of these weeks without a sample.',
    source: ctn94,
    reading: { missing: 'missing', mixed: 'use' },
    rule: { answer: 'no-use-in', from: 12, to: 15, mayMiss: 1 },
  },
} as const satisfies Record<string, WeeklyEndpoint>

/** The weeks from week `first` on, counted from 1. */
function from(weeks: Uint8Array, first: number): Uint8Array {
  return first === 1 ? weeks : weeks.subarray(first - 1)
}

/** What an endpoint says of one person. */
export type WeeklyAnswer =
  /** `week` of the event, counted from 1; without one, the last week the definition could have named. */
  | { readonly ok: true; readonly answer: 'time'; readonly week: number; readonly event: boolean }
  | { readonly ok: true; readonly answer: 'yes-no'; readonly yes: boolean }
  | { readonly ok: true; readonly answer: 'weeks'; readonly weeks: number }

/**
 * What a published endpoint says of one person's weeks.
 *
 * @param endpoint one of `weeklyEndpoints`, or one built in the same way
 * @param pattern one code a week, of the whole planned period: weeks after leaving belong in it as missing
 * @returns a time, a yes or no, or a number of weeks, by the endpoint's rule; `pattern-too-short` when the pattern ends
 * before the weeks the definition asks about, which is neither yes nor no
 * Source: each endpoint names its own; all checked against the 3,560 people of CTN-0094. Cost: one pass of the weeks.
 * @example
 * const weeks = parseWeeklyPattern('--++++--')
 * if (weeks.ok) weeklyEndpoint(weeklyEndpoints.relapseFourWeeksCtn94, weeks.pattern) // week 3, event
 */
export function weeklyEndpoint(
  endpoint: WeeklyEndpoint,
  pattern: WeeklyPattern,
): WeeklyAnswer | Refusal<'pattern-too-short'> {
  const { rule } = endpoint
  const weeks = readWeeks(pattern, endpoint.reading)
  switch (rule.answer) {
    case 'time': {
      const looked = from(weeks, rule.from)
      if (looked.length < rule.width) return refuse('pattern-too-short')
      const start = firstWindow(looked, seen[rule.of], rule.width, rule.atLeast)
      // With two of four weeks asked for, the event is known in the third, as CTNote counts it.
      const delay = rule.from + rule.width - rule.atLeast
      const event = start >= 0
      const week = (event ? start : looked.length - rule.width) + delay
      return { ok: true, answer: 'time', week, event }
    }
    case 'run-reached': {
      const looked = from(weeks, rule.from)
      if (looked.length < rule.weeks) return refuse('pattern-too-short')
      return { ok: true, answer: 'yes-no', yes: longestRun(looked, seen[rule.of]) >= rule.weeks }
    }
    case 'longest-run':
      if (pattern.length === 0) return refuse('pattern-too-short')
      return { ok: true, answer: 'weeks', weeks: longestRun(weeks, seen[rule.of]) }
    case 'count':
      if (pattern.length === 0) return refuse('pattern-too-short')
      return { ok: true, answer: 'weeks', weeks: countWeeks(weeks, seen[rule.of]) }
    case 'no-use-in': {
      if (weeks.length < rule.to) return refuse('pattern-too-short')
      const looked = weeks.subarray(rule.from - 1, rule.to)
      const used = countWeeks(looked, seen.use) > 0
      return { ok: true, answer: 'yes-no', yes: !used && countWeeks(looked, seen.missing) <= rule.mayMiss }
    }
  }
}
