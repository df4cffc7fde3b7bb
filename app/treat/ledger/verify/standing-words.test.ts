import { describe, expect, it } from 'vitest'
import { parseInstant } from '../../../platform/time.ts'
import type { CheckpointStanding } from './checkpoint-standing.server.ts'
import { standingInWords } from './standing-words.ts'

const NOW = parseInstant('2026-11-22T17:40:00.000Z')
const standing: CheckpointStanding = {
  end: 1082,
  last: { seq: 1080, at: parseInstant('2026-11-22T17:00:00.000Z') },
  rowsSince: 2,
  wrong: 0,
  noneCheckable: false,
  notInFile: 0,
}
const said = (change: Partial<CheckpointStanding> = {}) =>
  standingInWords({ ...standing, ...change }, NOW, 'America/New_York')

describe('how the end of the ledger is held', () => {
  it('is one line', () => {
    expect(said()).toEqual({
      line: '1,082 movements. The end was last signed at 12:00, number 1,080; 2 rows since.',
      wrong: [],
    })
    expect(
      said({ rowsSince: 0, last: { seq: 1082, at: parseInstant('2026-11-22T03:00:00.000Z') } }).line,
    ).toBe('1,082 movements. The end was last signed on Sat 21 Nov 2026, 22:00, number 1,082; nothing since.')
    expect(said({ last: undefined, rowsSince: 1082 }).line).toBe(
      '1,082 movements. The end was not signed yet.',
    )
    expect(said({ end: 0, last: undefined, rowsSince: 0 }).line).toBeUndefined()
  })

  it('says what is wrong: red for what was tampered with, amber for what keeps it from being held', () => {
    const wrong = (change: Partial<CheckpointStanding>) =>
      said(change).wrong.map(({ state, title }) => [state, title])
    const damage = { kind: 'changed', seq: 1081, earliest: 1081, evidence: 'link-was-changed' } as const
    expect(wrong({ damage })).toEqual([['red', 'The ledger is damaged from number 1,081 on']])
    expect(wrong({ wrong: 1 })).toEqual([
      ['red', 'The signed ends in the database are not those that were signed'],
    ])
    expect(wrong({ noneCheckable: true, last: undefined })).toEqual([
      ['red', 'Nothing that can be checked holds the end of the ledger'],
    ])
    expect(wrong({ keyMode: '644' })).toEqual([
      ['amber', 'Others may read the key that signs the ledger (mode 644)'],
    ])
    expect(wrong({ notInFile: 2 })).toEqual([['amber', '2 signed ends are not in the file beside the data']])
    const unreadable = said({ unreadable: 'EACCES', last: undefined, notInFile: 2 })
    expect(unreadable.line).toBe('1,082 movements. When the end was last signed cannot be said.')
    expect(unreadable.wrong.map(({ title }) => title)).toEqual([
      'The file of signed ends or the key cannot be read (EACCES)',
    ])
  })
})
