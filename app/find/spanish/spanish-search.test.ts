import { describe, expect, it } from 'vitest'
import { siteContent } from '../content.server.ts'
import { searchDocuments } from '../search-documents.ts'
import { buildSpanishSearch } from './spanish-search.ts'

const clinic = { name: '', city: '', region: '', addressLines: [], services: [] }
const search = buildSpanishSearch(siteContent(), searchDocuments(siteContent(), clinic))

describe('a query in Spanish', () => {
  it.each([
    ['efectos secundarios', '/es/side-effects'],
    ['quiero morir', '/es/help-now'],
    ['no quiero vivir', '/es/help-now'],
    ['suicidarme', '/es/help-now'],
    ['quitarme la vida', '/es/help-now'],
    ['me quiero matar', '/es/help-now'],
    ['ya no puedo más', '/es/help-now'],
    ['tomé muchas pastillas', '/es/help-now'],
    ['se está muriendo', '/es/help-now'],
    ['convulsiones', '/es/help-now'],
    ['ayuda', '/es/help-now'],
    ['presion alta', '/es/who-should-not'],
    ['embarazo', '/es/who-should-not'],
    ['heroína', '/es/conditions/opioids'],
    ['dejar de beber', '/es/conditions/alcohol'],
    ['hablan español', '/es/request'],
    ['pedir una cita', '/es/request'],
    ['dónde están', '/es/location'],
    ['qué es la ketamina', '/es/what-is-ketamine'],
    ['cómo funciona', '/es/how-treatment-works'],
    ['metadona', '/es/conditions/opioids'],
    ['español', '/es'],
    ['in spanish', '/es'],
  ])('%s leads to %s, before the English pages', (query, href) => {
    const { results, first } = search(query)
    expect(results[0]?.href).toBe(href)
    expect(first).toBe(true)
  })

  it('with the accent is no slip', () => {
    expect(search('depresión').first).toBe(true)
  })
})

describe('a query that may be Spanish', () => {
  it.each(['depresion', 'ayuda for my son'])('“%s” has Spanish pages after the English ones', (query) => {
    const { results, first } = search(query)
    expect(first).toBe(false)
    expect(results.length).toBeGreaterThan(0)
  })
})

describe('a query in English', () => {
  it.each([
    'alcohol',
    'side effects',
    'how long does it last',
    'me',
    'naltrexone',
    '',
    'is it a cure',
    'for my son',
    'my son',
    'my son is an addict',
    'my son drinks',
    'son addicted',
    'narcan',
    'suboxone',
    'final',
    'glaucoma',
    'metro',
  ])('“%s” shows no Spanish page', (query) => {
    expect(search(query)).toEqual({ results: [], first: false })
  })
})
