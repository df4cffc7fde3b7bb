import { describe, expect, it } from 'vitest'
import { NOW, wellFacts, ZONE } from '../../../tests/well-person.ts'
import type { AccountId } from '../../platform/ids.ts'
import { type DecisionWanted, overrideRight, whyNotDecide } from './decision.ts'
import { evaluateEligibility, type RuleResult, type Truth } from './eligibility.ts'
import { ELIGIBILITY_RULES } from './eligibility-rules.ts'

const [signer, colleague, stranger] = ['signer', 'colleague', 'stranger'] as unknown as [
  AccountId,
  AccountId,
  AccountId,
]

/** The well person's results, but for the rules that are named. */
function results(over: Readonly<Record<string, Truth>>): RuleResult[] {
  const known = evaluateEligibility(ELIGIBILITY_RULES, wellFacts(), NOW, ZONE)
  for (const id of Object.keys(over)) expect(known.map(({ ruleId }) => ruleId)).toContain(id)
  return known.map((result) => ({ ...result, truth: over[result.ruleId] ?? result.truth }))
}

const eligible: DecisionWanted = {
  decision: 'eligible',
  reasons: 'Examined and spoken with.',
  overrides: [],
  signer,
  second: undefined,
  prescribers: [signer, colleague],
}
const override = (ruleId: string, reason = 'Cardiologist has seen it.') => ({ ruleId, reason })
const asUnknown = (ruleId: string) => override(ruleId, 'Imaging is not known yet; both have weighed it.')

type Case = readonly [string, Record<string, Truth>, Partial<DecisionWanted>, string | undefined]

const CASES: readonly Case[] = [
  ['all met', {}, {}, undefined],
  ['no reasons', {}, { reasons: '  ok  ' }, 'reasons-missing'],
  ['nine letters of reasons', {}, { reasons: ' 123456789 ' }, 'reasons-missing'],
  ['ten letters of reasons', {}, { reasons: ' 1234567890 ' }, undefined],
  // Relative rules: by name and reason.
  ['relative unknown', { 'ecg-read': 'unknown' }, {}, 'relative-rule-open'],
  ['relative not met', { 'ecg-read': 'not-met' }, {}, 'relative-rule-open'],
  ['relative overridden', { 'ecg-read': 'not-met' }, { overrides: [override('ecg-read')] }, undefined],
  [
    'relative unknown, overridden by one without naming it so',
    { 'ecg-read': 'unknown' },
    { overrides: [override('ecg-read')] },
    undefined,
  ],
  [
    'override without words',
    { 'ecg-read': 'not-met' },
    { overrides: [override('ecg-read', 'fine')] },
    'override-needs-reason',
  ],
  [
    'override of ten spaces',
    { 'ecg-read': 'not-met' },
    { overrides: [override('ecg-read', ' '.repeat(10))] },
    'override-needs-reason',
  ],
  [
    'override of nine letters among spaces',
    { 'ecg-read': 'not-met' },
    { overrides: [override('ecg-read', ' 123456789 ')] },
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
  [
    'override of a rule of the day',
    { 'blood-pressure': 'not-met' },
    { overrides: [override('blood-pressure')] },
    'override-not-possible',
  ],
  ['day rules open', { 'blood-pressure': 'not-met', 'heart-rate': 'unknown' }, {}, undefined],
  // Absolute rules: by two, and what is unknown is called so.
  ['absolute not met', { 'no-aneurysm': 'not-met' }, {}, 'absolute-rule-not-met'],
  ['absolute unknown', { 'no-aneurysm': 'unknown' }, {}, 'absolute-rule-unknown'],
  [
    'absolute not met, a second but no words',
    { 'no-aneurysm': 'not-met' },
    { second: colleague },
    'absolute-rule-not-met',
  ],
  [
    'absolute overridden by one',
    { 'no-aneurysm': 'not-met' },
    { overrides: [override('no-aneurysm')] },
    'second-prescriber-missing',
  ],
  [
    'absolute overridden by one person twice',
    { 'no-aneurysm': 'not-met' },
    { overrides: [override('no-aneurysm')], second: signer },
    'second-prescriber-same',
  ],
  [
    'absolute overridden with somebody who does not prescribe here',
    { 'no-aneurysm': 'not-met' },
    { overrides: [override('no-aneurysm')], second: stranger },
    'second-prescriber-not-valid',
  ],
  [
    'absolute overridden by two',
    { 'no-aneurysm': 'not-met' },
    { overrides: [override('no-aneurysm')], second: colleague },
    undefined,
  ],
  [
    'absolute overridden by two, without words',
    { 'no-aneurysm': 'not-met' },
    { overrides: [override('no-aneurysm', 'fine')], second: colleague },
    'override-needs-reason',
  ],
  [
    'absolute unknown, overridden by two who do not say so',
    { 'no-aneurysm': 'unknown' },
    { overrides: [override('no-aneurysm')], second: colleague },
    'override-must-name-unknown',
  ],
  [
    'absolute unknown, overridden by two who say so',
    { 'no-aneurysm': 'unknown' },
    { overrides: [asUnknown('no-aneurysm')], second: colleague },
    undefined,
  ],
  [
    'absolute unknown, overridden by one who says so',
    { 'no-aneurysm': 'unknown' },
    { overrides: [asUnknown('no-aneurysm')] },
    'second-prescriber-missing',
  ],
  [
    'one absolute of two overridden',
    { 'no-aneurysm': 'not-met', 'liver-enzymes': 'not-met' },
    { overrides: [override('no-aneurysm')], second: colleague },
    'absolute-rule-not-met',
  ],
  [
    'a relative one beside it left open',
    { 'no-aneurysm': 'not-met', 'ecg-read': 'unknown' },
    { overrides: [override('no-aneurysm')], second: colleague },
    'relative-rule-open',
  ],
  ['a second who was not needed', {}, { second: colleague }, undefined],
  // "Not eligible" can always be signed.
  ['not eligible on anything', { adult: 'not-met' }, { decision: 'not-eligible' }, undefined],
  ['not eligible without reasons', {}, { decision: 'not-eligible', reasons: '' }, 'reasons-missing'],
]

describe('signing a decision', () => {
  it.each(CASES)('%s', (_, over, change, reason) => {
    expect(whyNotDecide(results(over), { ...eligible, ...change })?.reason).toBe(reason)
  })

  it('names the rules it is about', () => {
    expect(
      whyNotDecide(results({ 'no-aneurysm': 'not-met', 'no-mania': 'not-met' }), eligible)?.ruleIds,
    ).toEqual(['no-aneurysm', 'no-mania'])
  })
})

describe('what nobody overrides', () => {
  const NEVER = ['adult', 'no-ketamine-reaction', 'not-pregnant', 'consent-capacity']

  it('is age, a reaction to ketamine, pregnancy and capacity, and nothing else', () => {
    const never = ELIGIBILITY_RULES.filter(
      (rule) => overrideRight(rule) === 'nobody' && rule.ruleClass !== 'hold-today',
    )
    expect(never.map(({ id }) => id)).toEqual(NEVER)
  })

  it.each(NEVER.flatMap((id) => [[id, 'not-met'] as const, [id, 'unknown'] as const]))(
    '%s %s: not by one, not by two, whatever they write',
    (id, truth) => {
      for (const second of [undefined, colleague]) {
        const wanted = { ...eligible, overrides: [asUnknown(id)], second }
        expect(whyNotDecide(results({ [id]: truth }), wanted)).toEqual({
          reason: 'rule-never-overridden',
          ruleIds: [id],
        })
      }
    },
  )
})
