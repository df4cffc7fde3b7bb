import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { sharedReference } from './shared-reference.node.ts'
import { readVectors, runVectors, type ScoringVector } from './vector-run.ts'

const file = sharedReference('instrument-vectors.json')
const title = file === undefined ? ' (skipped: the shared reference files are not here)' : ''

it.skipIf(file === undefined)(`our instruments meet all 357 reference vectors${title}`, () => {
  const vectors = readVectors(file)
  if ('problem' in vectors) throw new Error(vectors.problem)
  const run = runVectors(vectors)
  expect(run.failures).toEqual([])
  expect(run).toMatchObject({ passed: 357, failed: 0, skipped: 0 })
})

const CRAVING: ScoringVector = {
  id: 'mine/1',
  instrument: 'craving-nrs',
  answers: { q1: 8 },
  expect: {
    valid: true,
    scores: { total: { value: 8, status: 'ok', band: 'severe' } },
    triggers: ['craving-severe'],
  },
}

describe('running vectors', () => {
  it('counts a vector of an instrument we do not have as skipped', () => {
    const run = runVectors([CRAVING, { ...CRAVING, instrument: 'none' }])
    expect(run).toMatchObject({ passed: 1, failed: 0, skipped: 1 })
  })

  it('fails when a member is missing, differs or is too many', () => {
    const wrong = [
      { valid: true, scores: { total: { value: 8, status: 'ok', band: 'severe' } } },
      { ...(CRAVING.expect as object), triggers: [] },
      { ...(CRAVING.expect as object), warnings: [] },
    ]
    for (const expected of wrong) expect(runVectors([{ ...CRAVING, expect: expected }]).failed).toBe(1)
  })

  it('says what is wrong with a file that holds no vectors', () => {
    expect(readVectors({ cases: [] })).toHaveProperty('problem')
    expect(readVectors('text')).toHaveProperty('problem')
    expect(readVectors([{ id: 'a', instrument: 'gad-7', expect: {} }])).toEqual({
      problem: 'vector 1 lacks id, instrument, answers or expect',
    })
  })
})

describe('the command', () => {
  const script = fileURLToPath(new URL('./vectors.node.ts', import.meta.url))

  function run(contents: string): Promise<{ code: number; out: string; err: string }> {
    const folder = mkdtempSync(join(tmpdir(), 'evenkeel-vectors-'))
    writeFileSync(join(folder, 'vectors.json'), contents)
    const env = { ...process.env, INIT_CWD: folder }
    return new Promise((done) => {
      execFile(process.execPath, [script, 'vectors.json'], { env }, (error, out, err) => {
        rmSync(folder, { recursive: true })
        done({ code: error === null ? 0 : Number(error.code), out, err })
      })
    })
  }

  it('names failures with expected and got and closes with the counts', async () => {
    const failing = { ...CRAVING, id: 'mine/2', answers: { q1: 3 } }
    const { code, out } = await run(
      JSON.stringify({ vectors: [CRAVING, failing, { ...CRAVING, instrument: 'none' }] }),
    )
    expect(code).toBe(1)
    expect(out).toContain('FAILED mine/2')
    expect(out).toContain('"band":"severe"')
    expect(out).toContain('"band":"mild"')
    expect(out.trimEnd().split('\n').at(-1)).toBe('1 passed, 1 failed, 1 skipped')
  })

  it('passes quietly when all is well', async () => {
    expect(await run(JSON.stringify([CRAVING]))).toEqual({ code: 0, out: '1 passed, 0 failed\n', err: '' })
  })

  it('refuses a file that is no JSON', async () => {
    const { code, err } = await run('{"vectors": [')
    expect(code).toBe(2)
    expect(err).toContain('vectors.json')
  })
})
