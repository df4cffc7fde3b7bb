import { kamp2020 } from '@evenkeel/pharmacokinetics'
import { describe, expect, it } from 'vitest'
import { FIELD_DEFAULTS, readQuestion } from './read-question.ts'
import { EXAMPLE, orderLinkValues, READY_MADE } from './ready-made.ts'
import { shownNames } from './regimen-name.ts'
import type { AskedRegimen } from './regimen-question.ts'

const readyMade = (id: string): AskedRegimen => {
  const { name, drug, rows } = READY_MADE.find((ready) => ready.id === id)!
  return { place: 1, name, model: kamp2020, drug, rows }
}
const nameOf = (asked: AskedRegimen) => shownNames([asked]).get(1)!

describe('what a regimen is called', () => {
  it('is its ready-made name while that is what is given', () => {
    for (const { id, name } of READY_MADE) {
      expect(nameOf(readyMade(id)), id).toEqual({ name, changedFrom: undefined })
    }
  })

  it('is what is given once the fields say something else, with what it was', () => {
    const muscle = readyMade('im-0.5')
    const swallowed = { ...muscle.rows[0]!, route: 'oral', amount: 1 } as const
    expect(nameOf({ ...muscle, rows: [swallowed] })).toEqual({
      name: '1 mg/kg swallowed',
      changedFrom: '0.5 mg/kg into muscle',
    })
    const infusion = readyMade('iv-0.5-40')
    const longer = { ...infusion.rows[0]!, overMin: 60 }
    expect(nameOf({ ...infusion, rows: [longer, swallowed] }).name).toBe(
      '0.5 mg/kg over 60 min, then 1 mg/kg swallowed',
    )
    expect(nameOf({ ...infusion, drug: 'esketamine' }).name).toBe('0.5 mg/kg esketamine over 40 min')
  })

  it('follows an order’s dose too, whichever weight it counts from', () => {
    const person = { weightKg: 110, ageYears: 41, sex: 'female' }
    for (const countedFrom of [undefined, { basis: 'ideal', weightKg: 61.5 }] as const) {
      const values = orderLinkValues(person, {
        mgPerKg: 0.7,
        durationMin: 40,
        ...(countedFrom ? { countedFrom } : {}),
      })
      const asked = (more: Record<string, string>) => {
        const answer = readQuestion({ ...FIELD_DEFAULTS, ...values, ...more }, new URLSearchParams())
        if (!answer.ok) throw new Error(JSON.stringify(answer.errors))
        return shownNames(answer.question.regimens).get(1)!
      }
      expect(asked({}).changedFrom).toBeUndefined()
      expect(asked({ 'r1-d1-amount': '1' }).changedFrom).toBe(values['r1-name'])
      expect(asked({ 'r1-d1-over': '50' }).name).toMatch(/over 50 min$/)
    }
  })

  it('stays where somebody wrote it, and tells two of one name apart', () => {
    const own = { ...readyMade('iv-0.5-40'), name: 'what we do on Mondays' }
    expect(nameOf({ ...own, rows: readyMade('im-2').rows }).name).toBe('what we do on Mondays')
    const both = shownNames([own, { ...own, place: 2 }])
    expect([...both.values()].map(({ name }) => name)).toEqual([
      'what we do on Mondays (regimen 1)',
      'what we do on Mondays (regimen 2)',
    ])
  })

  it('of the example is a well-founded one', () => {
    expect([EXAMPLE['r1-d1-route'], EXAMPLE['r2-d1-route']]).toEqual(['infusion', 'infusion'])
  })
})
