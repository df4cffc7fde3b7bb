import { describe, expect, it } from 'vitest'
import { browserBundle, ENGINE, gzippedBytes } from './browser-bundle.node.ts'

describe('what a browser gets', () => {
  it.each([
    ['phq-9', 'phq9Form', 'Kroenke K'],
    ['who-5', 'who5Form', 'Topp CW'],
    ['c-ssrs-screener', 'cSsrsScreenerForm', 'Posner K'],
    ['audit', 'auditForm', 'Saunders JB'],
  ])('of %s with the engine is under 6 kB gz, without what only staff read', async (id, form, citation) => {
    const whole = await browserBundle(`export * from './instruments/${id}.ts'`)
    expect(whole).toContain(citation)

    const code = await browserBundle(ENGINE, `export { ${form} } from './instruments/${id}.ts'`)
    expect(gzippedBytes(code)).toBeLessThan(6_000)
    expect(code).not.toContain(citation)
    expect(code).toContain('invalid-value:')
  })

  it('of the engine alone leaves more than a quarter of that for the words of a form', async () => {
    const code = await browserBundle(ENGINE)
    expect(gzippedBytes(code)).toBeLessThan(4_500)
    for (const series of ['pctDrugFreeDays', 'longestNegativeRun', 'expected-positive']) {
      expect(code).not.toContain(series)
    }
  })

  it('is nothing at all of what it does not use', async () => {
    expect(await browserBundle("import './index.ts'")).toBe('')
  })
})
