import { expect, it } from 'vitest'
import type { LotId } from '../session/session-event.ts'
import { type OpenDrug, openDrugWords } from './open-drug.ts'

const words = (inSyringe: number, logLessLedger: number, form: OpenDrug['form'] = 'vial') =>
  openDrugWords([{ lotId: 'l1' as LotId, lotNumber: 'L1', form, inSyringe, logLessLedger }])

it('names what is in the syringe, and what can become of it', () => {
  expect(words(120, 0)).toBe(
    'By the ledger 1.20 mL of lot L1 are still in the syringe. Record what became of them first: wasted, or not to be found.',
  )
  expect(words(100, 0, 'tablet')).toContain('1 tablet of lot L1 is still out')
  expect(words(100, 0, 'tablet')).toContain('back into the safe')
})

it('names how far log and ledger are apart, which way, and the way out', () => {
  const more = words(0, 120)
  expect(more).toContain('by the log 1.20 mL of lot L1 more than the ledger gave')
  expect(more).toContain('set the waste right with a witness')
  expect(words(0, -120)).toContain('1.20 mL of lot L1 less than the ledger gave. Correct the mg given.')
})

it('says that mg are no whole devices', () => {
  expect(words(0, -50, 'nasal-device')).toBe(
    'The mg in the log are not whole devices: by the log 0.5 devices of lot L1 less than the ledger gave. Correct the mg given.',
  )
})

it('tells every lot', () => {
  const open = { lotId: 'l1' as LotId, form: 'vial', inSyringe: 0, logLessLedger: 10 } as const
  expect(
    openDrugWords([
      { ...open, lotNumber: 'A' },
      { ...open, lotNumber: 'B' },
    ]),
  ).toMatch(/lot A .* lot B/)
})
