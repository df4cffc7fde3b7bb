import { describe, expect, it } from 'vitest'
import { protocolById } from '../protocols/protocol-library.ts'
import type { DoseChoice } from './dose-arithmetic.ts'
import { doseArithmetic } from './dose-arithmetic.ts'
import { NOTHING_KNOWN } from './given-dose.ts'
import { orderCeilings } from './order-ceilings.ts'
import { deviates, isRaised, type LastDose, mayRaise, type RaiseAnswers } from './raise-rule.ts'

const allNo = {
  'systolic-180': 'no',
  'moaas-2': 'no',
  'spo2-92': 'no',
  'distress-stop': 'no',
  vomiting: 'no',
} as const
const answers = (part: Partial<RaiseAnswers> = {}): RaiseAnswers => ({
  ...allNo,
  improvement: 'less-than-half',
  ...part,
})

describe('whether a dose may be raised', () => {
  it.each([
    ['nothing is answered', undefined, NOTHING_KNOWN, { may: false, why: 'not-answered' }],
    ['all is known and well', answers(), NOTHING_KNOWN, { may: true, unknown: [] }],
    [
      'one thing is not known',
      answers({ vomiting: 'unknown' }),
      NOTHING_KNOWN,
      { may: true, unknown: ['vomiting'] },
    ],
    ['the session knew it', answers({ 'spo2-92': 'unknown' }), allNo, { may: true, unknown: [] }],
    [
      'improvement is not known',
      answers({ improvement: 'unknown' }),
      allNo,
      { may: true, unknown: ['improvement'] },
    ],
    ['better by half', answers({ improvement: 'half-or-more' }), allNo, { may: false, why: 'half-better' }],
    [
      'the session recorded it and it is denied',
      answers(),
      { ...allNo, 'systolic-180': 'yes' },
      { may: false, why: 'never-raise', facts: ['systolic-180'] },
    ],
    [
      'it is recorded and nothing answered',
      undefined,
      { ...allNo, 'moaas-2': 'yes' },
      { may: false, why: 'never-raise', facts: ['moaas-2'] },
    ],
  ] as const)('%s', (_case, told, recorded, verdict) => {
    expect(mayRaise(told, recorded)).toMatchObject(verdict)
  })

  it.each(['systolic-180', 'moaas-2', 'spo2-92', 'distress-stop', 'vomiting'] as const)(
    'never after %s',
    (fact) => {
      expect(mayRaise(answers({ [fact]: 'yes' }), NOTHING_KNOWN)).toMatchObject({ may: false, facts: [fact] })
    },
  )
})

describe('whether a dose lies above the last one', () => {
  const trdSc = protocolById('trd-sc')!
  const choice = (mgPerKg: number, weightBasis: 'actual' | 'ideal' = 'actual'): DoseChoice => ({
    kind: 'at-once-per-kg',
    mgPerKg,
    weightBasis,
    concentrationMgPerMl: 50,
  })
  const last: LastDose = {
    recorded: NOTHING_KNOWN,
    order: {
      route: 'subcutaneous',
      doseMg: 35,
      doseMgPerKg: 0.5,
      weightBasis: 'actual',
      weightKg: 70,
      actualWeightKg: 70,
    },
  }
  const raised = (asked: DoseChoice, kg: number, before: LastDose | null = last) => {
    const body = { actualWeightKg: kg, heightCm: 177.8, sex: 'male' } as const
    const answer = doseArithmetic({
      choice: asked,
      route: 'subcutaneous',
      body,
      ceilings: orderCeilings(trdSc)!,
    })
    if (!answer.ok) throw new Error(answer.problems.join())
    return isRaised(asked, answer.figures, kg, 'subcutaneous', before ?? undefined)
  }

  it.each([
    ['the same mg/kg', choice(0.5), 70, false],
    ['the same mg/kg of a heavier body, so more mg', choice(0.5), 80, false],
    ['more mg/kg', choice(0.6), 70, true],
    ['more mg/kg of a lighter body, so fewer mg', choice(0.51), 50, true],
    ['less', choice(0.4), 70, false],
    ['the same mg/kg of an ideal weight above the actual', choice(0.5, 'ideal'), 65, true],
    ['the same mg/kg of an ideal weight below the actual', choice(0.5, 'ideal'), 90, false],
  ])('%s', (_case, asked, kg, expected) => {
    expect(raised(asked, kg)).toBe(expected)
  })

  it('is not asked before the first dose nor after one by another route', () => {
    expect(raised(choice(0.9), 70, null)).toBe(false)
    expect(raised(choice(0.9), 70, { ...last, order: { ...last.order, route: 'intravenous' } })).toBe(false)
  })

  it.each([
    ['the first step', 0.5, undefined, false],
    ['the second step at once', 0.6, undefined, true],
    ['the second step after the first', 0.6, 0.5, false],
    ['a step skipped', 0.75, 0.5, true],
    ['the same step again', 0.6, 0.6, false],
    ['a step back', 0.5, 0.75, false],
    ['no step of it', 0.55, 0.5, true],
    ['the last step', 0.9, 0.75, false],
    ['beyond it', 1, 0.9, true],
  ])('%s leaves the titration of its protocol: %d after %s', (_case, mgPerKg, before, expected) => {
    expect(deviates(choice(mgPerKg), trdSc, before)).toBe(expected)
  })
})
