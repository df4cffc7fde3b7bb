import { kamp2020, perezRuixo2021 } from '@evenkeel/pharmacokinetics'
import { describe, expect, it } from 'vitest'
import { MOST_WORK, mostPeople, workOf } from './question-work.ts'
import type { AskedRegimen, DoseRow } from './regimen-question.ts'

const row = (more: Partial<DoseRow>): DoseRow => ({
  route: 'infusion',
  amount: 0.5,
  unit: 'mg/kg',
  atMin: 0,
  overMin: 40,
  times: 1,
  everyMin: 10,
  ...more,
})
const regimen = (model: AskedRegimen['model'], rows: readonly DoseRow[]): AskedRegimen => ({
  place: 1,
  name: 'a',
  model,
  drug: 'esketamine',
  rows,
})
const four = (one: AskedRegimen) => [one, one, one, one]

describe('what a question costs', () => {
  it('counts doses and their paths, not people and minutes alone', () => {
    const size = { n: 1000, untilMin: 240 }
    const once = workOf({ ...size, regimens: [regimen(perezRuixo2021, [row({ route: 'intranasal' })])] })
    const often = workOf({
      ...size,
      regimens: [regimen(perezRuixo2021, [row({ route: 'intranasal', times: 24 })])],
    })
    expect(often).toBeGreaterThan(10 * once)
    expect(often).toBeGreaterThan(
      2 * workOf({ ...size, regimens: [regimen(kamp2020, [row({ route: 'im', times: 24 })])] }),
    )
  })

  it('takes a plain comparison of everything the form has room for, and not the costliest one', () => {
    const most = { n: 5000, untilMin: 1440 }
    const plain = four(regimen(kamp2020, [row({})]))
    const costliest = four(
      regimen(perezRuixo2021, [
        row({ route: 'intranasal', times: 16 }),
        row({ route: 'oral', times: 7 }),
        row({}),
      ]),
    )
    expect(workOf({ ...most, regimens: plain })).toBeLessThan(MOST_WORK)
    expect(workOf({ ...most, regimens: costliest })).toBeGreaterThan(MOST_WORK)
  })

  it('names how many people would do, and at least 200 always do', () => {
    const costliest = {
      n: 5000,
      untilMin: 1440,
      regimens: four(regimen(perezRuixo2021, [row({ route: 'intranasal', times: 24 })])),
    }
    const people = mostPeople(costliest)
    expect(people).toBeGreaterThanOrEqual(200)
    expect(workOf({ ...costliest, n: people })).toBeLessThanOrEqual(MOST_WORK)
    expect(workOf({ ...costliest, n: people + 100 })).toBeGreaterThan(MOST_WORK)
  })
})
