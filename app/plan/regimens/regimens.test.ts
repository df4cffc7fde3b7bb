import { clements1981, kamp2020, models, perezRuixo2021, totalDoseMg } from '@evenkeel/pharmacokinetics'
import { describe, expect, it } from 'vitest'
import { drawPeople, seedOf, weightGroups } from './drawn-people.ts'
import { drugFormsOf, FIELD_DEFAULTS, readQuestion } from './read-question.ts'
import { EXAMPLE, orderLinkValues, READY_MADE, regimenValues } from './ready-made.ts'
import { fieldValues, linkOf, usedRegimens, withRegimen } from './regimen-fields.ts'
import { regimenRows } from './regimen-file.ts'
import { type AskedPeople, type DoseRow, dosesFor } from './regimen-question.ts'
import { percentile, regimenView } from './regimen-view.ts'
import { figure, rowInWords, signed } from './regimen-words.ts'
import { workOut } from './work-out.ts'

const none = new URLSearchParams()
const read = (more: Record<string, string>, without: readonly string[] = []) => {
  const values = { ...FIELD_DEFAULTS, ...EXAMPLE, ...more }
  return readQuestion(
    Object.fromEntries(Object.entries(values).filter(([name]) => !without.includes(name))),
    none,
  )
}
const errorsOf = (more: Record<string, string>, without: readonly string[] = []) => {
  const answer = read(more, without)
  return answer.ok ? {} : answer.errors
}
const question = (more: Record<string, string> = {}, without: readonly string[] = []) => {
  const answer = read(more, without)
  if (!answer.ok) throw new Error(JSON.stringify(answer.errors))
  return answer.question
}
const worked = async (more: Record<string, string> = {}) => {
  const answer = await workOut(question({ n: '200', ...more }))
  if (!answer.ok) throw new Error(JSON.stringify(answer))
  return answer
}
const dose = (more: Partial<DoseRow>): DoseRow => ({
  route: 'infusion',
  amount: 0.5,
  unit: 'mg/kg',
  atMin: 0,
  overMin: 40,
  times: 1,
  everyMin: 0,
  ...more,
})
const CLINIC = {
  who: 'people',
  meanWeight: '80',
  sdWeight: '15',
  leastWeight: '50',
  mostWeight: '120',
  leastAge: '20',
  mostAge: '70',
  women: '50',
}

describe('doses', () => {
  it('count mg/kg by the weight, and repeat', () => {
    expect(dosesFor([dose({})], 70)).toEqual([
      { route: 'iv-infusion', startMin: 0, durationMin: 40, doseMg: 35 },
    ])
    const spray = dosesFor([dose({ route: 'intranasal', amount: 28, unit: 'mg', times: 2, everyMin: 5 })], 90)
    expect(spray).toEqual([
      { route: 'intranasal', atMin: 0, doseMg: 28 },
      { route: 'intranasal', atMin: 5, doseMg: 28 },
    ])
  })

  it('make one pump of all rates, in order of time', () => {
    const pump = dosesFor(
      [
        dose({ route: 'rate', amount: 0, unit: 'mg/min', atMin: 40 }),
        dose({ route: 'rate', amount: 0.6, unit: 'mg/kg/h', atMin: 0 }),
        dose({ route: 'rate', amount: 0.5, unit: 'mg/min', atMin: 20 }),
      ],
      100,
    )
    expect(pump).toEqual([
      {
        route: 'iv-rate',
        steps: [
          { atMin: 0, mgPerMin: 1 },
          { atMin: 20, mgPerMin: 0.5 },
          { atMin: 40, mgPerMin: 0 },
        ],
      },
    ])
    expect(totalDoseMg(pump)).toBe(30)
  })
})

describe('reading a question', () => {
  it('takes the example and every ready-made regimen as they are', () => {
    expect(question().regimens.map(({ name }) => name)).toEqual([
      '0.5 mg/kg over 40 min',
      '0.8 mg/kg over 40 min',
    ])
    for (const ready of READY_MADE) {
      const values = withRegimen({ ...FIELD_DEFAULTS, ...EXAMPLE }, 2, regimenValues(2, ready))
      const answer = readQuestion(values, none)
      if (!answer.ok) throw new Error(`${ready.id}: ${JSON.stringify(answer.errors)}`)
      expect(answer.question.regimens[1]!.rows, ready.id).toEqual(ready.rows)
    }
  })

  it.each([
    ['NaN', 'is not a number'],
    ['1e308', 'is not a number'],
    ['-5', 'below 0'],
    ['0', 'outside 20 to 400'],
    ['99999999999999', 'is not a number'],
    ['<b>', 'is not a number'],
  ])('a weight of %s is answered at the weight', (weight, words) => {
    expect(errorsOf({ weight })).toEqual({ weight: expect.stringContaining(words) })
  })

  it('has no curve without a weight, and one without an age', () => {
    expect(errorsOf({}, ['weight']).weight).toMatch('Without a weight there is no curve')
    expect(question({}, ['age']).people).toMatchObject({ ageYears: undefined })
  })

  it('takes a comma for a point', () => {
    expect(question({ 'r1-d1-amount': '0,75' }).regimens[0]!.rows[0]!.amount).toBe(0.75)
  })

  it.each([
    [{ 'r1-d1-unit': 'mg/min' }, 'r1-d1-unit'],
    [{ 'r1-d1-over': '' }, 'r1-d1-over'],
    [{ 'r2-model': 'domino-1982', 'r2-d1-route': 'im' }, 'r2-d1-route'],
    [{ 'r2-model': 'clements-1981-venous', 'r2-drug': 'esketamine' }, 'r2-drug'],
    [{ 'r1-model': 'nobody' }, 'r1-model'],
    [{ 'r1-d1-times': '3' }, 'r1-d1-every'],
    [{ 'r1-d1-times': '25', 'r1-d1-every': '1' }, 'r1-d1-times'],
    [{ 'r1-d2-over': '5' }, 'r1-d2-amount'],
    [{ 'r3-name': 'nothing' }, 'r3-d1-amount'],
    [{ until: '30' }, 'until'],
    [{ n: '199' }, 'n'],
    [{ seed: '1.5' }, 'seed'],
    [{ effect: 'slow' }, 'effect'],
    [{ ...CLINIC, meanWeight: '40' }, 'leastWeight'],
    [{ ...CLINIC, mostAge: '19' }, 'mostAge'],
  ])('%j is wrong at %s', (more, field) => {
    const given = Object.entries(more)
    const empty = given.filter(([, value]) => value === '').map(([name]) => name)
    expect(Object.keys(errorsOf(Object.fromEntries(given), empty))).toContain(field)
  })

  it('asks when the pump stops', () => {
    const rate = { 'r1-d1-route': 'rate', 'r1-d1-unit': 'mg/min', 'r1-d1-amount': '1' }
    expect(errorsOf(rate)['r1-d1-amount']).toMatch('When does the pump stop?')
    const stop = { 'r1-d2-route': 'rate', 'r1-d2-unit': 'mg/min', 'r1-d2-amount': '0', 'r1-d2-at': '40' }
    expect(errorsOf({ ...rate, ...stop })).toEqual({})
    expect(errorsOf({ ...rate, ...stop, 'r1-d2-at': '0' })['r1-d2-at']).toMatch('Two rates')
  })

  it('says what a link holds beyond the form, and keeps nothing of it', () => {
    const query = new URLSearchParams()
    for (let i = 1; i <= 10_000; i += 1) query.append(`r1-d${i}-amount`, '1')
    const answer = readQuestion({ ...FIELD_DEFAULTS, ...fieldValues(query) }, query)
    expect(answer.ok ? {} : answer.errors).toMatchObject({
      'r1-name': expect.stringContaining('r1-d9-amount'),
    })
    expect(Object.keys(fieldValues(query))).toHaveLength(8)
    expect(fieldValues(new URLSearchParams('constructor=1&__proto__=2&weight=70&weight=80'))).toEqual({
      weight: '70',
    })
  })

  it('knows of every model which drug it is of', () => {
    for (const model of models) expect(drugFormsOf(model).length, model.id).toBeGreaterThan(0)
    expect(drugFormsOf(kamp2020)).toEqual(['racemate', 'esketamine'])
    expect(drugFormsOf(perezRuixo2021)).toEqual(['racemate', 'esketamine'])
    expect(drugFormsOf(clements1981)).toEqual(['racemate'])
  })
})

describe('a link', () => {
  it('asks the same question again, without what is empty', () => {
    const link = linkOf({ ...EXAMPLE, 'r1-d2-route': 'im', 'r1-d2-unit': 'mg', 'r3-model': 'domino-1982' })
    expect(link).not.toMatch(/r1-d2|r3/)
    const again = new URL(link, 'http://clinic.test').searchParams
    expect(fieldValues(again)).toEqual(EXAMPLE)
  })

  it('from an order holds a weight, an age and a dose, and nobody', () => {
    const dose = { mgPerKg: 0.8, durationMin: 40 }
    const values = orderLinkValues({ weightKg: 82.5, ageYears: 41, sex: 'female' }, dose)
    const names = Object.keys(values).filter((name) => !/^r\d-/.test(name))
    expect(names).toEqual(['who', 'weight', 'age', 'sex'])
    const answer = readQuestion({ ...FIELD_DEFAULTS, ...values }, none)
    expect(answer.ok && answer.question.regimens.map(({ rows }) => rows[0]!.amount)).toEqual([0.8, 0.5])
    const unknown = orderLinkValues({ weightKg: undefined, ageYears: undefined, sex: undefined }, dose)
    expect(readQuestion({ ...FIELD_DEFAULTS, ...unknown }, none)).toMatchObject({
      errors: { weight: expect.any(String) },
    })
    expect(usedRegimens(unknown)).toEqual([1, 2])
  })
})

describe('drawn people', () => {
  const clinic = question(CLINIC).people as AskedPeople & { kind: 'people' }

  it('are the same for a seed, within limits, lightest first', () => {
    const people = drawPeople(clinic, 2000, 7)
    expect(people).toEqual(drawPeople(clinic, 2000, 7))
    expect(people).not.toEqual(drawPeople(clinic, 2000, 8))
    const weights = people.map(({ weightKg }) => weightKg)
    expect(weights).toEqual([...weights].sort((a, b) => a - b))
    expect(Math.min(...weights)).toBeGreaterThanOrEqual(50)
    expect(Math.max(...weights)).toBeLessThanOrEqual(120)
    const mean = weights.reduce((a, b) => a + b) / weights.length
    expect(Math.abs(mean - 80)).toBeLessThan(2)
    for (const { ageYears } of people) expect(ageYears! >= 20 && ageYears! <= 70).toBe(true)
    expect(weightGroups(people).length).toBeLessThanOrEqual(42)
    expect(weightGroups(people).at(-1)!.to).toBe(2000)
  })

  it('come to an end where limits and spread contradict each other', () => {
    const tight = { ...clinic, weightKg: { mean: 80, sd: 80, least: 80, most: 80 } }
    expect(new Set(drawPeople(tight, 50, 1).map(({ weightKg }) => weightKg))).toEqual(new Set([80]))
    const women = drawPeople({ ...clinic, womenPercent: 100 }, 50, 1)
    expect(women.every(({ sex }) => sex === 'female')).toBe(true)
  })

  it('have seeds of their own', () => {
    const seeds = new Set(Array.from({ length: 1000 }, (_, k) => seedOf(1, k)))
    expect(seeds.size).toBe(1000)
    for (const seed of seeds) expect(seed >= 0 && seed <= 4_294_967_295 && Number.isInteger(seed)).toBe(true)
  })
})

describe('working it out', () => {
  it('meets the published figure of the default, and the band lies around it', async () => {
    const [infusion] = (await worked()).regimens
    // Kamp 2020, 35 mg over 40 min at 70 kg: 253.05 ng/mL at the end; 35 mg / 84 L/h = 416.7 ng·h/mL.
    expect(infusion!.typicalFigures.peakNgPerMl).toBeCloseTo(253.05, 1)
    expect(infusion!.typicalFigures.peakAtMin).toBe(40)
    expect(infusion!.typicalFigures.areaNgHPerMl).toBeCloseTo(416.67, 2)
    const [low, high] = infusion!.bands.concentrationNgPerMl
    expect(low![40]!).toBeLessThan(253)
    expect(high![40]!).toBeGreaterThan(253)
  })

  it('gives the same answer for the same question', async () => {
    expect(regimenView(await worked(CLINIC))).toEqual(regimenView(await worked(CLINIC)))
    expect(regimenView(await worked({ ...CLINIC, seed: '2' }))).not.toEqual(regimenView(await worked(CLINIC)))
  })

  it('counts mg/kg by each drawn person’s own weight, in bands as in figures', async () => {
    // In a model whose volumes and clearance follow weight in full, mg/kg reads the same at any weight; mg does not.
    const put = {
      ...CLINIC,
      n: '5000',
      'r1-model': 'clements-1981-venous',
      'r2-model': 'clements-1981-venous',
    }
    const infusionMg = {
      'r2-d1-route': 'infusion',
      'r2-d1-amount': '40',
      'r2-d1-unit': 'mg',
      'r2-d1-over': '40',
    }
    const [byWeight, fixed] = (await worked({ ...put, ...infusionMg })).regimens
    const width = ({ bands }: NonNullable<typeof byWeight>) =>
      bands.concentrationNgPerMl[1]![40]! / bands.concentrationNgPerMl[0]![40]!
    expect(width(fixed!)).toBeGreaterThan(width(byWeight!) * 1.05)
    const [wide, one] = [byWeight!, (await worked({ ...put, who: 'person', weight: '80' })).regimens[0]!]
    expect(wide.typicalFigures.peakNgPerMl).toBeCloseTo(one.typicalFigures.peakNgPerMl, 9)
    const ninth = (list: readonly { peakNgPerMl: number }[]) =>
      percentile(
        list.map(({ peakNgPerMl }) => peakNgPerMl).sort((a, b) => a - b),
        0.9,
      )
    expect(ninth(wide.figures)).toBeCloseTo(ninth(one.figures), 6)
  })

  it('joins portions of kept curves and of counted ones alike', async () => {
    const [kept] = (await worked({ ...CLINIC, n: '1000' })).regimens
    const [counted] = (await worked({ ...CLINIC, n: '1001' })).regimens
    expect([kept!.bands.method, counted!.bands.method]).toEqual(['exact', 'binned'])
    for (const k of [0, 1]) {
      const ratio = counted!.bands.concentrationNgPerMl[k]![40]! / kept!.bands.concentrationNgPerMl[k]![40]!
      expect(Math.abs(ratio - 1)).toBeLessThan(0.05)
    }
  })

  it('draws the same people for both regimens of a model: twice the dose is twice every figure', async () => {
    const infusion = { route: 'infusion', amount: '1', unit: 'mg/kg', over: '40', at: '0' }
    const twice = Object.fromEntries(
      Object.entries(infusion).map(([field, value]) => [`r2-d1-${field}`, value]),
    )
    const [once, double] = (await worked(twice)).regimens
    for (const [k, { peakNgPerMl }] of double!.figures.entries()) {
      expect(peakNgPerMl / once!.figures[k]!.peakNgPerMl).toBeCloseTo(2, 9)
    }
    const [site] = regimenView(await worked(twice)).sites
    expect(site!.differences[0]).toMatchObject({
      paired: true,
      peak: { typical: '+253' },
      peakAt: { typical: '0' },
    })
  })

  it('stops when nobody waits any more', async () => {
    expect(await workOut(question(), undefined, { aborted: true })).toMatchObject({
      reason: 'stopped',
      place: 1,
    })
  })

  it('lets others have a turn', async () => {
    let turns = 0
    await workOut(question(), async () => {
      turns += 1
    })
    expect(turns).toBeGreaterThanOrEqual(8)
  })
})

describe('what is shown', () => {
  const spray = regimenValues(2, READY_MADE.find(({ id }) => id === 'esk-56')!)

  it('never puts blood of two sites into one picture or one difference', async () => {
    const view = regimenView(await worked(spray))
    expect(view.sitesDiffer).toBe(true)
    expect(view.sites.map(({ site, regimens, differences }) => [site, regimens.length, differences])).toEqual(
      [
        ['arterial', 1, []],
        ['venous', 1, []],
      ],
    )
    expect(view.sites[1]!.regimens[0]!.effect).toBeNull()
    expect(view.models.map(({ id }) => id)).toEqual(['kamp-2020-arterial', 'perez-ruixo-2021-venous'])
  })

  it('names the surrogate beside the band', async () => {
    const [site] = regimenView(await worked()).sites
    expect(site!.regimens[0]!.bandWords).toMatch('differences between people: surrogate')
  })

  it('says at which field a model was not made for this', async () => {
    const notes = regimenView(await worked({ weight: '150', age: '80', 'r1-d1-amount': '3' })).notes
    expect(notes.weight).toMatch('weight 150 kg is outside 45 to 130 kg')
    expect(notes.age).toMatch('age 80 years is outside')
    expect(notes['r1-model']).toMatch('dose 3 mg/kg is outside')
    const clinic = regimenView(await worked({ ...CLINIC, mostWeight: '150', leastAge: '16' })).notes
    expect(Object.keys(clinic).sort()).toEqual(['leastAge', 'mostWeight'])
  })

  it('compares two models of one site without drawing anybody for both', async () => {
    const [site] = regimenView(
      await worked({ 'r2-model': 'simons-2022-arterial', 'r2-d1-route': 'bolus' }),
    ).sites
    expect(site!.differences[0]).toMatchObject({ paired: false, peak: { between: undefined } })
  })

  it('gives each minute of each regimen a row in the file, with site, seed and people', async () => {
    const rows = regimenRows(await worked(spray), 'today', '/work/regimens?x')
    const head = rows.findIndex(([first]) => first === 'regimen')
    expect(rows.length - head - 1).toBe(2 * 241)
    expect(rows[head + 1 + 40]!.slice(0, 8)).toEqual([
      1,
      '0.5 mg/kg over 40 min',
      'kamp-2020-arterial',
      'arterial',
      200,
      1,
      40,
      253.052,
    ])
    // The venous model has no effect site: empty, not 0.
    expect(rows.at(-1)!.slice(-3)).toEqual(['', '', ''])
  })

  it('says doses and figures as a person would', () => {
    expect(rowInWords(dose({}), 70)).toBe(
      '0.5 mg/kg (35 mg at 70 kg) into a vein over 40 min, from the start',
    )
    expect(rowInWords(dose({ route: 'rate', amount: 0, unit: 'mg/min', atMin: 40 }), 70)).toBe(
      'pump stopped at minute 40',
    )
    expect([253.05, 41.25, 0.5, 1234.5, 0].map(figure)).toEqual(['253', '41.3', '0.5', '1235', '0'])
    expect([-3.21, 12, 0].map(signed)).toEqual(['−3.21', '+12', '0'])
  })
})
