import { describe, expect, it } from 'vitest'
import { parseInstant } from '../../platform/time.ts'
import type { SignatureId } from '../plan.ts'
import { audKare } from '../protocols/library/aud-kare.ts'
import {
  type ConsentDocument,
  type ConsentSignature,
  consentStateOf,
  takenBackAt,
  wrongAnswers,
} from './consent-document.ts'
import { consentHash } from './consent-hash.server.ts'
import { currentDocuments } from './consent-library.ts'
import { dataNotice } from './documents/data-notice.ts'
import { treatmentConsent2 as treatmentConsent } from './documents/treatment-2.ts'

const v1: ConsentDocument = { ...treatmentConsent, version: '1' }
const v2: ConsentDocument = { ...treatmentConsent, version: '2' }
const signature = (documentVersion: string, day: number, withdrawn?: number): ConsentSignature => ({
  id: `s${documentVersion}-${day}` as SignatureId,
  documentId: 'treatment',
  documentVersion,
  signedAt: parseInstant(`2026-11-${String(day).padStart(2, '0')}T10:00:00Z`),
  withdrawnAt:
    withdrawn === undefined
      ? undefined
      : parseInstant(`2026-11-${String(withdrawn).padStart(2, '0')}T10:00:00Z`),
})

describe('which documents are missing', () => {
  it.each([
    ['nothing was ever signed', [v1], [], 'never-signed'],
    ['today’s version was signed', [v1], [signature('1', 1)], undefined],
    ['it was withdrawn', [v1], [signature('1', 1, 2)], 'withdrawn'],
    ['it was withdrawn and signed again', [v1], [signature('1', 1, 2), signature('1', 3)], undefined],
    ['a new version came', [v2], [signature('1', 1)], 'newer-version'],
    ['the old one was withdrawn, then a new version came', [v2], [signature('1', 1, 2)], 'withdrawn'],
    ['the new version was signed too', [v2], [signature('1', 1), signature('2', 2)], undefined],
    [
      'the new version was withdrawn, the old one not',
      [v2],
      [signature('1', 1), signature('2', 2, 3)],
      'withdrawn',
    ],
  ])('when %s', (_case, documents, signatures, why) => {
    for (const order of [signatures, [...signatures].reverse()]) {
      const state = consentStateOf(documents, order)
      expect(state.missing[0]?.why).toBe(why)
      expect(state.missing.length + state.signed.length).toBe(1)
    }
  })

  it.each([
    ['never signed', [v1, dataNotice], [], undefined],
    ['a newer version is due', [v2], [signature('1', 1)], undefined],
    ['taken back', [v1], [signature('1', 1, 4)], '2026-11-04T10:00:00.000Z'],
    ['taken back twice', [v1], [signature('1', 1, 2), signature('1', 3, 5)], '2026-11-05T10:00:00.000Z'],
    ['taken back, then signed again', [v1], [signature('1', 1, 2), signature('1', 3)], undefined],
  ] as const)('is taken back since, when %s', (_case, documents, signatures, since) => {
    expect(takenBackAt(consentStateOf(documents, signatures))).toBe(since)
  })

  it('other documents do not count', () => {
    expect(consentStateOf([dataNotice], [signature('1', 1)]).missing).toHaveLength(1)
  })
})

describe('the questions after reading', () => {
  it('are all answered by what the text says, and an answer left out is wrong', () => {
    for (const document of currentDocuments()) {
      const right = Object.fromEntries(document.teachBack.map((q) => [q.id, q.right]))
      expect(wrongAnswers(document, right)).toEqual([])
      expect(wrongAnswers(document, {})).toEqual(document.teachBack.map((q) => q.id))
      for (const q of document.teachBack) expect(q.answers.map((a) => a.value)).toContain(q.right)
    }
  })
})

describe('the texts', () => {
  it('have a hash that a single letter changes', () => {
    expect(consentHash(treatmentConsent)).toBe(consentHash({ ...treatmentConsent }))
    expect(consentHash({ ...treatmentConsent, title: `${treatmentConsent.title}.` })).not.toBe(
      consentHash(treatmentConsent),
    )
  })

  it('are those that the protocol asks for', () => {
    expect(currentDocuments().map((d) => d.id)).toEqual(audKare.requiredDocumentIds)
  })

  it('name what consent must name', () => {
    const text = JSON.stringify(treatmentConsent.sections).toLowerCase()
    for (const word of [
      'off-label',
      '10 october 2023',
      'dependence',
      'bladder',
      'blood pressure',
      'drive',
      'not certain',
      'naltrexone',
      'acamprosate',
      'therapy',
    ])
      expect(text).toContain(word)
  })
})
