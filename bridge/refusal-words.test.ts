import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { parseConfiguration } from './configuration.ts'
import { ROW_REASONS } from './read-oru.ts'
import { refusalWords } from './refusal-words.ts'

const guide = readFileSync(join(import.meta.dirname, '../docs/guide/bridge.md'), 'utf8')

it('the guide has every name that a refusal can have', () => {
  const names = [...Object.keys(refusalWords), ...ROW_REASONS]
  expect(names.filter((name) => !guide.includes(`\`${name}\``))).toEqual([])
})

it('the configuration in the guide is one that the bridge takes', () => {
  const shown = /```json\n([\s\S]*?)```/.exec(guide)![1]!
  expect(parseConfiguration(JSON.parse(shown))).toMatchObject({ ok: true })
})
