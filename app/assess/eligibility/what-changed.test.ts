import { describe, expect, it } from 'vitest'
import { fact, NOW, wellFacts, ZONE } from '../../../tests/well-person.ts'
import { addMs, DAY_MS } from '../../platform/time.ts'
import type { Fact, FactKind } from '../fact.ts'
import { changeInWords } from './change-words.ts'
import { type EligibilityRule, evaluateEligibility } from './eligibility.ts'
import { ELIGIBILITY_NOTICES } from './eligibility-notices.ts'
import { ELIGIBILITY_RULES } from './eligibility-rules.ts'
import { overridesThatHold, whatChanged } from './what-changed.ts'

const then = evaluateEligibility([...ELIGIBILITY_RULES, ...ELIGIBILITY_NOTICES], wellFacts(), NOW, ZONE)
const now = (
  facts: readonly Fact[],
  rules: readonly EligibilityRule[] = [...ELIGIBILITY_RULES, ...ELIGIBILITY_NOTICES],
) => whatChanged(then, evaluateEligibility(rules, facts, NOW, ZONE), [], rules)
const instead = (kind: FactKind, value: unknown) => [...wellFacts(kind), fact(kind, value)]

describe('what changed since a decision', () => {
  it.each<[string, readonly Fact[], readonly string[]]>([
    ['the same', wellFacts(), []],
    ['a new test with the same result', instead('pregnancy-test', 'negative'), []],
    ['a positive test', instead('pregnancy-test', 'positive'), ['not-pregnant']],
    ['another weight, still in limits', instead('weight-kg', 75), []],
    ['a weight outside limits', instead('weight-kg', 140), ['body-mass']],
    ['a history told now', instead('psychosis', 'yes'), ['no-psychosis']],
    ['a history doubted now', instead('psychosis', 'unknown'), ['no-psychosis']],
    [
      'what the person told after staff wrote no',
      [...wellFacts(), fact('psychosis', 'yes', { ageMs: 1, source: 'self-report' })],
      ['no-psychosis'],
    ],
    ['a fact that was taken back', wellFacts('ecg'), ['ecg-read']],
    [
      'one fact of two rules, of which one holds on the day',
      instead('bipolar-disorder', 'yes'),
      ['bipolar-with-stabiliser'],
    ],
    [
      'another answer of which the rule thinks the same',
      instead('sex', 'other'),
      ['not-pregnant', 'not-breastfeeding', 'contraception'],
    ],
    ['blood pressure of the day', instead('blood-pressure', { systolicMmHg: 170, diastolicMmHg: 100 }), []],
    ['a notice that applies now', instead('active-substance-problem', 'yes'), []],
    [
      'facts that have only grown old',
      wellFacts().map((one) => ({ ...one, observedAt: addMs(NOW, -800 * DAY_MS) })),
      [],
    ],
  ])('%s', (_, facts, ruleIds) => {
    expect(now(facts).map((change) => change.ruleId)).toEqual(ruleIds)
  })

  it('tells a change of the rule from a change of a fact', () => {
    const next = ELIGIBILITY_RULES.map((rule) => (rule.id === 'ecg-read' ? { ...rule, version: 2 } : rule))
    expect(now(wellFacts(), next)).toEqual([
      { ruleId: 'ecg-read', from: 'met', to: 'met', versions: { from: 1, to: 2 }, facts: [] },
    ])
  })

  it('names rules that came and rules that went', () => {
    const without = ELIGIBILITY_RULES.filter(({ id }) => id !== 'ecg-read')
    expect(now(wellFacts(), without)).toEqual([
      { ruleId: 'ecg-read', from: 'met', to: undefined, versions: undefined, facts: [] },
    ])
    const more = [...ELIGIBILITY_RULES, { ...ELIGIBILITY_RULES[0]!, id: 'another' }]
    expect(now(wellFacts(), more)).toMatchObject([{ ruleId: 'another', from: undefined, to: 'met' }])
  })

  it('says from what to what, and by which fact', () => {
    const facts = instead('pregnancy-test', 'positive')
    expect(now(facts)).toEqual([
      {
        ruleId: 'not-pregnant',
        from: 'met',
        to: 'not-met',
        versions: undefined,
        facts: [{ kind: 'pregnancy-test', from: 'negative', to: 'positive', factId: facts.at(-1)!.id }],
      },
    ])
  })
})

describe('a rule that was put aside', () => {
  const all = (facts: readonly Fact[], at = NOW) => evaluateEligibility(ELIGIBILITY_RULES, facts, at, ZONE)
  const ageless = (facts: readonly Fact[]) =>
    facts.map((one) => ({ ...one, observedAt: NOW, recordedAt: NOW }))

  it.each<[string, FactKind, unknown, unknown, readonly string[]]>([
    ['liver-enzymes', 'alt-times-uln', 3.2, 25, ['liver-enzymes']],
    ['liver-enzymes', 'alt-times-uln', 3.2, 3.3, ['liver-enzymes']],
    ['liver-enzymes', 'alt-times-uln', 3.2, 3.2, []],
    ['liver-enzymes', 'alt-times-uln', 3.2, 3.1, []],
    ['body-mass', 'height-cm', 120, 121, []],
    ['body-mass', 'weight-kg', 140, 140.1, []],
    ['body-mass', 'weight-kg', 140, 142.5, []],
    ['body-mass', 'weight-kg', 140, 144, ['body-mass']],
    ['body-mass', 'weight-kg', 140, 135, []],
    ['body-mass', 'weight-kg', 140, 45, ['body-mass']],
    ['stop-bang', 'stop-bang', 5, 8, ['stop-bang']],
    ['stop-bang', 'stop-bang', 5, 5, []],
  ])('%s: %s %s, now %s', (ruleId, kind, signed, later, changed) => {
    const before = all([...wellFacts(kind), fact(kind, signed)])
    const after = all([...wellFacts(kind), fact(kind, signed), fact(kind, later, { ageMs: 1 })])
    expect(before.find((one) => one.ruleId === ruleId)?.truth).toBe('not-met')
    expect(
      whatChanged(before, after, [{ ruleId }], ELIGIBILITY_RULES).map((change) => change.ruleId),
    ).toEqual(changed)
    // The same figures under a rule that nobody put aside say the same as before.
    expect(whatChanged(before, after, [{ ruleId: 'another' }], ELIGIBILITY_RULES)).toEqual([])
  })

  it('stands for no figure that nobody had when it was signed', () => {
    const base = [...wellFacts('alt-times-uln', 'ast-times-uln'), fact('alt-times-uln', 3.2)]
    const of = (facts: readonly Fact[]) => evaluateEligibility(ELIGIBILITY_RULES, facts, NOW, ZONE)
    const changed = whatChanged(
      of(base),
      of([...base, fact('ast-times-uln', 40)]),
      [{ ruleId: 'liver-enzymes' }],
      ELIGIBILITY_RULES,
    )
    expect(changed.map(({ ruleId }) => ruleId)).toEqual(['liver-enzymes'])
  })

  it('stands for its fact while that is not too old, and no longer', () => {
    const facts = ageless([...wellFacts('stop-bang'), fact('stop-bang', 5)])
    const signed = { overrides: [{ ruleId: 'stop-bang' }], evaluation: all(facts) }
    expect(overridesThatHold(signed, all(facts, addMs(NOW, DAY_MS)))).toEqual(['stop-bang'])
    expect(overridesThatHold(signed, all(facts, addMs(NOW, 3_000 * DAY_MS)))).toEqual([])
  })

  it('stands for what was too old already when it was signed', () => {
    const facts = ageless([...wellFacts('stop-bang'), fact('stop-bang', 5)])
    const late = addMs(NOW, 3_000 * DAY_MS)
    const signed = { overrides: [{ ruleId: 'stop-bang' }], evaluation: all(facts, late) }
    expect(overridesThatHold(signed, all(facts, addMs(late, DAY_MS)))).toEqual(['stop-bang'])
  })

  it('stands for what nobody knew when it was signed', () => {
    const signed = { overrides: [{ ruleId: 'stop-bang' }], evaluation: all(wellFacts('stop-bang')) }
    expect(overridesThatHold(signed, all(wellFacts('stop-bang')))).toEqual(['stop-bang'])
  })
})

describe('in words', () => {
  const words = (facts: readonly Fact[]) =>
    now(facts).map((change) => changeInWords(change, ELIGIBILITY_RULES, facts, []))

  it('with who said so when', () => {
    const facts = instead('pregnancy-test', 'positive')
    expect(words(facts)).toEqual([
      {
        ruleId: 'not-pregnant',
        title: 'Not pregnant',
        what: 'Pregnancy test: negative, now positive; met, now not met',
        ruleOnly: false,
        at: facts.at(-1)!.recordedAt,
        by: 'somebody',
      },
    ])
  })

  it('a figure past what was put aside is said to be that', () => {
    const heavy = [...wellFacts('weight-kg'), fact('weight-kg', 140)]
    const heavier = [...heavy, fact('weight-kg', 150, { ageMs: 1 })]
    const before = evaluateEligibility(ELIGIBILITY_RULES, heavy, NOW, ZONE)
    const after = evaluateEligibility(ELIGIBILITY_RULES, heavier, NOW, ZONE)
    const [change] = whatChanged(before, after, [{ ruleId: 'body-mass' }], ELIGIBILITY_RULES)
    expect(changeInWords(change!, ELIGIBILITY_RULES, heavier, []).what).toBe(
      'Weight: 140 kg, now 150 kg; further out than what was put aside',
    )
  })

  it('what nobody has any more is said', () => {
    expect(words(wellFacts('ecg'))).toMatchObject([
      { what: 'ECG: no concern, now nothing recorded; met, now unknown', at: undefined, by: undefined },
    ])
  })

  it('a setting of the clinic has its signer', () => {
    const rules = ELIGIBILITY_RULES.map((rule) => (rule.id === 'ecg-read' ? { ...rule, version: 2 } : rule))
    const setting = {
      id: 'a' as never,
      ruleId: 'ecg-read',
      revision: 1,
      numbers: {},
      strictness: undefined,
      reason: 'because',
      setBy: 'manager',
      setAt: NOW,
      secondBy: 'prescriber',
      secondAt: NOW,
    }
    const [change] = now(wellFacts(), rules)
    expect(changeInWords(change!, rules, wellFacts(), [setting])).toMatchObject({
      what: 'the rule was version 1, now version 2',
      ruleOnly: true,
      at: NOW,
      by: 'manager',
    })
  })
})
