import { expect, it } from 'vitest'
import type { AccountId } from '../../platform/ids.ts'
import type { Instant } from '../../platform/time.ts'
import { consentChangesOf } from './consent-changes.ts'
import { dataNotice } from './documents/data-notice.ts'
import { researchConsent } from './documents/research.ts'
import { treatmentConsent2 } from './documents/treatment-2.ts'

const at = (minute: number) => `2026-11-22T15:${String(minute).padStart(2, '0')}:00.000Z` as Instant
const robin = 'robin' as AccountId
const nadia = 'nadia' as AccountId
const signed = (
  { id, version }: { id: string; version: string },
  signedMinute: number,
  withdrawn?: readonly [number, AccountId],
) => ({
  documentId: id,
  documentVersion: version,
  signedAt: at(signedMinute),
  signedBy: robin,
  withdrawnAt: withdrawn && at(withdrawn[0]),
  withdrawnBy: withdrawn?.[1],
})

it('tells what was taken back and signed again during a session, by whom, and what one act took back as one', () => {
  const signatures = [
    signed(treatmentConsent2, 0, [20, nadia]),
    signed(dataNotice, 0, [20, nadia]),
    signed(researchConsent, 0, [20, nadia]),
    signed(treatmentConsent2, 30, [40, robin]),
  ]
  const told = [
    { what: 'taken-back', at: at(20), by: nadia, titles: [treatmentConsent2.title, dataNotice.title] },
    { what: 'signed-again', at: at(30), by: robin, titles: [treatmentConsent2.title] },
    { what: 'taken-back', at: at(40), by: robin, titles: [treatmentConsent2.title] },
  ]
  expect(consentChangesOf(signatures, at(10), undefined)).toEqual(told)
  expect(consentChangesOf([...signatures].reverse(), at(10), undefined)[1]).toEqual(told[1])
  expect(consentChangesOf(signatures, at(10), at(30))).toEqual(told.slice(0, 2))
  // A signature is no signing again where nothing was taken back in that time.
  expect(consentChangesOf(signatures, at(25), at(35))).toEqual([])
  expect(consentChangesOf(signatures, at(50), undefined)).toEqual([])
})

it('leaves out what a dose does not need', () => {
  expect(consentChangesOf([signed(researchConsent, 0, [20, robin])], at(0), undefined)).toEqual([])
})
