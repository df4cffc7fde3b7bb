import { describe, expect, it } from 'vitest'
import { fact, NOW, ZONE } from '../../../tests/well-person.ts'
import { evaluateEligibility } from './eligibility.ts'
import { ELIGIBILITY_NOTICES } from './eligibility-notices.ts'
import { ELIGIBILITY_RULES } from './eligibility-rules.ts'
import { type RuleSetting, rulesAsSet, settableNumbers, strictnessOf, whyNotSet } from './rules-as-set.ts'

function setting(
  ruleId: string,
  numbers: RuleSetting['numbers'],
  more: Partial<Pick<RuleSetting, 'revision' | 'strictness'>> = {},
): RuleSetting {
  return {
    id: 'setting' as never,
    ruleId,
    revision: 1,
    numbers,
    strictness: undefined,
    reason: 'The medical director has set it.',
    setBy: 'manager',
    setAt: NOW,
    secondBy: 'prescriber',
    secondAt: NOW,
    ...more,
  }
}
const comes = (id: string) => ELIGIBILITY_RULES.find((rule) => rule.id === id)!
const asSet = (id: string, ...settings: readonly RuleSetting[]) => rulesAsSet([comes(id)], settings)[0]!

describe('what may be set', () => {
  it.each<[string, RuleSetting['numbers'], RuleSetting['strictness'], string | undefined]>([
    ['blood-pressure', { systolic: 120, diastolic: 75 }, undefined, undefined],
    ['blood-pressure', { systolic: 170, diastolic: 100 }, undefined, undefined],
    ['blood-pressure', { systolic: 171 }, undefined, 'out-of-bounds'],
    ['blood-pressure', { systolic: 119 }, undefined, 'out-of-bounds'],
    ['blood-pressure', { systolic: Number.NaN }, undefined, 'out-of-bounds'],
    ['blood-pressure', { pulse: 100 }, undefined, 'no-such-number'],
    ['blood-pressure', {}, 'absolute', 'no-strictness'],
    ['heart-rate', { least: 60, most: 90 }, undefined, undefined],
    ['heart-rate', { most: 131 }, undefined, 'out-of-bounds'],
    ['suicide-risk', { level: 2 }, 'absolute', undefined],
    ['suicide-risk', { level: 4 }, 'absolute', 'out-of-bounds'],
    ['suicide-risk', {}, 'never', undefined],
    ['suicide-risk', {}, 'relative', 'looser'],
    ['not-pregnant', {}, 'never', undefined],
    ['not-pregnant', {}, 'absolute', 'looser'],
    ['not-pregnant', {}, 'relative', 'looser'],
    ['not-pregnant', { 'age:pregnancy-test': 8 }, 'never', 'out-of-bounds'],
    ['not-pregnant', { 'age:pregnancy-test': 1 }, 'never', undefined],
    ['ecg-read', {}, 'absolute', undefined],
    ['ecg-read', { 'age:ecg': 0 }, 'relative', 'out-of-bounds'],
    ['no-breath-alcohol', { 'age:breath-alcohol': 1 }, undefined, undefined],
  ])('%s %j %s: %s', (id, numbers, strictness, reason) => {
    expect(whyNotSet(comes(id), { numbers, strictness })?.reason).toBe(reason)
  })

  it('the lowest may not pass the highest', () => {
    // No rule's bounds overlap today; one that is made so must still refuse it.
    const rule = comes('body-mass')
    const wide = { ...rule, limits: rule.limits.map((limit) => ({ ...limit, least: 10, most: 60 })) }
    expect(whyNotSet(wide, { numbers: { least: 41 }, strictness: 'relative' })).toEqual({
      reason: 'limits-cross',
      names: ['least'],
    })
    expect(whyNotSet(wide, { numbers: { least: 40 }, strictness: 'relative' })).toBeUndefined()
  })

  it('every number comes within its own bounds', () => {
    for (const rule of [...ELIGIBILITY_RULES, ...ELIGIBILITY_NOTICES])
      for (const { name, comes: number, least, most } of settableNumbers(rule))
        expect([rule.id, name, number >= least && number <= most]).toEqual([rule.id, name, true])
  })

  it('no rule that nobody overrides can be loosened', () => {
    const never = ELIGIBILITY_RULES.filter((rule) => rule.never)
    expect(never).toHaveLength(4)
    for (const rule of never)
      for (const strictness of ['absolute', 'relative'] as const)
        expect(whyNotSet(rule, { numbers: {}, strictness })?.reason).toBe('looser')
  })
})

describe('rules as a clinic has set them', () => {
  it('ask for the new numbers, in words too, under a new version', () => {
    const rule = asSet('blood-pressure', setting('blood-pressure', { systolic: 150, diastolic: 95 }))
    expect([rule.title, rule.threshold, rule.version]).toEqual([
      'Blood pressure not above 150/95',
      '≤ 150 and ≤ 95 mmHg',
      2,
    ])
    const truth = (systolicMmHg: number, diastolicMmHg: number) =>
      evaluateEligibility([rule], [fact('blood-pressure', { systolicMmHg, diastolicMmHg })], NOW, ZONE)[0]!
        .truth
    expect([truth(150, 95), truth(151, 95), truth(150, 96)]).toEqual(['met', 'not-met', 'not-met'])
  })

  it('a confirmation is no new version', () => {
    expect(asSet('blood-pressure', setting('blood-pressure', { systolic: 140, diastolic: 90 })).version).toBe(
      1,
    )
  })

  it('each change is one version, also the way back', () => {
    const settings = [
      setting('heart-rate', { most: 120 }),
      setting('heart-rate', { most: 120 }, { revision: 2 }),
      setting('heart-rate', { most: 110 }, { revision: 3 }),
    ]
    expect(asSet('heart-rate', ...settings)).toMatchObject({ version: 3, title: 'Heart rate from 50 to 110' })
    // Their order on the way here does not matter.
    expect(asSet('heart-rate', ...settings.toReversed()).version).toBe(3)
  })

  it('become stricter, up to nobody', () => {
    expect(strictnessOf(asSet('ecg-read', setting('ecg-read', {}, { strictness: 'absolute' })))).toBe(
      'absolute',
    )
    expect(asSet('ecg-read', setting('ecg-read', {}, { strictness: 'never' }))).toMatchObject({
      ruleClass: 'absolute',
      never: true,
      version: 2,
    })
  })

  it('a shorter age counts', () => {
    const rule = asSet(
      'suicide-risk',
      setting('suicide-risk', { 'age:suicide-risk-level': 1 }, { strictness: 'absolute' }),
    )
    const truth = (ageMs: number) =>
      evaluateEligibility([rule], [fact('suicide-risk-level', 0, { ageMs })], NOW, ZONE)[0]!.truth
    expect([truth(86_400_000), truth(86_400_001)]).toEqual(['met', 'unknown'])
  })

  it('what would no longer be allowed is passed over', () => {
    expect(asSet('not-pregnant', setting('not-pregnant', {}, { strictness: 'relative' }))).toEqual(
      comes('not-pregnant'),
    )
    expect(asSet('heart-rate', setting('heart-rate', { most: 200 }))).toEqual(comes('heart-rate'))
  })

  it('leaves other rules alone', () => {
    expect(rulesAsSet(ELIGIBILITY_RULES, [])).toEqual(ELIGIBILITY_RULES)
  })
})
