import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'

const FOLDER = fileURLToPath(new URL('.', import.meta.url))
const ENTRY = `${FOLDER}bundle-entry.ts`

/** The engine as a page that holds one form imports it. */
export const ENGINE =
  'export { firedItemTriggersBy, missingItemsBy, scoreItemsBy, visibleItemsBy } from "./form.ts"'

/**
 * What a browser gets of some modules of this package: bundled and minified as the pages are. For tests and benches.
 *
 * @param sources lines of a module in `src/`
 */
export async function browserBundle(...sources: readonly string[]): Promise<string> {
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

/** Bytes of a text after gzip at its strongest. */
export function gzippedBytes(code: string): number {
  return gzipSync(code, { level: 9 }).length
}
