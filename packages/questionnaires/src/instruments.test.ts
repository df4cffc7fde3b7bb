import { globSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { formHash } from './form-hash.ts'
import type { Band, Instrument, ItemScore, ScoringDefinition } from './instrument.ts'
import { instrumentById, listInstruments } from './registry.ts'
import { scoreBy } from './scoring.ts'
import { sharedReference } from './shared-reference.node.ts'

function textsOf({ introduction, recall, items }: Instrument): string[] {
  const prompts = items.map(({ prompt }) => prompt)
  const labels = items.flatMap(({ values, range }) => [
    ...(values ?? []).map(({ label }) => label),
    ...[range?.minLabel, range?.maxLabel].filter((label) => label !== undefined),
  ])
  return [...introduction.split(/(?<=[.?!]) /), recall.sentence, ...prompts, ...labels]
}

/** Syllables as groups of vowels, without a silent e at the end: rough, and good enough to see a hard text. */
function syllables(word: string): number {
  const spoken = word
    .toLowerCase()
    .replace(/[^a-z]/g, '')
    .replace(/(?<=[^aeiouy]{1}[^l])e$|es$|ed$/, '')
  return Math.max(1, spoken.match(/[aeiouy]+/g)?.length ?? 1)
}

/** Flesch-Kincaid grade (Kincaid 1975). */
function readingGrade(sentences: readonly string[]): number {
  const words = sentences.flatMap((sentence) => sentence.match(/[A-Za-z']+/g) ?? [])
  const spoken = words.reduce((total, word) => total + syllables(word), 0)
  return 0.39 * (words.length / sentences.length) + 11.8 * (spoken / words.length) - 15.59
}

/** The last digit of a LOINC code is the mod 10 (Luhn) check digit of the rest. */
function hasCheckDigit(code: string): boolean {
  const [body = '', check] = code.split('-')
  const sum = [...body].reverse().reduce((total, digit, index) => {
    const weighted = Number(digit) * (index % 2 === 0 ? 2 : 1)
    return total + (weighted > 9 ? weighted - 9 : weighted)
  }, 0)
  return (10 - (sum % 10)) % 10 === Number(check)
}

const sentences = (text: string) => text.split(/(?<=[.?!]) /)
const itemScores = ({ subscales, total }: ScoringDefinition): ItemScore[] =>
  [...subscales, total].filter((score) => score !== null).filter((score) => score.method !== 'algorithm')

/** Whoever rates what they see and hear knows the words of the trade; a person filling in a form need not. */
const gradeFor = ({ administered }: Instrument) => (administered === 'self' ? 8 : 12)

/** Instruments without a published wording that ours could be mistaken for: figures, tests and generic ratings. */
const WITHOUT_PUBLISHED_WORDING = [
  'craving-nrs',
  'tlfb',
  'who-rdl',
  'uds',
  'alcohol-biomarkers',
  'ketamine-side-effects',
  'kset',
]

/** Bands that hold for the same people, each list from the least to the most. */
function bandLists(bands: readonly Band[]): (readonly Band[])[] {
  return [...Map.groupBy(bands, ({ when }) => JSON.stringify(when)).values()]
}

describe.each(listInstruments().map((one): [string, Instrument] => [one.id, one]))('%s', (id, instrument) => {
  const names = new Set<string>(
    [instrument.subscales, instrument.total ?? []].flat().map((score) => score.id),
  )
  const isSeries = instrument.total?.method === 'algorithm'

  it('is found by its id', () => {
    expect(instrumentById(id)).toBe(instrument)
  })

  it('has the same members as the others', () => {
    expect(Object.keys(instrument).sort()).toEqual(Object.keys(listInstruments()[0]!).sort())
  })

  it('is ready to be scored', () => {
    expect(scoreBy(instrument, {}).valid).toBe(true)
  })

  it('is finished', () => {
    expect(JSON.stringify(instrument)).not.toMatch(/TODO|FIXME|XXX|lorem/i)
    for (const text of [instrument.name, instrument.shortName, instrument.version, instrument.construct])
      expect(text.trim()).not.toBe('')
    expect(instrument.citations.length).toBeGreaterThan(0)
    expect(instrument.schedule.length).toBeGreaterThan(0)
    expect(instrument.notes.length).toBeGreaterThan(0)
  })

  it('reads at the grade of whoever reads it, taken together and question by question', () => {
    const grade = gradeFor(instrument)
    expect(readingGrade(textsOf(instrument))).toBeLessThanOrEqual(grade)
    for (const { prompt } of instrument.items) {
      expect(readingGrade(sentences(prompt)), prompt).toBeLessThanOrEqual(grade)
    }
  })

  it('asks in whole sentences, with a label for every value', () => {
    for (const { prompt, values, range, type } of instrument.items) {
      expect(prompt).toMatch(/^[A-Z].*[?.]$/)
      const kinds = [(values?.length ?? 0) > 1, range !== undefined, type !== undefined]
      expect(kinds.filter(Boolean), prompt).toHaveLength(1)
      expect(new Set(values?.map(({ label }) => label)).size).toBe(values?.length ?? 0)
      expect(values?.every(({ label }) => label.trim() !== '') ?? true).toBe(true)
      if (range !== undefined) expect(range.max).toBeGreaterThan(range.min)
    }
    for (const sentence of sentences(instrument.introduction)) expect(sentence).toMatch(/^[A-Z].*[.?]$/)
    expect(instrument.recall.sentence).toMatch(/^[A-Z].*\.$/)
    expect(instrument.recall.period).toMatch(/^P(\d+[DWMY]|T\d+[HMS])$/)
  })

  it('names every item for staff, no two alike', () => {
    const concepts = instrument.items.map(({ concept }) => concept)
    expect(new Set(concepts).size).toBe(concepts.length)
    expect(concepts).not.toContain('')
  })

  it('speaks of people, not of labels', () => {
    const words = textsOf(instrument).join(' ')
    expect(words).not.toMatch(/\b(addict|abuse|abuser|alcoholic|clean|relapse|failed|failure|patient)\b/i)
  })

  it('says what the clinic does when a trigger fires', () => {
    const ids = instrument.safetyTriggers.map((trigger) => trigger.id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const { action } of instrument.safetyTriggers) {
      for (const sentence of sentences(action)) expect(sentence).toMatch(/^[A-Z].{10,}\.$/)
    }
  })

  it('says that its wording is not the published one', () => {
    const said = instrument.notes.some((note) =>
      note.includes('this wording is ours and has not been validated'),
    )
    expect(said).toBe(!WITHOUT_PUBLISHED_WORDING.includes(id))
  })

  it('has bands without holes or overlaps from the least to the most, for everybody they hold for', () => {
    for (const score of itemScores(instrument)) {
      const [only] = instrument.items.filter((item) => score.items.includes(item.id))
      const ofOneItem = score.method === 'single' ? only?.range : undefined
      // A value of one decimal leaves less room between two bands than a whole one.
      const apart = Math.min(1, ofOneItem?.step ?? 1)
      for (const bands of bandLists(score.bands ?? [])) {
        expect(bands[0]?.min).toBe(score.min ?? ofOneItem?.min)
        expect(bands.at(-1)?.max).toBe(score.max ?? ofOneItem?.max)
        for (let place = 1; place < bands.length; place += 1) {
          const gap = bands[place]!.min - bands[place - 1]!.max
          expect(gap, score.id).toBeGreaterThan(0)
          expect(gap, score.id).toBeLessThanOrEqual(apart)
        }
      }
    }
  })

  it('judges only scores that it has', () => {
    // Figures of a series are no scores; a cut-off may name several scores at once (`pct.*`) or a table's (`T(symptom)`).
    if (isSeries || names.size === 0) return
    expect(names).toContain(instrument.change.score)
    for (const { score } of instrument.cutoffs) if (!/[<*(]/.test(score)) expect(names).toContain(score)
  })

  it('carries LOINC codes whose check digit is right', () => {
    const codes = [
      instrument.loinc.panel,
      ...Object.values(instrument.loinc.scores),
      ...instrument.items.map(({ loinc }) => loinc),
    ].filter((code) => code !== null)
    for (const code of codes) expect(hasCheckDigit(code), code).toBe(true)
  })

  const reference = (sharedReference('instruments.json') as readonly ScoringDefinition[] | undefined)?.find(
    (one) => one.id === id,
  )
  const title = reference === undefined ? ' (skipped: the shared reference files are not here)' : ''
  it.skipIf(reference === undefined)(`has the scoring facts of the reference${title}`, () => {
    expect(factsOf(instrument)).toEqual(factsOf(reference!))
  })
})

/** What the engine works with. Where a fact came from and what only explains it are left out. */
function factsOf({
  direction,
  items,
  subscales,
  total,
  flags,
  categories,
  safetyTriggers,
}: ScoringDefinition) {
  const facts = (score: ScoringDefinition['total']) => {
    if (score === null) return null
    if (score.method === 'algorithm') return [score.id, score.algorithm]
    const { tScore: _lookup, ...rest } = score as ItemScore & { tScore?: unknown }
    return { ...rest, missing: { ...rest.missing, source: '' } }
  }
  return {
    direction,
    items: items.map(({ id, values, range, type, scored, optional, reverse, skipIf, skipMode }) => ({
      id,
      type,
      values: values?.map(({ value }) => value),
      range: range && [range.min, range.max, range.step],
      scored,
      optional,
      reverse,
      skipIf,
      skipMode,
    })),
    subscales: subscales.map(facts),
    total: facts(total),
    flags,
    categories: categories.map(({ id, label, firstMatch }) => ({ id, label, firstMatch })),
    triggers: safetyTriggers.map(({ action: _action, ...rest }) => rest),
  }
}

describe('the files', () => {
  const folder = fileURLToPath(new URL('./instruments/', import.meta.url))
  const files = globSync('*.ts', { cwd: folder }).sort()

  it('are those of the list, one for each instrument, named by its id', () => {
    expect(files).toEqual(
      listInstruments()
        .map(({ id }) => `${id}.ts`)
        .sort(),
    )
    expect(files).toHaveLength(59)
  })

  it('each give a form for the browser and the whole record that contains it', async () => {
    const FORM =
      'categories direction edition flags id introduction items recall safetyTriggers scoringVersion shortName subscales total version'
    for (const file of files) {
      const parts = (await import(`./instruments/${file}`)) as Record<string, Record<string, unknown>>
      const [record, form] = Object.keys(parts).sort((a, b) => a.length - b.length)
      expect(Object.keys(parts), file).toHaveLength(2)
      expect(form).toBe(`${record}Form`)
      expect(Object.keys(parts[form!]!).sort().join(' '), file).toBe(FORM)
      expect(parts[record!], file).toMatchObject(parts[form!]!)
      expect(parts[record!], file).toBe(instrumentById(file.replace('.ts', '')))
    }
  })
})

it('has no id and no form hash twice', () => {
  const all = listInstruments()
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
  expect(new Set(all.map(formHash)).size).toBe(all.length)
})

it('does not find what is not shipped', () => {
  expect(instrumentById('phq-10')).toBeUndefined()
})
