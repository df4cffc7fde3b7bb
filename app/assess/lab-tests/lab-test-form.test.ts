import { describe, expect, it } from 'vitest'
import type { LabTest, TestKind } from './lab-test.ts'
import { parseTestForm, testFormValues } from './lab-test-form.ts'

const refusedAt = (kind: TestKind, typed: Record<string, string>) => {
  const parsed = parseTestForm(kind, typed)
  return parsed.ok ? [] : Object.keys(parsed.errors)
}
const result = (kind: TestKind, typed: Record<string, string>) => {
  const parsed = parseTestForm(kind, typed)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors))
  return parsed.result
}

describe('what staff type about a test', () => {
  it('reads a urine screen; a substance that was not tested has no finding', () => {
    expect(
      result('urine', {
        observed: 'yes',
        temperatureC: '34,5',
        temperatureInTime: 'yes',
        ph: '6.1',
        'a-opiates': 'negative',
        'a-fentanyl': '',
        'a-ketamine': 'expected-positive',
        'a-ketamine-basis': 'confirmed',
        'a-ketamine-reason': 'Session here',
      }),
    ).toEqual({
      kind: 'urine',
      observed: true,
      checks: { temperatureC: 34.5, temperatureInTime: true, ph: 6.1 },
      findings: [
        { analyte: 'opiates', result: 'negative', basis: 'presumptive' },
        { analyte: 'ketamine', result: 'expected-positive', basis: 'confirmed', reason: 'Session here' },
      ],
    })
  })

  it('refuses field by field', () => {
    expect(refusedAt('urine', {})).toContain('observed')
    expect(refusedAt('urine', { observed: 'no' })).toEqual(['a-cannabinoids'])
    const some = { observed: 'no', 'a-opiates': 'negative' }
    expect(refusedAt('urine', { ...some, temperatureC: '98', ph: '15', specificGravity: '15' })).toEqual([
      'temperatureC',
      'specificGravity',
      'ph',
    ])
    expect(refusedAt('urine', { ...some, 'a-ketamine': 'expected-positive' })).toEqual(['a-ketamine-reason'])
    expect(refusedAt('breath', {})).toEqual(['unit', 'value'])
    expect(refusedAt('breath', { value: '0.8', unit: 'g/dL' })).toEqual(['value'])
    expect(refusedAt('breath', { value: '0.8', unit: 'per-mille' })).toEqual([])
    expect(refusedAt('peth', {})).toEqual(['ngMl'])
    expect(refusedAt('peth', { ngMl: '12000' })).toEqual(['ngMl'])
    expect(refusedAt('peth', { ngMl: '0' })).toEqual(['ngMl'])
    expect(refusedAt('peth', { belowLod: 'yes' })).toEqual(['lodNgMl'])
    expect(refusedAt('peth', { belowLod: 'yes', ngMl: '40', lodNgMl: '10' })).toEqual(['belowLod'])
    expect(refusedAt('cdt', { percent: 'much' })).toEqual(['percent'])
  })

  it('keeps below detection apart from any number', () => {
    expect(result('peth', { belowLod: 'yes', lodNgMl: '10' })).toEqual({
      kind: 'peth',
      value: { belowLod: true, lodNgMl: 10 },
    })
  })

  it('shows a recorded test so that sending it unchanged says the same', () => {
    for (const [kind, typed] of [
      ['urine', { observed: 'no', ph: '6', 'a-opiates': 'positive', 'a-opiates-basis': 'confirmed' }],
      ['missed', { why: 'snow' }],
      ['breath', { value: '0.2', unit: 'mg/L' }],
      ['peth', { ngMl: '34', lodNgMl: '10' }],
      ['urine-etg', { belowLod: 'yes', lodNgMl: '100' }],
      ['cdt', { percent: '1.9' }],
    ] as const) {
      const before = result(kind, typed)
      expect(result(kind, testFormValues({ result: before } as LabTest))).toEqual(before)
    }
  })
})
