import { describe, expect, it } from 'vitest'
import { basisOf, ownProtocolId, type ProtocolEventKind, versionInUse } from './protocol-version.ts'

describe('the version in use', () => {
  const after = (...events: string[]) =>
    versionInUse(
      events.map((each) => {
        const [version, kind] = each.split(' ') as [string, ProtocolEventKind]
        return { version, kind }
      }),
    )

  it.each<[string, readonly string[], string | undefined]>([
    ['is none while nothing was adopted', ['1 submitted', '1 approved'], undefined],
    ['is the adopted one', ['1 published'], '1'],
    ['is the one published last', ['1 published', 'own-2 published', 'own-1 published'], 'own-1'],
    ['is the one before when the last is retired', ['1 published', 'own-1 published', 'own-1 retired'], '1'],
    ['is none when all are retired', ['1 published', '1 retired'], undefined],
    ['stays while another is reviewed', ['1 published', 'own-1 submitted', 'own-1 approved'], '1'],
  ])('%s', (_case, events, version) => {
    expect(after(...events)).toBe(version)
  })
})

describe('a name', () => {
  it.each([
    ['Two infusions, slow', 'own-two-infusions-slow'],
    ['  Für   Élodie 2 ', 'own-fur-elodie-2'],
    ['—', undefined],
    ['ab '.repeat(40), 'own-ab-ab-ab-ab-ab-ab-ab-ab-ab-ab-ab-ab'],
  ])('%j becomes the id %j', (title, id) => {
    expect(ownProtocolId(title)).toBe(id)
  })
})

it('what a version was begun from is of the same protocol or of another', () => {
  expect(basisOf({ protocolId: 'aud-kare', basedOn: 'own-1' })).toEqual({
    protocolId: 'aud-kare',
    version: 'own-1',
  })
  expect(basisOf({ protocolId: 'own-ours', basedOn: 'aud-kare/1' })).toEqual({
    protocolId: 'aud-kare',
    version: '1',
  })
})
