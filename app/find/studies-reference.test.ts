import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it, test } from 'vitest'
import { siteContent } from './content.server.ts'
import { directionInWords, shortCitation } from './study-words.ts'

type Record67 = {
  id: string
  category: string
  record_type: string
  direction: string
  confidence: string
  n_total: number | null
  route: string | null
  infusion_min: number | null
  sessions: number | string | null
  dose: { value: number | number[]; unit: string } | null
  citation: { year: number | null; doi: string | null; authors: string; pmid?: string; registry?: string }
  arms: { n: number | null }[]
  results: Record<string, unknown>[]
}

const shared = process.env.EVENKEEL_SHARED ?? resolve(import.meta.dirname, '../../../shared')
const file = resolve(shared, 'domain/evidence.json')
const present = existsSync(file)
const records = present ? (JSON.parse(readFileSync(file, 'utf8')) as Record67[]) : []
const studies = siteContent().studies

if (!present) test.skip('evidence.json is not here: the figures of the studies were not compared', () => {})

describe.runIf(present)('against the evidence records', () => {
  it('every record has its study, and no study is without a record', () => {
    expect([...studies.keys()].sort()).toEqual(records.map(({ id }) => id).sort())
  })

  test.each(records)('$id', (record) => {
    const study = studies.get(record.id)!
    expect(study.category).toBe(record.category)
    expect(study.recordType).toBe(record.record_type.replace(' + ', '-').replaceAll(' ', '-'))
    expect(study.direction).toBe(record.direction)
    expect(study.confidence).toBe(record.confidence.startsWith('checked') ? 'checked' : 'from-memory')
    expect(study.peopleTotal).toBe(record.n_total)
    expect(study.route).toBe(record.route)
    expect(study.infusionMin).toBe(record.infusion_min)
    expect(study.citation.year).toBe(record.citation.year)
    expect(study.citation.doi).toBe(record.citation.doi)
    expect(study.citation.authors).toBe(record.citation.authors)
    expect(study.citation.pmid).toBe(record.citation.pmid ?? null)
    expect(study.citation.registry).toBe(record.citation.registry ?? null)
    expect(study.arms.map(({ people }) => people)).toEqual(record.arms.map(({ n }) => n))
    expect(study.dose && { values: study.dose.values, unit: study.dose.unit }).toEqual(
      record.dose && { values: [record.dose.value].flat(), unit: record.dose.unit },
    )
  })

  test.each(records)('$id has no figure that its record does not have', (record) => {
    const known = new Set(numbers(JSON.stringify(record)))
    const { id, confidenceNote, citation, ...told } = studies.get(record.id)!
    expect(
      numbers(JSON.stringify(told).replaceAll('"ci95"', '')).filter((figure) => !known.has(figure)),
    ).toEqual([])
  })

  test.each(records)('$id marks as unchecked what its record marks', (record) => {
    const told = studies.get(record.id)!.findings
    const memory = record.results.filter((result) =>
      /memory/.test(String(result.confidence ?? result.effect ?? '')),
    ).length
    const unsure = told.filter(({ checked }) => checked === 'memory').length
    // Rows that the record says not to display are left out; nothing unsure may have become sure.
    expect(unsure).toBeLessThanOrEqual(memory)
    const sure = record.results.filter((result) => result.confidence === undefined).length
    expect(told.filter(({ checked }) => checked === 'source').length).toBeLessThanOrEqual(sure)
  })
})

describe('every study', () => {
  test.each([...studies.values()])('$id has estimates inside their intervals', (study) => {
    for (const { estimate } of study.findings) {
      if (!estimate?.ci95) continue
      expect(estimate.ci95[0]).toBeLessThanOrEqual(estimate.value)
      expect(estimate.value).toBeLessThanOrEqual(estimate.ci95[1])
    }
  })

  test.each([...studies.values()])('$id can be named and says what was found', (study) => {
    expect(shortCitation(study)).not.toMatch(/undefined|null|,$/)
    expect(directionInWords(study)).toMatch(/\w/)
    expect(study.findings.length).toBeGreaterThan(0)
  })

  it('with a null result says so in its title or summary', () => {
    for (const study of studies.values()) {
      if (study.direction !== 'negative' && study.direction !== 'null-underpowered') continue
      expect(`${study.title} ${study.summary}`, study.id).toMatch(
        /no difference|no better|no response|None of|too small|about equally|improved alike/i,
      )
    }
  })
})

function numbers(text: string): number[] {
  return (text.match(/\d+(?:\.\d+)?/g) ?? []).map(Number)
}
