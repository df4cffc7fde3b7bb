import { models, RACEMATE_AS_S } from '@evenkeel/pharmacokinetics'
import { describe, expect, it } from 'vitest'
import { drugFormsOf, FIELD_DEFAULTS, readQuestion } from './read-question.ts'
import { regimenValues } from './ready-made.ts'
import type { DoseRow } from './regimen-question.ts'
import { regimenView } from './regimen-view.ts'
import { refusalInWords } from './regimen-words.ts'
import { workOut } from './work-out.ts'

const INFUSION: DoseRow = {
  route: 'infusion',
  amount: 0.5,
  unit: 'mg/kg',
  atMin: 0,
  overMin: 40,
  times: 1,
  everyMin: 0,
}
const PERSON = { who: 'person', weight: '70', age: '25', n: '200', threshold: '100' }

function read(modelId: string, rows: readonly DoseRow[], more: Record<string, string> = {}) {
  const regimen = regimenValues(1, { name: 'one', modelId, drug: 'racemate', rows })
  return readQuestion({ ...FIELD_DEFAULTS, ...PERSON, ...regimen, ...more }, new URLSearchParams())
}
function question(...asked: Parameters<typeof read>) {
  const answer = read(...asked)
  if (!answer.ok) throw new Error(JSON.stringify(answer.errors))
  return answer.question
}

describe('the figures of drawn people', () => {
  it('are in the units of the typical one: peak, minute, ng·h/mL and minutes lie around it', async () => {
    const worked = await workOut(question('kamp-2020-arterial', [INFUSION]))
    if (!worked.ok) throw new Error(worked.reason)
    const [{ figures, typicalFigures }] = worked.regimens as [(typeof worked.regimens)[number]]
    // 35 mg / 84 L/h.
    expect(typicalFigures.areaNgHPerMl).toBeCloseTo(416.67, 2)
    for (const figure of ['peakNgPerMl', 'peakAtMin', 'areaNgHPerMl', 'minutesAbove'] as const) {
      const middle = figures.map((each) => each[figure]!).sort((a, b) => a - b)[100]!
      const ratio = middle / typicalFigures[figure]!
      expect(ratio > 0.85 && ratio < 1.15, `${figure} ${middle} against ${typicalFigures[figure]}`).toBe(true)
    }
  })

  it('stop when nobody waits any more, also after the bands', async () => {
    const asked = question('kamp-2020-arterial', [INFUSION])
    let pauses = 0
    await workOut(asked, async () => {
      pauses += 1
    })
    const signal = { aborted: false }
    let seen = 0
    const stopped = await workOut(
      asked,
      async () => {
        seen += 1
        if (seen === 10) signal.aborted = true
      },
      signal,
    )
    expect(pauses).toBeGreaterThan(30)
    expect(stopped).toMatchObject({ ok: false, reason: 'stopped', place: 1 })
    expect(seen).toBe(10)
  })
})

describe('racemate', () => {
  it('can be asked of every model, as the guide does; those of S-ketamine say what they take R for', async () => {
    for (const model of models) {
      expect(drugFormsOf(model), model.id).toContain('racemate')
      const worked = await workOut(question(model.id, [INFUSION], { until: '60' }))
      if (!worked.ok) throw new Error(`${model.id}: ${worked.reason}`)
      const ofS = model.analyte === 'S-ketamine'
      expect(model.cautions.includes(RACEMATE_AS_S), model.id).toBe(ofS)
      expect(regimenView(worked).notes['r1-drug'], model.id).toBe(ofS ? RACEMATE_AS_S : undefined)
    }
  })

  it('alone is what a model of racemate can be asked', () => {
    const answer = read('clements-1981-venous', [INFUSION], { 'r1-drug': 'esketamine' })
    expect(answer.ok ? {} : answer.errors).toEqual({
      'r1-drug': 'This model is of racemate. Choose racemate, or a model of esketamine.',
    })
  })
})

describe('what is too much', () => {
  it('is refused at the people, with how many would do', () => {
    const rows = [{ ...INFUSION, route: 'intranasal', overMin: 0, times: 24, everyMin: 30 } as const]
    const four = Object.assign(
      {},
      ...[1, 2, 3, 4].map((place) =>
        regimenValues(place, { name: 'a', modelId: 'perez-ruixo-2021-venous', drug: 'esketamine', rows }),
      ),
    )
    const errors = (n: string) => {
      const answer = read('perez-ruixo-2021-venous', rows, { ...four, n, until: '1440' })
      return answer.ok ? {} : answer.errors
    }
    const [, most] = /at most (\d+) people/.exec(errors('5000').n ?? '') ?? []
    expect(errors('5000').n).toMatch('with 96 doses in 4 regimens')
    expect(errors(most!)).toEqual({})
  })

  it('and levels beyond what is counted are said in words', () => {
    expect(refusalInWords({ ok: false, reason: 'beyond-bins', field: 'doses', value: 1e6 })).toMatch(
      'above 4 million ng/mL',
    )
  })
})
