import { parseHTML } from 'linkedom'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { FIELD_DEFAULTS, readQuestion } from '../regimens/read-question.ts'
import { EXAMPLE } from '../regimens/ready-made.ts'
import { regimenView } from '../regimens/regimen-view.ts'
import { workOut } from '../regimens/work-out.ts'
import { RegimenResult } from './regimens-result.tsx'

const ADDRESS = 'https://regimens.clinic.test/work/regimens?weight=150'

async function shown(more: Record<string, string>) {
  const values = { ...FIELD_DEFAULTS, ...EXAMPLE, n: '200', ...more }
  const read = readQuestion(values, new URLSearchParams())
  if (!read.ok) throw new Error(JSON.stringify(read.errors))
  const worked = await workOut(read.question)
  if (!worked.ok) throw new Error(worked.reason)
  const html = renderToStaticMarkup(
    <RegimenResult view={regimenView(worked)} seenOn="Tue 24 Nov 2026, 12:00" address={ADDRESS} />,
  )
  return parseHTML(`<html><body>${html}</body></html>`).document
}

describe('the result of a comparison', () => {
  test('says at every figure and table that it is no dosing instruction', async () => {
    const page = await shown({})
    const figures = [...page.querySelectorAll('figure')]
    expect(figures).toHaveLength(3)
    for (const each of [...figures, ...page.querySelectorAll('caption')]) {
      // The tables of constants give no levels.
      if (/How far to trust/.test(each.textContent ?? '')) continue
      expect(each.textContent).toMatch('Not a dosing instruction')
    }
  })

  test('carries what is in doubt at every figure and in the table', async () => {
    const page = await shown({ weight: '150', 'r2-d1-route': 'im', 'r2-d1-over': '' })
    for (const figure of page.querySelectorAll('figure')) {
      expect(figure.textContent).toMatch(/[Ww]eight 150 kg is outside/)
      expect(figure.textContent).toMatch('sketch')
    }
    expect(page.querySelector('figure')!.textContent).toMatch('between 286 and 542 ng/mL')
    const rows = [...page.querySelectorAll('table')[0]!.querySelectorAll('tbody tr')]
    expect(rows).toHaveLength(4)
    for (const row of rows) expect(row.textContent).toMatch('weight 150 kg is outside')
    expect(rows[0]!.textContent).toMatch('286 to 542 by what is believed')
    expect(rows[2]!.textContent).toMatch('a sketch: this route (into muscle)')
    // The delay of the arm has no part in the levels of the artery, nor they in its.
    expect(page.querySelectorAll('figure')[1]!.textContent).not.toMatch('542')
  })

  test('draws no effect site of two sites in one picture, and says where there is none', async () => {
    const page = await shown({ 'r1-model': 'domino-1982' })
    const titles = [...page.querySelectorAll('.chart-figure-title')].map((each) => each.textContent)
    expect(titles.filter((title) => title!.startsWith('Where it acts'))).toEqual([
      'Where it acts: the effect site that follows blood, site of sampling not stated (Domino 1982)',
      'Where it acts: the effect site that follows arterial blood',
    ])
    const veins = await shown({ 'r2-model': 'clements-1981-venous' })
    expect(veins.body.textContent).toMatch('No effect site is drawn for 0.8 mg/kg over 40 min')
  })

  test('prints its address and when it was worked out', async () => {
    const page = await shown({})
    expect(page.querySelector('.regimens-address')!.textContent).toBe(ADDRESS)
    expect(page.body.textContent).toMatch('Tue 24 Nov 2026, 12:00')
  })

  test('names another model, and draws nothing across drugs', async () => {
    const model = await shown({ 'r2-model': 'simons-2022-arterial' })
    expect(model.body.textContent).toMatch('another model: nobody is drawn for both')
    const drug = await shown({ 'r2-model': 'simons-2022-arterial', 'r2-drug': 'esketamine' })
    expect(drug.body.textContent).toMatch('another drug than “0.5 mg/kg over 40 min”')
    expect(drug.querySelectorAll('table')[1]?.textContent ?? '').not.toMatch('against')
    expect(drug.querySelector('figure')!.textContent).toMatch('Lines of two drugs')
  })
})
