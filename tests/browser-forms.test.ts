import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { listInstruments } from '@evenkeel/questionnaires'
import { describe, expect, it } from 'vitest'
import { sourcesHash } from '../scripts/build.ts'

const root = join(import.meta.dirname, '..')
const assets = join(root, 'build/client/assets')
const stamp = join(root, 'build/.sources')
const built = existsSync(stamp) && readFileSync(stamp, 'utf8') === sourcesHash()
/** A page may show a few forms side by side; audit and audit-c share their questions. */
const AT_MOST = 3

/** The list of all instruments is long and stays on the server; a page takes one form by its subpath. */
describe('a browser gets the forms it shows, not the list of all', () => {
  it('no component takes anything but types from the entry that lists every instrument', () => {
    const wrong = globSync('app/**/*.tsx', { cwd: root }).filter((file) => {
      const source = readFileSync(join(root, file), 'utf8')
      return [...source.matchAll(/import\s+([^'"]*?)\s+from\s+'@evenkeel\/questionnaires'/g)].some(
        ([, what]) => !/^type\s/.test(what!) && !/^\{(\s*type\s+\w+(\s+as\s+\w+)?\s*,?)+\}$/.test(what!),
      )
    })
    expect(wrong).toEqual([])
  })

  const title = built ? '' : ' (skipped: the build is not of these sources; `npm test` builds first)'
  it.skipIf(!built)(`no built file holds the words of more than a few instruments${title}`, () => {
    const files = globSync('*.js', { cwd: assets })
    expect(files.length).toBeGreaterThan(10)
    const crowded = files.flatMap((file) => {
      const source = readFileSync(join(assets, file), 'utf8')
      const held = listInstruments().filter(
        ({ introduction, items }) =>
          source.includes(introduction) || items.some(({ prompt }) => source.includes(prompt)),
      )
      return held.length > AT_MOST ? [`${basename(file)}: ${held.map(({ id }) => id).join(', ')}`] : []
    })
    expect(crowded).toEqual([])
  })
})
