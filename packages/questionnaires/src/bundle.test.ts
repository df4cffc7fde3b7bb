import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'
import { describe, expect, it } from 'vitest'

const FOLDER = fileURLToPath(new URL('.', import.meta.url))
const ENTRY = `${FOLDER}bundle-entry.ts`
const ENGINE = 'export { firedItemTriggersBy, missingItemsBy, scoreItemsBy, visibleItemsBy } from "./form.ts"'

/** What a browser gets of these modules: bundled and minified as the pages are. */
async function bundle(...sources: readonly string[]): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    root: FOLDER,
    plugins: [
      {
        name: 'entry',
        resolveId: (id: string) => (id === ENTRY ? id : undefined),
        load: (id: string) => (id === ENTRY ? sources.join('\n') : undefined),
      },
    ],
    build: {
      write: false,
      target: 'es2022',
      modulePreload: false,
      rolldownOptions: { input: ENTRY, preserveEntrySignatures: 'strict' },
    },
  })
  if (!('output' in result)) throw new Error('nothing was built')
  return result.output[0].code
}

const gzipped = (code: string) => gzipSync(code, { level: 9 }).length

describe('what a browser gets', () => {
  it.each([
    ['phq-9', 'phq9Form', 'Kroenke K'],
    ['who-5', 'who5Form', 'Topp CW'],
    ['c-ssrs-screener', 'cSsrsScreenerForm', 'Posner K'],
    ['audit', 'auditForm', 'Saunders JB'],
  ])('of %s with the engine is under 6 kB gz, without what only staff read', async (id, form, citation) => {
    const whole = await bundle(`export * from './instruments/${id}.ts'`)
    expect(whole).toContain(citation)

    const code = await bundle(ENGINE, `export { ${form} } from './instruments/${id}.ts'`)
    expect(gzipped(code)).toBeLessThan(6_000)
    expect(code).not.toContain(citation)
    expect(code).toContain('invalid-value:')
  })

  it('of the engine alone leaves more than a quarter of that for the words of a form', async () => {
    const code = await bundle(ENGINE)
    expect(gzipped(code)).toBeLessThan(4_500)
    for (const series of ['pctDrugFreeDays', 'longestNegativeRun', 'expected-positive']) {
      expect(code).not.toContain(series)
    }
  })

  it('is nothing at all of what it does not use', async () => {
    expect(await bundle("import './index.ts'")).toBe('')
  })
})
