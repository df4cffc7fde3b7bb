import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { studyById } from '../../find/index.server.ts'
import { orderability } from './orderable.ts'
import { parseProtocol } from './parse-protocol.ts'
import { libraryIds, libraryVersions, protocolById } from './protocol-library.ts'

const all = libraryIds().flatMap((id) => libraryVersions(id))

describe('the library', () => {
  it.each(all.map((p) => [p.id, p] as const))('%s is valid and contradicts nothing', (_id, protocol) => {
    expect(parseProtocol(protocol)).toEqual({ ok: true, protocol })
  })

  it.each(all.flatMap((p) => p.evidence.studyIds.map((study) => [p.id, study] as const)))(
    '%s names %s, which can be read',
    (_id, study) => {
      expect(studyById(study)?.id).toBe(study)
    },
  )

  it('has each version once', () => {
    const keys = all.map(({ id, version }) => `${id} ${version}`)
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('leaves ids that begin with “own-” to clinics', () => {
    expect(libraryIds().filter((id) => id.startsWith('own-'))).toEqual([])
  })

  it('shows what brought nothing or has no result', () => {
    const grades = Object.fromEntries(all.map((p) => [p.id, p.evidence.grade]))
    expect(grades).toMatchObject({
      'aud-mdd-weekly': 'null',
      'ptsd-vet': 'null',
      'aud-inpatient': 'null',
      meth: 'pending',
      'meth-im': 'pending',
      'aud-phase3': 'pending',
      'aud-kare': 'mixed',
    })
  })

  // What stands in the way of an order; the others can be ordered.
  it.each([
    ['aud-inpatient', /hospital only/],
    ['aws-icu', /hospital only/],
    ['aud-phase3', /running trial/],
    ['coc-lab', /laboratory study/],
    ['can-step', /length of “Infusion” \(not confirmed\); days between sessions/],
    ['meth', /No trial has a result/],
    ['meth-im', /No trial has a result/],
    ['gambling', /number of sessions/],
    ['oud-bup-sl', /4 to 8 doses/],
    ['in-racemic', /The FDA warned/],
    ['sl-kap', /no study fixes one/],
    ['oral', /reports range/],
  ])('%s is present and cannot be ordered', (id, why) => {
    const found = orderability(protocolById(id)!)
    expect(found.orderable ? '' : found.reasons.join(' ')).toMatch(why)
  })

  it('lets the others be ordered', () => {
    expect(all.filter((p) => orderability(p).orderable).map(({ id }) => id)).toEqual([
      'aud-kare',
      'aud-met',
      'aud-mdd-weekly',
      'aud-kpt',
      'coc-mbrp',
      'bzd-taper',
      'oud-kpt',
      'oud-bup-im',
      'trd-acute',
      'trd-maint',
      'trd-sc',
      'esk-trd',
      'esk-mdsi',
      'ptsd-2wk',
      'ptsd-vet',
      'bd-dep',
      'ocd',
    ])
  })
})

const shared = process.env.EVENKEEL_SHARED ?? '../shared'
const table = (() => {
  try {
    return readFileSync(`${shared}/domain/protocols.md`, 'utf8')
  } catch {
    return undefined
  }
})()

describe.skipIf(table === undefined)('the table of protocols it was written from', () => {
  it('has each of its rows in the library', () => {
    const keys = [...(table ?? '').matchAll(/^\| `([a-z0-9-]+)` \|/gm)].map(([, key]) => key)
    expect(keys.length).toBeGreaterThan(25)
    expect(keys.filter((key) => !libraryIds().includes(key!))).toEqual([])
  })
})
