import { describe, expect, it } from 'vitest'
import { formHash } from './form-hash.ts'
import type { Instrument, ScoringDefinition } from './instrument.ts'
import { instrumentById, listInstruments } from './registry.ts'
import { scoreBy } from './scoring.ts'
import { sharedReference } from './shared-reference.node.ts'

function textsOf({ introduction, recall, items }: Instrument): string[] {
  const prompts = items.map(({ prompt }) => prompt)
  const labels = items.flatMap(({ values, range }) => [
    ...(values ?? []).map(({ label }) => label),
    ...(range === undefined ? [] : [range.minLabel ?? '', range.maxLabel ?? '']),
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

describe.each(listInstruments().map((one): [string, Instrument] => [one.id, one]))('%s', (id, instrument) => {
  it('is found by its id', () => {
    expect(instrumentById(id)).toBe(instrument)
  })

  it('has the same members as the others', () => {
    expect(Object.keys(instrument).sort()).toEqual(Object.keys(listInstruments()[0]!).sort())
  })

  it('is ready to be scored', () => {
    expect(scoreBy(instrument, {}).valid).toBe(true)
  })

  it('reads at grade 8 or below, taken together and question by question', () => {
    expect(readingGrade(textsOf(instrument))).toBeLessThanOrEqual(8)
    for (const { prompt } of instrument.items) {
      expect(readingGrade(prompt.split(/(?<=[.?!]) /)), prompt).toBeLessThanOrEqual(8)
    }
  })

  it('asks in whole sentences, with a label for every value', () => {
    for (const { prompt, values, range } of instrument.items) {
      expect(prompt).toMatch(/^[A-Z].*[?.]$/)
      expect((values?.length ?? 0) > 1 || range !== undefined).toBe(true)
      expect(new Set(values?.map(({ label }) => label)).size).toBe(values?.length ?? 0)
    }
    expect(instrument.recall.sentence).toMatch(/^[A-Z].*\.$/)
    expect(instrument.recall.period).toMatch(/^P(\d+[DWMY]|T\d+H)$/)
  })

  it('speaks of people, not of labels', () => {
    const words = textsOf(instrument).join(' ')
    expect(words).not.toMatch(/\b(addict|abuse|abuser|alcoholic|clean|relapse|failed|failure|patient)\b/i)
  })

  it('has bands without holes or overlaps from the least to the most', () => {
    for (const score of [...instrument.subscales, instrument.total]) {
      if (score === null || score.method === 'algorithm' || score.bands === undefined) continue
      const edges = score.bands.map(({ min, max }) => [min, max])
      expect(edges[0]?.[0]).toBe(score.min)
      expect(edges.at(-1)?.[1]).toBe(score.max)
      for (let index = 1; index < edges.length; index += 1)
        expect(edges[index]![0]).toBe(edges[index - 1]![1]! + 1)
    }
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
    const facts = ({
      items,
      subscales,
      total,
      flags,
      categories,
      safetyTriggers,
      direction,
    }: ScoringDefinition) => {
      const withoutSource = (score: object | null) =>
        score === null
          ? null
          : { ...score, missing: { ...(score as { missing?: object }).missing, source: '' } }
      return {
        direction,
        items: items.map(({ id: itemId, values, range, scored, optional, reverse, skipIf, skipMode }) => ({
          id: itemId,
          values: values?.map(({ value }) => value),
          range: range && [range.min, range.max, range.step],
          scored,
          optional,
          reverse,
          skipIf,
          skipMode,
        })),
        subscales: subscales.map(withoutSource),
        total: withoutSource(total),
        flags,
        categories,
        triggers: safetyTriggers.map(({ action: _action, ...rest }) => rest),
      }
    }
    expect(facts(instrument)).toEqual(facts(reference!))
  })
})

it('has no id and no form hash twice', () => {
  const all = listInstruments()
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
  expect(new Set(all.map(formHash)).size).toBe(all.length)
})

it('does not find what is not shipped', () => {
  expect(instrumentById('madrs')).toBeUndefined()
})
