import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ASSESS_PAGES_OF_PERSON } from '../app/assess/index.ts'
import { PLAN_PAGES_OF_PERSON } from '../app/plan/index.ts'

const linked = [...ASSESS_PAGES_OF_PERSON, ...PLAN_PAGES_OF_PERSON].map(({ path }) => path)

describe('the page of a person', () => {
  it('links to every page about them', () => {
    const routes = readFileSync(new URL('../app/routes.ts', import.meta.url), 'utf8')
    const pages = [...routes.matchAll(/'\/work\/people\/:id\/([a-z-]+)'/g)].map(([, path]) => path)
    expect(pages.length).toBeGreaterThan(5)
    // Its own link stands beside those of the slices.
    expect([...linked, 'portal'].sort()).toEqual(pages.sort())
  })
})
