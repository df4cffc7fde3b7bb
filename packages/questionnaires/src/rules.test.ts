import { describe, expect, it } from 'vitest'
import { describeChange, firedTriggers, instrumentById, onOneLine, responseStamp, score } from './index.ts'
import { listInstruments } from './registry.ts'
import type { ScoringContext } from './response.ts'

/** The thirteen rules of scoring at the edges, each shown on an instrument that needs it. */

function scored(id: string, answers: Record<string, unknown>, context: ScoringContext = {}) {
  const outcome = score(id, answers, context)
  if (!('scores' in outcome)) throw new Error(JSON.stringify(outcome))
  return outcome
}

function measured(id: string, answers: Record<string, unknown>, context: ScoringContext = {}) {
  const outcome = score(id, answers, context)
  if (!('metrics' in outcome)) throw new Error(JSON.stringify(outcome))
  return outcome
}

/** The same answer to every question from `first` to `last`. */
const all = (first: number, last: number, value: number) =>
  Object.fromEntries(Array.from({ length: last - first + 1 }, (_, place) => [`q${first + place}`, value]))

describe('rule 1: validate first', () => {
  it('a bad value rejects the response, and never hides a safety answer', () => {
    expect(score('phq-9', { q9: 2, q3: 7, q2: 0.5, nope: 1 })).toEqual({
      valid: false,
      errors: ['invalid-value:q2', 'invalid-value:q3', 'unknown-item:nope'],
      triggers: ['phq9-item9'],
    })
  })

  it('a bad safety answer counts as missing; null and absent mean missing', () => {
    expect(score('phq-9', { q9: 4 })).toMatchObject({ valid: false, triggers: [] })
    expect(scored('phq-9', { q1: null })).toEqual(scored('phq-9', {}))
  })
})

describe('rule 2: order', () => {
  it('skip logic looks at what was answered, sums at what was turned round', () => {
    // DAST-10 question 3 is turned round: "yes" (1) counts 0.
    expect(scored('dast-10', { ...all(1, 10, 0), q3: 1 }).scores.total).toMatchObject({ value: 0 })
    expect(scored('dast-10', all(1, 10, 0)).scores.total).toMatchObject({ value: 1 })
  })
})

describe('rule 3: skipped items', () => {
  it('unanswered they are 0; an answer on one is ignored with a warning', () => {
    const answers = { q1: 0, q9: 0, q10: 0 }
    expect(scored('audit', answers).scores.total).toMatchObject({ value: 0, status: 'ok' })
    expect(scored('audit', { ...answers, q2: 3 })).toMatchObject({
      scores: { total: { value: 0 } },
      warnings: ['ignored-skipped-item:q2'],
    })
  })

  it('in the suicide screen such an answer counts: a positive safety answer is never dropped', () => {
    expect(scored('c-ssrs-screener', { q1: 0, q2: 0, q4: 1, q6: 0 })).toMatchObject({
      categories: { risk: { value: 'high' } },
      warnings: ['answered-though-skipped:q4'],
      triggers: expect.arrayContaining(['cssrs-high']),
    })
  })

  it('while the question that decides is open, nothing is skipped', () => {
    expect(scored('audit', { q2: 4, q9: 0, q10: 0 }).scores.total).toMatchObject({
      value: null,
      bounds: [0, 32],
    })
  })
})

describe('rule 4: missing items', () => {
  it('strict unless a rule is stated: no value, but what is still possible', () => {
    expect(scored('isi', all(1, 6, 4)).scores.total).toMatchObject({
      value: null,
      status: 'incomplete',
      bounds: [24, 28],
    })
    expect(scored('isi', {}).scores.total).not.toHaveProperty('bounds')
  })

  it('only the PHQ-9 (two), the GAD-7 (one) prorate; the list of side effects takes what there is', () => {
    const rules = listInstruments().flatMap(({ id, subscales, total }) =>
      [...subscales, total].flatMap((one) =>
        one === null || one.method === 'algorithm' || one.missing.rule === 'strict'
          ? []
          : [[id, one.id, one.missing.rule, one.missing.maxMissing]],
      ),
    )
    expect(rules).toEqual([
      ['phq-9', 'total', 'prorate', 2],
      ['gad-7', 'total', 'prorate', 1],
      ['c-ssrs-screener', 'ideationLevel', 'highest-answered', undefined],
      ['ketamine-side-effects', 'count', 'available', undefined],
      ['ketamine-side-effects', 'urinary', 'available', undefined],
      ['ketamine-side-effects', 'maxSeverity', 'available', undefined],
    ])
    expect(scored('ketamine-side-effects', { chestPain: 2 }).scores.maxSeverity).toMatchObject({
      value: 2,
      status: 'partial',
    })
  })
})

describe('rule 5: certain despite gaps', () => {
  it('a comparison holds once the lowest possible total reaches it, and fails once the highest cannot', () => {
    // CIWA-Ar: nine items to 7, the tenth to 4; severe from 19.
    expect(scored('ciwa-ar', { q1: 7, q2: 7, q3: 4 }).triggers).not.toContain('ciwa-severe')
    expect(scored('ciwa-ar', { q1: 7, q2: 7, q3: 5 })).toMatchObject({
      scores: { total: { value: null } },
      triggers: expect.arrayContaining(['ciwa-severe']),
    })
  })

  it('a critical answer fires although no total exists', () => {
    expect(scored('madrs', { q10: 4 })).toMatchObject({
      scores: { total: { value: null } },
      triggers: expect.arrayContaining(['madrs-item10-high']),
    })
  })
})

describe('rule 6: unknown flags', () => {
  it('are null, not false', () => {
    expect(scored('phq-9', {}).flags).toEqual({
      majorDepressiveSyndrome: null,
      otherDepressiveSyndrome: null,
    })
    expect(scored('phq-9', { q1: 0, q2: 0 }).flags).toEqual({
      majorDepressiveSyndrome: false,
      otherDepressiveSyndrome: false,
    })
  })

  it('an open category keeps the level reached for certain, and the open screen says so', () => {
    expect(scored('c-ssrs-screener', { q2: 1 })).toMatchObject({
      categories: { risk: { value: null, lowerBound: 'low' } },
      triggers: ['cssrs-low', 'cssrs-incomplete'],
    })
  })
})

describe('rule 7: rounding', () => {
  it('is half up on exact decimals', () => {
    // Q-LES-Q-SF: 14 items from 1 to 5; (49 - 14) / 56 = 62.5 percent.
    const answers = { ...all(1, 14, 3), ...all(1, 7, 4) }
    expect(scored('q-les-q-sf', answers).scores).toMatchObject({ raw: { value: 49 }, total: { value: 63 } })
    // PHQ-9: four points on eight items make 4.5 on nine.
    expect(scored('phq-9', { ...all(1, 8, 0), q1: 3, q2: 1 }).scores.total).toMatchObject({
      value: 5,
      exact: 4.5,
      status: 'prorated',
      band: 'mild',
    })
    // GAD-7: three points on six items make 3.5 on seven.
    expect(scored('gad-7', { ...all(1, 6, 0), q1: 3 }).scores.total).toMatchObject({ value: 4, exact: 3.5 })
  })

  it('does not drift: an alcohol level on the edge stays below it', () => {
    expect(scored('alcohol-biomarkers', { cdt: 1.7 }).scores.cdt).toMatchObject({ band: 'not elevated' })
    expect(scored('alcohol-biomarkers', { cdt: 1.8 }).scores.cdt).toMatchObject({ band: 'elevated' })
  })
})

describe('rule 8: bands by person and by drug', () => {
  it.each([
    [{ sex: 'male' }, 'negative'],
    [{ sex: 'female' }, 'positive'],
    [{ sex: 'other' }, 'positive'],
    [{ sex: null }, 'positive'],
    [{}, 'positive'],
  ])('AUDIT-C 3 of %j is %s', (context, band) => {
    expect(scored('audit-c', { q1: 1, q2: 1, q3: 1 }, context).scores.total).toMatchObject({ value: 3, band })
  })

  it.each([
    [{ sex: 'male' }, 0],
    [{ sex: 'female' }, 1],
    [{}, 1],
  ])('four drinks of %j are %d heavy days', (context, hdd) => {
    const days = [{ date: '2026-03-01', drinks: 4 }]
    expect(measured('tlfb', { days }, context).metrics.hdd).toBe(hdd)
  })

  it.each([
    [{ sex: 'male' }, 1],
    [{ sex: 'female' }, 2],
    [{}, 2],
  ])('30 g a day of %j are WHO level %d', (context, level) => {
    const [item] = instrumentById('who-rdl')!.items
    expect(scored('who-rdl', { [item!.id]: 30 }, context).scores.level).toMatchObject({ value: level })
  })

  it('a drug without a cut-off of its own gives a number and no band', () => {
    const answers = all(1, 5, 1)
    expect(scored('sds', answers, { substance: 'cocaine' }).scores.total?.band).toBe('dependence likely')
    expect(scored('sds', answers, { substance: 'ketamine' }).scores.total).toMatchObject({
      value: 5,
      band: null,
    })
    expect(scored('sds', answers).scores.total).toMatchObject({ value: 5, band: null })
  })
})

describe('rule 9: instruments with their own arithmetic', () => {
  const quick = all(1, 16, 0)

  it('QIDS-SR16: of 6 and 7, and of 8 and 9, the blank one is not missing; both blank is', () => {
    expect(scored('qids-sr16', { ...quick, q7: null, q9: null }).scores.total).toMatchObject({
      value: 0,
      status: 'ok',
    })
    expect(scored('qids-sr16', { ...quick, q6: null, q8: null, q7: 2 }).scores.total).toMatchObject({
      value: 2,
      status: 'ok',
    })
    expect(scored('qids-sr16', { ...quick, q6: null, q7: null }).scores.total).toMatchObject({
      value: null,
      status: 'incomplete',
    })
  })

  it('OCDS: the higher of each pair makes 0 to 40, the plain sum of 0 to 56 is a score of its own', () => {
    const highest = Object.fromEntries(
      instrumentById('ocds')!.items.map(({ id, values }) => [id, values!.at(-1)!.value]),
    )
    expect(scored('ocds', highest).scores).toMatchObject({
      total: { value: 40 },
      simpleSum: { value: 56 },
    })
    expect(scored('ocds', { ...highest, q1: 0 }).scores).toMatchObject({
      total: { value: 40 },
      simpleSum: { value: 52 },
    })
  })

  it('ASSIST: a score for each substance, none over all, and no question 5 for tobacco', () => {
    const assist = instrumentById('assist')!
    expect(assist.total).toBeNull()
    expect(assist.items.some(({ id }) => id === 'tobacco.q5')).toBe(false)
    expect(assist.items.some(({ id }) => id === 'alcohol.q5')).toBe(true)
    expect(assist.subscales.find(({ id }) => id === 'ssi.tobacco')?.max).toBe(31)
  })
})

describe('rule 10: missing days and tests', () => {
  it('a missing day is never abstinent, breaks a run, and leaves "no heavy day" unknown', () => {
    const days = [
      { date: '2026-03-01', drinks: 0 },
      { date: '2026-03-02', missing: true },
      { date: '2026-03-03', drinks: 0 },
    ]
    expect(measured('tlfb', { days }).metrics).toMatchObject({
      abstinentDays: 2,
      missingDays: 1,
      longestAbstinentStreak: 1,
      noHeavyDrinkingDays: null,
    })
  })

  it('rates of what was observed and of the worst case stand side by side; ketamine after a session is expected', () => {
    const [item] = instrumentById('uds')!.items
    const records = [
      { date: '2026-03-01', analyte: 'cocaine', result: 'negative' },
      { date: '2026-03-04', analyte: 'ketamine', result: 'expected-positive' },
      { date: '2026-03-08', analyte: 'cocaine', result: 'missing' },
      { date: '2026-03-11', analyte: 'cocaine', result: 'positive' },
    ]
    expect(measured('uds', { [item!.id]: records }).metrics).toMatchObject({
      pctNegativeObserved: 66.7,
      pctNegativeITT: 50,
      longestNegativeRun: 2,
    })
  })
})

describe('rule 11: versions', () => {
  it('every result is stamped with instrument, version, form, window and scoring', () => {
    for (const instrument of listInstruments()) {
      const stamp = responseStamp(instrument)
      expect(Object.values(stamp).every((part) => part !== '' && part !== undefined)).toBe(true)
    }
  })

  it('BAM and BAM-R, and other windows or variants of MADRS, PCL-5 and OCDS, share no chart line', () => {
    const stamp = (id: string) => responseStamp(instrumentById(id)!)
    expect(onOneLine(stamp('bam'), stamp('bam-r'))).toBe(false)
    expect(onOneLine(stamp('madrs'), { ...stamp('madrs'), recallPeriod: 'PT24H' })).toBe(false)
    expect(onOneLine(stamp('pcl-5'), { ...stamp('pcl-5'), recallPeriod: 'P7D' })).toBe(false)
    expect(onOneLine(stamp('ocds'), { ...stamp('ocds'), version: 'plain sum of 14 items' })).toBe(false)
  })
})

describe('rule 12: change', () => {
  it('has no percentage, and so no response, from 0', () => {
    expect(describeChange('phq-9', 0, 0)).toMatchObject({ improvementPercent: null, response: null })
    expect(describeChange('gad-7', 0, 5)).toMatchObject({
      direction: 'worse',
      improvementPercent: null,
      response: null,
    })
  })

  it('shows both where sources differ', () => {
    expect(describeChange('pcl-5', 50, 40)).toMatchObject({
      mcid: [
        { points: 10, verdict: 'improved' },
        { points: 15, verdict: 'within' },
      ],
      reliableChange: [
        { points: 5, verdict: 'improved' },
        { points: 15, verdict: 'within' },
      ],
    })
  })
})

describe('rule 13: safety answers at once', () => {
  it('every item that is critical by itself fires on that one answer, all else open', () => {
    const alone = listInstruments().flatMap((instrument) =>
      instrument.safetyTriggers.flatMap(({ id, when, severity }) =>
        severity === 'critical' && 'item' in when ? [{ instrument, id, when }] : [],
      ),
    )
    expect(alone.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['phq9-item9', 'qids-item12', 'madrs-item10-high', 'kse-haematuria']),
    )
    for (const { instrument, id, when } of alone) {
      const at = when.gte ?? when.lte
      expect(firedTriggers(instrument.id, { [when.item]: at }).map((trigger) => trigger.id)).toContain(id)
      const beside = { [when.item]: at, nonsense: 'x' }
      expect(firedTriggers(instrument.id, beside).map((trigger) => trigger.id)).toContain(id)
    }
  })
})
