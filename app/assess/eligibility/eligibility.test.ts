import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addMs, DAY_MS, HOUR_MS, type Instant, parseInstant } from '../../platform/time.ts'
import {
  currentFact,
  type Fact,
  type FactKind,
  type FactSource,
  factValueSchemas,
  isFactKind,
  isYesNoKind,
} from '../fact.ts'
import {
  type EligibilityRule,
  evaluateEligibility,
  isStale,
  type RuleResult,
  type Truth,
  whyNotDecide,
} from './eligibility.ts'
import { ELIGIBILITY_RULES } from './eligibility-rules.ts'

const NOW = parseInstant('2026-11-22T15:00:00Z')
const ZONE = 'America/New_York'
let counter = 0

function fact(
  kind: FactKind,
  value: unknown,
  more: { ageMs?: number; source?: FactSource; recordedAt?: Instant } = {},
): Fact {
  counter += 1
  const observedAt = addMs(NOW, -(more.ageMs ?? HOUR_MS))
  return {
    id: `fact-${String(counter).padStart(6, '0')}` as Fact['id'],
    personId: 'person' as Fact['personId'],
    kind,
    value: value as Fact['value'],
    observedAt,
    recordedAt: more.recordedAt ?? observedAt,
    source: more.source ?? 'measured-here',
    recordedBy: 'somebody',
  }
}

function truthOf(ruleId: string, facts: readonly Fact[], at = NOW): Truth {
  const result = evaluateEligibility(ELIGIBILITY_RULES, facts, at, ZONE).find((one) => one.ruleId === ruleId)
  if (!result) throw new Error(`no rule ${ruleId}`)
  return result.truth
}

/** A person for whom every rule is met. */
const WELL: readonly (readonly [FactKind, unknown])[] = [
  ['birth-date', '1980-05-01'],
  ['sex', 'female'],
  ['weight-kg', 70],
  ['height-cm', 170],
  ['blood-pressure', { systolicMmHg: 120, diastolicMmHg: 80 }],
  ['heart-rate-per-min', 70],
  ['ecg', 'no-concern'],
  ['pregnancy-test', 'negative'],
  ['alt-times-uln', 1],
  ['ast-times-uln', 1],
  ['breath-alcohol', 0],
  ['ciwa-ar', 2],
  ['suicide-risk-level', 0],
  ['ketamine-days-per-week', 0],
  ['consent-capacity', 'yes'],
  ...(
    [
      'ketamine-reaction',
      'aneurysm-or-vessel-malformation',
      'brain-haemorrhage',
      'pressure-rise-hazard',
      'recent-infarct-stroke-head-injury',
      'heart-disease-not-controlled',
      'raised-head-or-eye-pressure',
      'psychosis',
      'psychosis-in-family',
      'mania-now',
      'dissociative-disorder-dementia-delirium',
      'breastfeeding',
      'severe-liver-disease',
      'kidney-failure-porphyria-thyrotoxicosis',
      'sleep-apnoea-or-lung-disease',
      'ketamine-use-disorder',
      'bladder-symptoms',
      'withdrawal-seizure-or-delirium',
      'intoxicated-now',
      'stimulant-last-24-h',
    ] as const
  ).map((kind) => [kind, 'no'] as const),
]
const wellFacts = () => WELL.map(([kind, value]) => fact(kind, value))
const evaluate = (facts: readonly Fact[]) => evaluateEligibility(ELIGIBILITY_RULES, facts, NOW, ZONE)
const eligible = { decision: 'eligible', reasons: 'Examined and spoken with.', overrides: [] } as const

describe('the rules as data', () => {
  it('have an id, a version, a source and words of their own', () => {
    expect(ELIGIBILITY_RULES.length).toBeGreaterThanOrEqual(14)
    expect(new Set(ELIGIBILITY_RULES.map((rule) => rule.id)).size).toBe(ELIGIBILITY_RULES.length)
    for (const rule of ELIGIBILITY_RULES) {
      expect(rule.version).toBeGreaterThanOrEqual(1)
      for (const words of [rule.title, rule.threshold, rule.settle, rule.source]) expect(words).not.toBe('')
    }
  })

  it('are all met for a well person, and all unknown for somebody of whom nothing is known', () => {
    expect(evaluate(wellFacts()).filter((result) => result.truth !== 'met')).toEqual([])
    expect(evaluate([]).filter((result) => result.truth !== 'unknown')).toEqual([])
  })
})

describe('limits', () => {
  it.each<[string, FactKind, readonly [unknown, Truth][]]>([
    [
      'liver-enzymes',
      'alt-times-uln',
      [
        [3, 'met'],
        [3.1, 'not-met'],
      ],
    ],
    [
      'liver-enzymes',
      'ast-times-uln',
      [
        [3, 'met'],
        [3.01, 'not-met'],
      ],
    ],
    [
      'suicide-risk',
      'suicide-risk-level',
      [
        [3, 'met'],
        [4, 'not-met'],
        [5, 'not-met'],
      ],
    ],
    [
      'no-ketamine-use-disorder',
      'ketamine-days-per-week',
      [
        [5, 'met'],
        [6, 'not-met'],
      ],
    ],
    [
      'heart-rate',
      'heart-rate-per-min',
      [
        [49, 'not-met'],
        [50, 'met'],
        [110, 'met'],
        [111, 'not-met'],
      ],
    ],
    [
      'no-breath-alcohol',
      'breath-alcohol',
      [
        [0, 'met'],
        [0.001, 'not-met'],
      ],
    ],
    [
      'alcohol-withdrawal',
      'ciwa-ar',
      [
        [9, 'met'],
        [10, 'not-met'],
      ],
    ],
    [
      'body-mass',
      'weight-kg',
      [
        [49.13, 'met'],
        [49.12, 'not-met'],
        [115.6, 'met'],
        [115.7, 'not-met'],
      ],
    ],
    [
      'blood-pressure',
      'blood-pressure',
      [
        [{ systolicMmHg: 140, diastolicMmHg: 90 }, 'met'],
        [{ systolicMmHg: 141, diastolicMmHg: 90 }, 'not-met'],
        [{ systolicMmHg: 140, diastolicMmHg: 91 }, 'not-met'],
      ],
    ],
    [
      'ecg-read',
      'ecg',
      [
        ['no-concern', 'met'],
        ['needs-review', 'not-met'],
        ['serious-finding', 'not-met'],
        ['unknown', 'unknown'],
      ],
    ],
    [
      'not-pregnant',
      'pregnancy-test',
      [
        ['negative', 'met'],
        ['positive', 'not-met'],
        ['unknown', 'unknown'],
      ],
    ],
    [
      'consent-capacity',
      'consent-capacity',
      [
        ['yes', 'met'],
        ['no', 'not-met'],
        ['unknown', 'unknown'],
      ],
    ],
    [
      'adult',
      'birth-date',
      [
        ['2008-11-22', 'met'],
        ['2008-11-23', 'not-met'],
      ],
    ],
  ])('%s by %s', (ruleId, kind, edges) => {
    for (const [value, truth] of edges) {
      const facts = wellFacts().filter((one) => one.kind !== kind)
      expect([value, truthOf(ruleId, [...facts, fact(kind, value)])]).toEqual([value, truth])
      expect(truthOf(ruleId, facts)).toBe('unknown')
    }
  })

  it('every history: no is met, yes is not met, not sure and silence are unknown', () => {
    const histories = ELIGIBILITY_RULES.flatMap((rule) => {
      const kinds = JSON.stringify(rule.requires).matchAll(/"fact":"([^"]+)","is":\["no"\]/g)
      return [...kinds].map((found) => [rule.id, found[1]!] as const)
    })
    expect(histories.length).toBeGreaterThanOrEqual(18)
    for (const [ruleId, kind] of histories) {
      if (!isFactKind(kind)) throw new Error(kind)
      const rest = wellFacts().filter((one) => one.kind !== kind)
      expect([kind, truthOf(ruleId, [...rest, fact(kind, 'no')])]).toEqual([kind, 'met'])
      expect([kind, truthOf(ruleId, [...rest, fact(kind, 'yes')])]).toEqual([kind, 'not-met'])
      expect([kind, truthOf(ruleId, [...rest, fact(kind, 'unknown')])]).toEqual([kind, 'unknown'])
      expect([kind, truthOf(ruleId, rest)]).toEqual([kind, 'unknown'])
    }
  })

  it('pregnancy and breastfeeding are not asked of somebody recorded as male', () => {
    const man = [fact('sex', 'male')]
    expect(truthOf('not-pregnant', man)).toBe('met')
    expect(truthOf('not-breastfeeding', man)).toBe('met')
    for (const sex of ['female', 'other', 'unknown']) {
      expect([sex, truthOf('not-pregnant', [fact('sex', sex)])]).toEqual([sex, 'unknown'])
      expect([sex, truthOf('not-breastfeeding', [fact('sex', sex)])]).toEqual([sex, 'unknown'])
    }
  })

  it('a birthday begins at midnight of the clinic', () => {
    const born = [fact('birth-date', '2008-11-23', { ageMs: DAY_MS })]
    // 04:59 UTC is still the 22nd in New York.
    expect(truthOf('adult', born, parseInstant('2026-11-23T04:59:00Z'))).toBe('not-met')
    expect(truthOf('adult', born, parseInstant('2026-11-23T05:00:00Z'))).toBe('met')
  })
})

describe('age of facts', () => {
  const ages: [string, FactKind, unknown, number][] = [
    ['not-pregnant', 'pregnancy-test', 'negative', 7 * DAY_MS],
    ['not-breastfeeding', 'breastfeeding', 'no', 30 * DAY_MS],
    ['liver-enzymes', 'alt-times-uln', 1, 90 * DAY_MS],
    ['suicide-risk', 'suicide-risk-level', 0, 7 * DAY_MS],
    ['consent-capacity', 'consent-capacity', 'yes', 30 * DAY_MS],
    ['bladder-clear', 'bladder-symptoms', 'no', 90 * DAY_MS],
    ['no-psychosis', 'psychosis', 'no', 365 * DAY_MS],
    ['no-mania', 'mania-now', 'no', 30 * DAY_MS],
    ['no-recent-infarct-stroke-injury', 'recent-infarct-stroke-head-injury', 'no', 30 * DAY_MS],
    ['ecg-read', 'ecg', 'no-concern', 183 * DAY_MS],
    ['body-mass', 'weight-kg', 70, 30 * DAY_MS],
    ['blood-pressure', 'blood-pressure', { systolicMmHg: 120, diastolicMmHg: 80 }, 2 * HOUR_MS],
    ['no-breath-alcohol', 'breath-alcohol', 0, 2 * HOUR_MS],
    ['alcohol-withdrawal', 'ciwa-ar', 2, 12 * HOUR_MS],
  ]
  it.each(ages)(
    '%s: %s counts at its oldest and no longer a millisecond after',
    (ruleId, kind, value, most) => {
      const rest = wellFacts().filter((one) => one.kind !== kind)
      expect(truthOf(ruleId, [...rest, fact(kind, value, { ageMs: most })])).toBe('met')
      expect(truthOf(ruleId, [...rest, fact(kind, value, { ageMs: most + 1 })])).toBe('unknown')
      expect(truthOf(ruleId, [...rest, fact(kind, value, { ageMs: -1 })])).toBe('unknown')
    },
  )

  it('says which fact is missing, old, unsure or disputed', () => {
    const seen = (facts: readonly Fact[], ruleId: string) =>
      evaluate(facts).find((one) => one.ruleId === ruleId)!.facts[0]!.trouble
    expect(seen([], 'no-psychosis')).toBe('missing')
    expect(seen([fact('psychosis', 'no', { ageMs: 400 * DAY_MS })], 'no-psychosis')).toBe('too-old')
    expect(seen([fact('psychosis', 'unknown')], 'no-psychosis')).toBe('not-sure')
    expect(
      seen(
        [
          fact('psychosis', 'no', { ageMs: 2 * HOUR_MS }),
          fact('psychosis', 'yes', { ageMs: HOUR_MS, source: 'self-report' }),
        ],
        'no-psychosis',
      ),
    ).toBe('disputed')
    expect(seen([fact('psychosis', 'no')], 'no-psychosis')).toBeUndefined()
  })
})

describe('which of several facts holds', () => {
  it.each<[string, readonly Fact[], unknown, boolean]>([
    [
      'the later measurement',
      [fact('weight-kg', 80, { ageMs: 5 }), fact('weight-kg', 82, { ageMs: 4 })],
      82,
      false,
    ],
    [
      'a measurement made later though written earlier',
      [
        fact('weight-kg', 80, { ageMs: 5, recordedAt: NOW }),
        fact('weight-kg', 82, { ageMs: 4, recordedAt: addMs(NOW, -4) }),
      ],
      82,
      false,
    ],
    [
      'staff’s yes over a later no of the person',
      [fact('psychosis', 'yes', { ageMs: 9 }), fact('psychosis', 'no', { ageMs: 1, source: 'self-report' })],
      'yes',
      false,
    ],
    [
      'staff’s no over an earlier yes of the person',
      [fact('psychosis', 'no', { ageMs: 1 }), fact('psychosis', 'yes', { ageMs: 9, source: 'self-report' })],
      'no',
      false,
    ],
    [
      'a yes told after staff’s no: open',
      [fact('psychosis', 'no', { ageMs: 9 }), fact('psychosis', 'yes', { ageMs: 1, source: 'self-report' })],
      'yes',
      true,
    ],
    [
      'what staff wrote last, also when it was observed earlier',
      [
        fact('psychosis', 'no', { ageMs: 9, recordedAt: addMs(NOW, -9) }),
        fact('psychosis', 'yes', { ageMs: 900, recordedAt: addMs(NOW, -1), source: 'outside-record' }),
      ],
      'yes',
      false,
    ],
  ])('%s', (_, facts, value, disputed) => {
    for (const order of [facts, [...facts].reverse()]) {
      expect(currentFact(order)).toMatchObject({ fact: { value }, disputed })
    }
  })

  it('is none when there is none', () => expect(currentFact([])).toBeUndefined())
})

const anyFact: fc.Arbitrary<Fact> = fc
  .tuple(
    fc.constantFrom(...(Object.keys(factValueSchemas) as FactKind[])),
    fc.constantFrom<FactSource>('self-report', 'measured-here', 'outside-record'),
    fc.integer({ min: -DAY_MS, max: 500 * DAY_MS }),
    fc.integer({ min: 0, max: 9 }),
    fc.nat(),
  )
  .map(([kind, source, ageMs, level, id]) => ({
    ...fact(kind, valueFor(kind, level), { ageMs, source }),
    id: `fact-${id}` as Fact['id'],
  }))

function valueFor(kind: FactKind, level: number): unknown {
  if (isYesNoKind(kind)) return ['yes', 'no', 'unknown'][level % 3]
  if (kind === 'blood-pressure') return { systolicMmHg: 110 + level * 8, diastolicMmHg: 60 + level * 5 }
  if (kind === 'birth-date') return `${1960 + level * 6}-01-01`
  if (kind === 'sex') return ['female', 'male', 'other', 'unknown'][level % 4]
  if (kind === 'ecg') return ['no-concern', 'needs-review', 'unknown'][level % 3]
  if (kind === 'pregnancy-test') return ['negative', 'positive', 'unknown'][level % 3]
  if (kind === 'weight-kg') return 40 + level * 15
  if (kind === 'height-cm') return 150 + level * 5
  return level
}

describe('properties', () => {
  it('the order of facts does not matter', () => {
    fc.assert(
      fc.property(fc.array(anyFact, { maxLength: 40 }), fc.infiniteStream(fc.nat()), (facts, stream) => {
        const shuffled = facts
          .map((one) => [one, stream.next().value as number] as const)
          .sort((a, b) => a[1] - b[1])
          .map(([one]) => one)
        const unique = (list: readonly Fact[]) => {
          const known = new Set<string>()
          return list.filter((one) => !known.has(one.id) && known.add(one.id))
        }
        // Two facts never share an id; which of the two is kept must not depend on the order either.
        const kept = unique(facts)
        const ids = new Set(kept)
        expect(evaluate(shuffled.filter((one) => ids.has(one)))).toEqual(evaluate(kept))
      }),
      { numRuns: 200 },
    )
  })

  it('taking a fact away, or being unsure of it, never makes anybody eligible', () => {
    fc.assert(
      fc.property(
        fc.array(anyFact, { maxLength: 10 }),
        fc.constantFrom(...WELL.map(([kind]) => kind)),
        (extra, kind) => {
          const facts = [...wellFacts(), ...extra]
          const before = evaluate(facts)
          const without = evaluate(facts.filter((one) => one.kind !== kind))
          for (const [i, result] of without.entries()) {
            // A rule that is met without the fact was met or failed because of it; it may not pass by silence alone.
            if (result.truth === 'met') expect(before[i]!.truth).toBe('met')
          }
          if (!isYesNoKind(kind)) return
          const unsure = [
            ...wellFacts().filter((one) => one.kind !== kind),
            fact(kind, 'unknown', { ageMs: 0 }),
          ]
          expect(whyNotDecide(evaluate(unsure), eligible) === undefined).toBe(
            // Only rules that hold on the day may stay open.
            ['intoxicated-now', 'stimulant-last-24-h'].includes(kind),
          )
        },
      ),
      { numRuns: 300 },
    )
  })
})

describe('signing a decision', () => {
  const results = (over: Readonly<Record<string, Truth>>): RuleResult[] =>
    evaluate(wellFacts()).map((result) => ({ ...result, truth: over[result.ruleId] ?? result.truth }))
  const override = (ruleId: string, reason = 'Cardiologist has seen it.') => ({ ruleId, reason })

  it.each<[string, Record<string, Truth>, Partial<Parameters<typeof whyNotDecide>[1]>, string | undefined]>([
    ['all met', {}, {}, undefined],
    ['no reasons', {}, { reasons: '  ok  ' }, 'reasons-missing'],
    ['absolute not met', { 'no-psychosis': 'not-met' }, {}, 'absolute-rule-not-met'],
    ['absolute unknown', { 'no-psychosis': 'unknown' }, {}, 'absolute-rule-unknown'],
    [
      'absolute overridden',
      { 'no-psychosis': 'not-met' },
      { overrides: [override('no-psychosis')] },
      'absolute-rule-not-met',
    ],
    [
      'absolute unknown, overridden',
      { 'no-psychosis': 'unknown' },
      { overrides: [override('no-psychosis')] },
      'absolute-rule-unknown',
    ],
    ['relative unknown', { 'ecg-read': 'unknown' }, {}, 'relative-rule-open'],
    ['relative not met', { 'ecg-read': 'not-met' }, {}, 'relative-rule-open'],
    ['relative overridden', { 'ecg-read': 'not-met' }, { overrides: [override('ecg-read')] }, undefined],
    [
      'override without words',
      { 'ecg-read': 'not-met' },
      { overrides: [override('ecg-read', 'fine')] },
      'override-needs-reason',
    ],
    [
      'one of two overridden',
      { 'ecg-read': 'not-met', airway: 'unknown' },
      { overrides: [override('airway')] },
      'relative-rule-open',
    ],
    ['override of a met rule', {}, { overrides: [override('ecg-read')] }, 'override-not-possible'],
    ['override of no rule', {}, { overrides: [override('nonsense')] }, 'override-not-possible'],
    ['day rule open', { 'blood-pressure': 'not-met', 'heart-rate': 'unknown' }, {}, undefined],
    ['not eligible on anything', { 'no-psychosis': 'unknown' }, { decision: 'not-eligible' }, undefined],
    ['not eligible without reasons', {}, { decision: 'not-eligible', reasons: '' }, 'reasons-missing'],
  ])('%s', (_, over, change, reason) => {
    expect(whyNotDecide(results(over), { ...eligible, ...change })?.reason).toBe(reason)
  })
})

describe('a decision goes stale', () => {
  const changed = (facts: readonly Fact[], rules: readonly EligibilityRule[] = ELIGIBILITY_RULES) =>
    isStale(evaluate(wellFacts()), evaluateEligibility(rules, facts, NOW, ZONE))
  const instead = (kind: FactKind, value: unknown) => [
    ...wellFacts().filter((one) => one.kind !== kind),
    fact(kind, value),
  ]
  it.each<[string, readonly Fact[], boolean]>([
    ['the same', wellFacts(), false],
    ['a new test with the same result', instead('pregnancy-test', 'negative'), false],
    ['a positive test', instead('pregnancy-test', 'positive'), true],
    ['another weight, still in limits', instead('weight-kg', 75), false],
    ['a weight outside limits', instead('weight-kg', 140), true],
    ['a history told now', instead('psychosis', 'yes'), true],
    ['a history doubted now', instead('psychosis', 'unknown'), true],
    [
      'blood pressure of the day',
      instead('blood-pressure', { systolicMmHg: 170, diastolicMmHg: 100 }),
      false,
    ],
    [
      'a fact that has only grown old',
      wellFacts().map((one) => ({ ...one, observedAt: addMs(NOW, -800 * DAY_MS) })),
      false,
    ],
  ])('%s', (_, facts, stale) => expect(changed(facts)).toBe(stale))

  it('when a rule has a new version', () => {
    const next = ELIGIBILITY_RULES.map((rule) => (rule.id === 'ecg-read' ? { ...rule, version: 2 } : rule))
    expect(changed(wellFacts(), next)).toBe(true)
  })
})
