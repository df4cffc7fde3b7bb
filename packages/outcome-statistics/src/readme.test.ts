import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import * as everything from './index.ts'

const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8')

it('the README names every function of the package', () => {
  const functions = Object.entries(everything).filter(([, value]) => typeof value === 'function')
  expect(functions.map(([name]) => name).filter((name) => !readme.includes(`\`${name}\``))).toEqual([])
})

it('the README lists its questions in order', () => {
  const table = readme.slice(readme.indexOf('|---|---|'), readme.indexOf('```ts'))
  const questions = [...table.matchAll(/^\| (.*?) \| /gm)].map(([, question]) => question!.toLowerCase())
  expect(questions.length).toBeGreaterThan(20)
  expect(questions).toEqual([...questions].sort())
})
