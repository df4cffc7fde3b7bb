import { describe, expect, it } from 'vitest'
import type { InventoryId } from '../inventory/inventory.ts'
import { isDamaged, verificationWords } from './verification-words.ts'
import type { LedgerVerification } from './verify-ledger.server.ts'

const none = { inDatabase: 0, inFile: 0, onlyInFile: 0, forged: 0, ofUnknownKeys: 0, unreadableLines: 0 }
const whole: LedgerVerification = {
  chain: { rows: 12, sure: { provenTo: 0, fitsTo: 12 } },
  figures: { found: 0, findings: [] },
  checkpoints: none,
  inventories: { signed: 1, altered: [] },
}

describe('what was found', () => {
  it('is no damage where nothing was signed yet', () => {
    expect(isDamaged(whole)).toBe(false)
    expect(verificationWords('harbor', whole)[0]).toBe('harbor: whole, 12 rows')
  })

  it('is damage where there are checkpoints and none of them can be checked', () => {
    for (const seen of [{ ofUnknownKeys: 2 }, { unreadableLines: 3 }]) {
      const found = { ...whole, checkpoints: { ...none, ...seen } }
      expect(isDamaged(found)).toBe(true)
      const [first, ...rest] = verificationWords('harbor', found)
      expect(first).toBe('harbor: 12 rows fit together, CHECKPOINTS NOT TO BE CHECKED')
      expect(rest.join()).toContain('Nothing that can be checked holds the end')
    }
    // One that can be checked holds.
    expect(isDamaged({ ...whole, checkpoints: { ...none, inDatabase: 1, ofUnknownKeys: 2 } })).toBe(false)
  })

  it('names an inventory whose text was altered', () => {
    const altered = ['0192a000-0000-7000-8000-000000000009' as InventoryId]
    const found = { ...whole, inventories: { signed: 1, altered } }
    expect(isDamaged(found)).toBe(true)
    const words = verificationWords('harbor', found)
    expect(words[0]).toBe('harbor: 12 rows whole, INVENTORIES NOT')
    expect(words.at(-1)).toContain(altered[0])
  })
})
