import { describe, expect, it } from 'vitest'
import { describeChange, describeChangeBy } from './change.ts'
import type { ChangeRules } from './instrument.ts'
import { listInstruments } from './registry.ts'

describe('PHQ-9', () => {
  it('describes a fall to half or less', () => {
    expect(describeChange('phq-9', 16, 8)).toMatchObject({
      score: 'total',
      difference: -8,
      direction: 'better',
      improvementPercent: 50,
      response: true,
      remission: false,
      mcid: [{ points: 5, verdict: 'improved' }],
      reliableChange: [{ points: 6, verdict: 'improved' }],
    })
  })

  it('draws its lines exactly', () => {
    expect(describeChange('phq-9', 15, 8).response).toBe(false)
    expect(describeChange('phq-9', 15, 7).response).toBe(true)
    expect(describeChange('phq-9', 10, 5).remission).toBe(false)
    expect(describeChange('phq-9', 10, 4).remission).toBe(true)
    expect(describeChange('phq-9', 15, 10)).toMatchObject({
      mcid: [{ verdict: 'improved' }],
      reliableChange: [{ verdict: 'within' }],
    })
  })

  it('describes getting worse as getting worse', () => {
    expect(describeChange('phq-9', 5, 12)).toMatchObject({
      direction: 'worse',
      improvementPercent: -140,
      response: false,
      mcid: [{ verdict: 'worsened' }],
      reliableChange: [{ verdict: 'worsened' }],
    })
  })

  it('has no percentage from 0', () => {
    expect(describeChange('phq-9', 0, 0)).toMatchObject({
      direction: 'same',
      improvementPercent: null,
      response: null,
    })
    expect(describeChange('phq-9', 0, 9)).toMatchObject({
      direction: 'worse',
      improvementPercent: null,
      response: null,
    })
  })

  it('keeps the unknown unknown', () => {
    const nothing = {
      difference: null,
      direction: null,
      improvementPercent: null,
      response: null,
      mcid: null,
    }
    expect(describeChange('phq-9', null, 3)).toMatchObject({ ...nothing, remission: true })
    expect(describeChange('phq-9', 12, null)).toMatchObject({
      ...nothing,
      remission: null,
      reliableChange: null,
    })
  })
})

describe('instruments without published rules', () => {
  it.each(['audit', 'craving-nrs'])('%s gives a difference and no verdict', (id) => {
    expect(describeChange(id, 9, 4)).toMatchObject({
      difference: -5,
      direction: 'better',
      response: null,
      remission: null,
      mcid: null,
      reliableChange: null,
    })
  })
})

describe('rules as data', () => {
  const rules: ChangeRules = {
    score: 'total',
    response: { fallPoints: 10 },
    remission: { atMost: 28 },
    mcid: [
      { points: 10, source: 'one' },
      { points: 15, source: 'another' },
    ],
    // 1.96 x 7.5 x sqrt(2) x sqrt(1 - 0.84) = 8.3156
    reliableChange: [{ sd: 7.5, reliability: 0.84, source: 'Jacobson and Truax 1991' }],
    note: '',
  }

  it('shows both where sources differ', () => {
    const change = describeChangeBy({ change: rules, direction: 'higher-worse' }, 40, 28)
    expect(change).toMatchObject({ response: true, remission: true })
    expect(change.mcid?.map(({ verdict }) => verdict)).toEqual(['improved', 'within'])
  })

  it('computes the Jacobson-Truax reliable change', () => {
    const change = describeChangeBy({ change: rules, direction: 'higher-worse' }, 40, 31)
    expect(change.reliableChange).toEqual([
      { points: 8.32, verdict: 'improved', source: 'Jacobson and Truax 1991' },
    ])
  })

  it('turns round where higher is better, and does not guess where neither is', () => {
    expect(describeChangeBy({ change: rules, direction: 'higher-better' }, 20, 36)).toMatchObject({
      direction: 'better',
      improvementPercent: 80,
    })
    expect(describeChangeBy({ change: rules, direction: 'mixed' }, 20, 36)).toMatchObject({
      difference: 16,
      direction: null,
      response: null,
      mcid: null,
    })
  })
})

describe('another score than the main one', () => {
  it('gives its difference and direction, and no verdict that was published for the main score', () => {
    expect(describeChange('phq-9', 5, 2, 'phq2')).toEqual({
      score: 'phq2',
      difference: -3,
      direction: 'better',
      improvementPercent: null,
      response: null,
      remission: null,
      mcid: null,
      reliableChange: null,
    })
    expect(describeChange('phq-9', 16, 8, 'total')).toEqual(describeChange('phq-9', 16, 8))
  })

  it.each([
    ['bam', 'use', 'worse'],
    ['bam', 'risk', 'worse'],
    ['bam', 'protective', 'better'],
    ['bam-r', 'protective', 'better'],
    ['eq-5d-5l', 'vas', 'better'],
    ['eq-5d-5l', 'profile', null],
    ['promis-29', 'physicalFunction', 'better'],
    ['promis-29', 'socialRoles', 'better'],
    ['promis-29', 'anxiety', 'worse'],
    ['promis-29', 'pain', 'worse'],
    ['who-5', 'raw', 'better'],
    ['tlfb', 'pda', 'better'],
    ['tlfb', 'gramsPerDay', 'worse'],
    ['uds', 'pctNegativeITT', 'better'],
    ['uds', 'uds', null],
    ['socrates-8', 'recognition', null],
    ['rass', 'total', null],
  ] as const)('%s %s: a rise is %s', (id, score, direction) => {
    expect(describeChange(id, 4, 6, score)).toMatchObject({ score, difference: 2, direction })
  })

  it('throws for a score that the instrument does not have', () => {
    expect(() => describeChange('phq-9', 1, 2, 'raw')).toThrow(RangeError)
    expect(() => describeChange('tlfb', 1, 2, 'hdd')).toThrow(RangeError)
    expect(() => describeChange('phq-10', 1, 2)).toThrow(RangeError)
  })
})

describe('all instruments', () => {
  it('describe a change of their main score, and its unknown as unknown', () => {
    for (const { id, change } of listInstruments()) {
      expect(describeChange(id, null, null), id).toEqual({
        score: change.score,
        difference: null,
        direction: null,
        improvementPercent: null,
        response: null,
        remission: null,
        mcid: null,
        reliableChange: null,
      })
    }
  })

  it('list a direction only for scores that exist', () => {
    for (const { id, subscales, total } of listInstruments()) {
      for (const score of [...subscales, total]) {
        if (score !== null) expect(describeChange(id, 1, 1, score.id).difference, id).toBe(0)
      }
    }
  })
})
