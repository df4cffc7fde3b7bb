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
  ])('%s leads to %s', (query, href) => {
    expect(search(query)[0]?.href).toBe(href)
  })

  it.each(['alcohol', 'side effects', 'how long does it last', 'me', 'naltrexone', '', 'is it a cure'])(
    'is not seen in “%s”',
    (query) => {
      expect(search(query)).toEqual([])
    },
  )
})
