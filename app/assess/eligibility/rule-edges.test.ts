import { describe, expect, it } from 'vitest'
import { fact, NOW, wellFacts, ZONE } from '../../../tests/well-person.ts'
import { DAY_MS, HOUR_MS } from '../../platform/time.ts'
import type { FactKind } from '../fact.ts'
import { evaluateEligibility, type RuleClass, type Truth } from './eligibility.ts'
import { ELIGIBILITY_NOTICES } from './eligibility-notices.ts'
import { ELIGIBILITY_RULES } from './eligibility-rules.ts'
import { leavesOf } from './rule-builder.ts'

const ALL = [...ELIGIBILITY_RULES, ...ELIGIBILITY_NOTICES]

const bp = (systolicMmHg: number, diastolicMmHg: number) => ({ systolicMmHg, diastolicMmHg })
const HISTORY: readonly (readonly [unknown, Truth])[] = [
  ['no', 'met'],
  ['yes', 'not-met'],
  ['unknown', 'unknown'],
]
const MUST_BE_YES: readonly (readonly [unknown, Truth])[] = [
  ['yes', 'met'],
  ['no', 'not-met'],
  ['unknown', 'unknown'],
]

/**
 * Every rule at its edges: class, the fact, its values with the answer, and how old it may be. Written by hand from the
 * facts page, not from the rules: a number that is changed there and not here fails.
 *
 * `beside` replaces other facts of the well person, where a rule has two ways to be met.
 */
type Edge = {
  readonly rule: string
  readonly is: RuleClass | 'never'
  readonly fact: FactKind
  readonly edges: readonly (readonly [unknown, Truth])[]
  readonly oldest: number | null
  readonly beside?: readonly (readonly [FactKind, unknown])[]
}

const EDGES: readonly Edge[] = [
  {
    rule: 'adult',
    is: 'never',
    fact: 'birth-date',
    edges: [
      ['2008-11-22', 'met'],
      ['2008-11-23', 'not-met'],
    ],
    oldest: null,
  },
  {
    rule: 'no-ketamine-reaction',
    is: 'never',
    fact: 'ketamine-reaction',
    edges: HISTORY,
    oldest: 365 * DAY_MS,
  },
  {
    rule: 'no-aneurysm',
    is: 'absolute',
    fact: 'aneurysm-or-vessel-malformation',
    edges: HISTORY,
    oldest: 365 * DAY_MS,
  },
  {
    rule: 'no-brain-haemorrhage',
    is: 'absolute',
    fact: 'brain-haemorrhage',
    edges: HISTORY,
    oldest: 365 * DAY_MS,
  },
  {
    rule: 'no-pressure-hazard',
    is: 'absolute',
    fact: 'pressure-rise-hazard',
    edges: HISTORY,
    oldest: 365 * DAY_MS,
  },
  {
    rule: 'no-recent-infarct-stroke-injury',
    is: 'absolute',
    fact: 'recent-infarct-stroke-head-injury',
    edges: HISTORY,
    oldest: 30 * DAY_MS,
  },
  { rule: 'no-psychosis', is: 'absolute', fact: 'psychosis', edges: HISTORY, oldest: 365 * DAY_MS },
  { rule: 'no-mania', is: 'absolute', fact: 'mania-now', edges: HISTORY, oldest: 30 * DAY_MS },
  {
    rule: 'no-dissociative-disorder',
    is: 'absolute',
    fact: 'dissociative-disorder-dementia-delirium',
    edges: HISTORY,
    oldest: 365 * DAY_MS,
  },
  {
    rule: 'not-pregnant',
    is: 'never',
    fact: 'pregnancy-test',
    edges: [
      ['negative', 'met'],
      ['positive', 'not-met'],
      ['unknown', 'unknown'],
    ],
    oldest: 7 * DAY_MS,
  },
  { rule: 'not-breastfeeding', is: 'absolute', fact: 'breastfeeding', edges: HISTORY, oldest: 30 * DAY_MS },
  {
    rule: 'no-ketamine-use-disorder',
    is: 'absolute',
    fact: 'ketamine-use-disorder',
    edges: HISTORY,
    oldest: 365 * DAY_MS,
  },
  {
    rule: 'no-ketamine-use-disorder',
    is: 'absolute',
    fact: 'ketamine-days-per-week',
    edges: [
      [5, 'met'],
      [6, 'not-met'],
    ],
    oldest: 90 * DAY_MS,
  },
  {
    rule: 'bladder-clear',
    is: 'absolute',
    fact: 'bladder-symptoms',
    edges: [
      ['no', 'met'],
      // Nobody has said whether it was worked up.
      ['yes', 'unknown'],
      ['unknown', 'unknown'],
    ],
    oldest: 90 * DAY_MS,
  },
  {
    rule: 'bladder-clear',
    is: 'absolute',
    fact: 'bladder-worked-up',
    edges: MUST_BE_YES,
    oldest: 90 * DAY_MS,
    beside: [['bladder-symptoms', 'yes']],
  },
  {
    rule: 'liver-enzymes',
    is: 'absolute',
    fact: 'alt-times-uln',
    edges: [
      [3, 'met'],
      [3.1, 'not-met'],
    ],
    oldest: 90 * DAY_MS,
  },
  {
    rule: 'liver-enzymes',
    is: 'absolute',
    fact: 'ast-times-uln',
    edges: [
      [3, 'met'],
      [3.1, 'not-met'],
    ],
    oldest: 90 * DAY_MS,
  },
  {
    rule: 'no-severe-liver-disease',
    is: 'absolute',
    fact: 'severe-liver-disease',
    edges: HISTORY,
    oldest: 365 * DAY_MS,
  },
  {
    rule: 'suicide-risk',
    is: 'absolute',
    fact: 'suicide-risk-level',
    edges: [
      [3, 'met'],
      [4, 'not-met'],
      [5, 'not-met'],
    ],
    oldest: 7 * DAY_MS,
  },
  {
    rule: 'consent-capacity',
    is: 'never',
    fact: 'consent-capacity',
    edges: MUST_BE_YES,
    oldest: 30 * DAY_MS,
  },
  {
    rule: 'heart-disease-controlled',
    is: 'relative',
    fact: 'heart-disease-not-controlled',
    edges: HISTORY,
    oldest: 365 * DAY_MS,
  },
  {
    rule: 'ecg-read',
    is: 'relative',
    fact: 'ecg',
    edges: [
      ['no-concern', 'met'],
      ['needs-review', 'not-met'],
      ['serious-finding', 'not-met'],
      ['unknown', 'unknown'],
    ],
    oldest: 183 * DAY_MS,
  },
  {
    rule: 'head-and-eye-pressure',
    is: 'relative',
    fact: 'raised-head-or-eye-pressure',
    edges: HISTORY,
    oldest: 365 * DAY_MS,
  },
  {
    rule: 'no-psychosis-in-family',
    is: 'relative',
    fact: 'psychosis-in-family',
    edges: HISTORY,
    oldest: 365 * DAY_MS,
  },
  {
    rule: 'bipolar-with-stabiliser',
    is: 'relative',
    fact: 'bipolar-disorder',
    edges: [
      ['no', 'met'],
      ['yes', 'unknown'],
      ['unknown', 'unknown'],
    ],
    oldest: 365 * DAY_MS,
  },
  {
    rule: 'bipolar-with-stabiliser',
    is: 'relative',
    fact: 'mood-stabiliser',
    edges: MUST_BE_YES,
    oldest: 30 * DAY_MS,
    beside: [['bipolar-disorder', 'yes']],
  },
  {
    rule: 'contraception',
    is: 'relative',
    fact: 'contraception-agreed',
    edges: MUST_BE_YES,
    oldest: 90 * DAY_MS,
    beside: [['pregnancy-possible', 'yes']],
  },
  {
    rule: 'kidney-porphyria-thyroid',
    is: 'relative',
    fact: 'kidney-failure-porphyria-thyrotoxicosis',
    edges: HISTORY,
    oldest: 365 * DAY_MS,
  },
  {
    rule: 'airway',
    is: 'relative',
    fact: 'sleep-apnoea-or-lung-disease',
    edges: HISTORY,
    oldest: 365 * DAY_MS,
  },
  {
    rule: 'stop-bang',
    is: 'relative',
    fact: 'stop-bang',
    edges: [
      [4, 'met'],
      [5, 'not-met'],
    ],
    oldest: 365 * DAY_MS,
  },
  {
    // 170 cm: 49.13 kg is just over 17, 115.6 kg is 40.
    rule: 'body-mass',
    is: 'relative',
    fact: 'weight-kg',
    edges: [
      [49.13, 'met'],
      [49.12, 'not-met'],
      [115.6, 'met'],
      [115.7, 'not-met'],
    ],
    oldest: 30 * DAY_MS,
  },
  {
    rule: 'withdrawal-history',
    is: 'relative',
    fact: 'withdrawal-seizure-or-delirium',
    edges: HISTORY,
    oldest: 365 * DAY_MS,
  },
  {
    rule: 'blood-pressure',
    is: 'hold-today',
    fact: 'blood-pressure',
    edges: [
      [bp(140, 90), 'met'],
      [bp(141, 90), 'not-met'],
      [bp(140, 91), 'not-met'],
    ],
    oldest: 2 * HOUR_MS,
  },
  {
    rule: 'blood-pressure-trials',
    is: 'hold-today',
    fact: 'blood-pressure',
    edges: [
      [bp(170, 100), 'met'],
      [bp(171, 100), 'not-met'],
      [bp(170, 101), 'not-met'],
    ],
    oldest: 2 * HOUR_MS,
  },
  {
    rule: 'heart-rate',
    is: 'hold-today',
    fact: 'heart-rate-per-min',
    edges: [
      [49, 'not-met'],
      [50, 'met'],
      [110, 'met'],
      [111, 'not-met'],
    ],
    oldest: 2 * HOUR_MS,
  },
  {
    rule: 'no-breath-alcohol',
    is: 'hold-today',
    fact: 'breath-alcohol',
    edges: [
      [0, 'met'],
      [0.001, 'not-met'],
    ],
    oldest: 2 * HOUR_MS,
  },
  {
    rule: 'not-intoxicated',
    is: 'hold-today',
    fact: 'intoxicated-now',
    edges: HISTORY,
    oldest: 12 * HOUR_MS,
  },
  {
    rule: 'not-intoxicated',
    is: 'hold-today',
    fact: 'stimulant-last-24-h',
    edges: HISTORY,
    oldest: 12 * HOUR_MS,
  },
  {
    rule: 'alcohol-withdrawal',
    is: 'hold-today',
    fact: 'ciwa-ar',
    edges: [
      [9, 'met'],
      [10, 'not-met'],
    ],
    oldest: 12 * HOUR_MS,
  },
  {
    rule: 'mania-rating',
    is: 'hold-today',
    fact: 'ymrs',
    edges: [
      [12, 'met'],
      [13, 'not-met'],
    ],
    oldest: 7 * DAY_MS,
    beside: [['bipolar-disorder', 'yes']],
  },
  { rule: 'escort', is: 'hold-today', fact: 'escort-named', edges: MUST_BE_YES, oldest: 12 * HOUR_MS },
  {
    rule: 'active-substance-problem',
    is: 'notice',
    fact: 'active-substance-problem',
    edges: HISTORY,
    oldest: 90 * DAY_MS,
  },
  {
    rule: 'outside-ketamine',
    is: 'notice',
    fact: 'ketamine-days-per-week',
    edges: [
      [0, 'met'],
      [1, 'not-met'],
    ],
    oldest: 90 * DAY_MS,
  },
  {
    rule: 'opioid-withdrawal',
    is: 'notice',
    fact: 'cows',
    edges: [
      [4, 'met'],
      [5, 'not-met'],
    ],
    oldest: 12 * HOUR_MS,
  },
  {
    rule: 'moderate-liver-disease',
    is: 'notice',
    fact: 'moderate-liver-disease',
    edges: HISTORY,
    oldest: 365 * DAY_MS,
  },
]

describe.each(EDGES)('$rule by $fact', ({ rule, is, fact: kind, edges, oldest, beside = [] }) => {
  const rest = [
    ...wellFacts(kind, ...beside.map(([other]) => other)),
    ...beside.map(([other, value]) => fact(other, value)),
  ]
  const result = (...own: readonly ReturnType<typeof fact>[]) =>
    evaluateEligibility(ALL, [...rest, ...own], NOW, ZONE).find(({ ruleId }) => ruleId === rule)!

  it('has its class', () => {
    const { ruleClass, never } = result()
    expect(never ? 'never' : ruleClass).toBe(is)
  })

  it.each(edges)('%j is %s', (value, truth) => {
    expect(result(fact(kind, value)).truth).toBe(truth)
  })

  it('is unknown without it, and says so', () => {
    const without = result()
    expect(without.truth).toBe('unknown')
    expect(without.facts.find((seen) => seen.kind === kind)?.trouble).toBe('missing')
  })

  it('counts it at its oldest, and no longer a millisecond after', () => {
    const good = edges.find(([, truth]) => truth === 'met')![0]
    const aged = (ageMs: number) => result(fact(kind, good, { ageMs })).truth
    if (oldest === null) {
      expect(aged(100 * 365 * DAY_MS)).toBe('met')
      return
    }
    expect([aged(oldest), aged(oldest + 1), aged(-1)]).toEqual(['met', 'unknown', 'unknown'])
  })
})

/**
 * What is not asked of somebody recorded male, and what speaks against that record: the values recorded of him, how old
 * they are, and the answer. “Not recorded” alone is met without being asked.
 */
const RECORDED_MALE: readonly (readonly [
  string,
  FactKind,
  readonly (readonly [unknown, number, Truth])[],
])[] = [
  [
    'not-pregnant',
    'pregnancy-test',
    [
      ['negative', 7 * DAY_MS, 'met'],
      ['negative', 8 * DAY_MS, 'met'],
      ['positive', HOUR_MS, 'not-met'],
      ['positive', 7 * DAY_MS, 'not-met'],
      // Too old to say that he is, and never a reason to say that he is not.
      ['positive', 7 * DAY_MS + 1, 'unknown'],
      ['positive', 400 * DAY_MS, 'unknown'],
      ['unknown', HOUR_MS, 'unknown'],
    ],
  ],
  [
    'not-breastfeeding',
    'breastfeeding',
    [
      ['no', 31 * DAY_MS, 'met'],
      ['yes', 30 * DAY_MS, 'not-met'],
      ['yes', 31 * DAY_MS, 'unknown'],
      ['unknown', HOUR_MS, 'unknown'],
    ],
  ],
  [
    'contraception',
    'pregnancy-possible',
    [
      ['no', 400 * DAY_MS, 'met'],
      ['yes', HOUR_MS, 'unknown'],
      ['unknown', HOUR_MS, 'unknown'],
    ],
  ],
]

describe.each(RECORDED_MALE)('%s of somebody recorded male, by %s', (rule, kind, edges) => {
  const truth = (...own: readonly ReturnType<typeof fact>[]) =>
    evaluateEligibility(ALL, [fact('sex', 'male'), ...own], NOW, ZONE).find(({ ruleId }) => ruleId === rule)!
      .truth

  it('is met where nothing is recorded', () => expect(truth()).toBe('met'))

  it.each(edges)('%j of %d ms is %s', (value, ageMs, expected) => {
    expect(truth(fact(kind, value, { ageMs }))).toBe(expected)
  })

  it('is met again when a later record takes it back', () => {
    const [good] = edges[0]!
    const bad = edges.find(([, , expected]) => expected !== 'met')![0]
    expect(truth(fact(kind, bad, { ageMs: 2 * HOUR_MS }), fact(kind, good))).toBe('met')
  })
})

describe('the table of edges', () => {
  it('names every fact of every rule', () => {
    const wanted = ALL.flatMap((rule) =>
      leavesOf(rule.requires).map((leaf) => {
        const kind =
          'derived' in leaf ? (leaf.derived === 'age-years' ? 'birth-date' : 'weight-kg') : leaf.fact
        return `${rule.id} ${kind}`
      }),
    )
    // Two ways around a rule, which have tests of their own in eligibility.test.ts.
    const elsewhere =
      /^(not-pregnant|not-breastfeeding|contraception) sex$|^contraception pregnancy-possible$|^mania-rating bipolar/
    const named = new Set(EDGES.map(({ rule, fact: kind }) => `${rule} ${kind}`))
    expect([...new Set(wanted)].filter((one) => !elsewhere.test(one) && !named.has(one))).toEqual([])
  })

  it('has a value on either side of every rule', () => {
    const oneSided = ALL.filter(({ id }) => {
      const truths = EDGES.filter(({ rule }) => rule === id).flatMap(({ edges }) =>
        edges.map(([, truth]) => truth),
      )
      return !truths.includes('met') || !truths.includes('not-met')
    })
    expect(oneSided.map(({ id }) => id)).toEqual([])
  })

  it('stands on every number of every rule itself', () => {
    const missing = ALL.flatMap((rule) =>
      leavesOf(rule.requires).flatMap((leaf) => {
        if ('is' in leaf || 'isNot' in leaf || 'derived' in leaf) return []
        const values = EDGES.filter((edge) => edge.rule === rule.id && edge.fact === leaf.fact)
          .flatMap(({ edges }) => edges)
          .map(([value]) => (leaf.member ? (value as Record<string, unknown>)[leaf.member] : value))
        return [leaf.atLeast, leaf.atMost, leaf.below]
          .filter((number) => number !== undefined && !values.includes(number))
          .map((number) => `${rule.id} ${leaf.fact} ${number}`)
      }),
    )
    expect(missing).toEqual([])
  })
})
