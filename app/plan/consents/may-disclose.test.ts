import { describe, expect, it } from 'vitest'
import { parseInstant, parseLocalDate } from '../../platform/time.ts'
import { type DisclosureElements, deficiencies } from './disclosure-elements.ts'
import { type DisclosureConsent, type DisclosureQuestion, mayDisclose } from './may-disclose.ts'

const elements: DisclosureElements = {
  scope: 'general',
  patientName: 'Robin Sample',
  discloser: 'Harbor Clinic',
  recipientKind: 'named',
  recipient: 'Dr. Ito',
  intermediary: undefined,
  parts: ['diagnosis', 'medicines'],
  partsDetail: undefined,
  purpose: 'treatment',
  purposeDetail: undefined,
  expiry: { kind: 'on', date: parseLocalDate('2026-12-31') },
}
const tpo: Partial<DisclosureElements> = {
  recipientKind: 'class',
  recipient: '',
  purpose: 'treatment-payment-operations',
  expiry: { kind: 'none' },
}
const consent = (part: Partial<DisclosureElements> = {}, more: Partial<DisclosureConsent> = {}) => ({
  id: 'c1',
  elements: { ...elements, ...part },
  signedAt: parseInstant('2026-11-01T10:00:00Z'),
  withdrawnAt: undefined,
  intact: true,
  ...more,
})
const ask = (part: Partial<DisclosureQuestion> = {}): DisclosureQuestion => ({
  to: 'Dr. Ito',
  ofTreatmentClass: undefined,
  what: ['diagnosis'],
  purpose: 'treatment',
  at: parseInstant('2026-11-24T17:00:00Z'),
  today: parseLocalDate('2026-11-24'),
  treatmentEnded: undefined,
  ...part,
})
const on = (date: string) => ({ expiry: { kind: 'on' as const, date: parseLocalDate(date) } })
const notes: Partial<DisclosureElements> = { scope: 'counselling-notes', parts: ['counselling-notes'] }
const court: Partial<DisclosureElements> = {
  scope: 'proceedings',
  purpose: 'patient-request',
  purposeDetail: 'Case 12 of the county',
}

describe('whether something may be disclosed', () => {
  it.each([
    ['all of it fits', consent(), ask(), 'yes'],
    ['the name is written in another case', consent(), ask({ to: '  dr.  ITO ' }), 'yes'],
    ['it names somebody else', consent(), ask({ to: 'Dr. Ho' }), 'no'],
    ['one part more is asked', consent(), ask({ what: ['diagnosis', 'doses'] }), 'no'],
    ['nothing is asked', consent(), ask({ what: [] }), 'no'],
    ['the purpose is another', consent(), ask({ purpose: 'payment' }), 'no'],
    ['it ends that day', consent(on('2026-11-24')), ask(), 'yes'],
    ['it ended the day before', consent(on('2026-11-23')), ask(), 'no'],
    ['it says no end', consent({ expiry: undefined }), ask(), 'no'],
    [
      'it was taken back that moment',
      consent({}, { withdrawnAt: parseInstant('2026-11-24T17:00:00Z') }),
      ask(),
      'no',
    ],
    [
      'it was signed a moment later',
      consent({}, { signedAt: parseInstant('2026-11-24T17:00:00.001Z') }),
      ask(),
      'no',
    ],
    ['what is stored is not what was signed', consent({}, { intact: false }), ask(), 'no'],
    ['an element is missing', consent({ discloser: ' ' }), ask(), 'no'],
    [
      'until treatment ends, not known whether',
      consent({ expiry: { kind: 'end-of-treatment' } }),
      ask(),
      'unknown',
    ],
    [
      'until treatment ends, it goes on',
      consent({ expiry: { kind: 'end-of-treatment' } }),
      ask({ treatmentEnded: false }),
      'yes',
    ],
    [
      'until treatment ends, it has',
      consent({ expiry: { kind: 'end-of-treatment' } }),
      ask({ treatmentEnded: true }),
      'no',
    ],
    ['a class, and they are of it', consent(tpo), ask({ to: 'Plan A', ofTreatmentClass: true }), 'yes'],
    ['a class, and they are not', consent(tpo), ask({ to: 'Plan A', ofTreatmentClass: false }), 'no'],
    ['a class, not known', consent(tpo), ask({ to: 'Plan A' }), 'unknown'],
    ['a class covers payment', consent(tpo), ask({ ofTreatmentClass: true, purpose: 'payment' }), 'yes'],
    [
      'a class does not cover other purposes',
      consent(tpo),
      ask({ ofTreatmentClass: true, purpose: 'other' }),
      'no',
    ],
    ['no end for one purpose is deficient', consent({ expiry: { kind: 'none' } }), ask(), 'no'],
    [
      'a purpose in words',
      consent({ purpose: 'other', purposeDetail: 'camp' }),
      ask({ purpose: 'other' }),
      'unknown',
    ],
    [
      'notes by a general paper',
      consent({ parts: ['counselling-notes'] }),
      ask({ what: ['counselling-notes'] }),
      'no',
    ],
    ['notes by their own', consent(notes), ask({ what: ['counselling-notes'] }), 'yes'],
    ['notes and more by their own', consent(notes), ask({ what: ['counselling-notes', 'diagnosis'] }), 'no'],
    ['a proceeding by a general paper', consent(), ask({ purpose: 'proceedings' }), 'no'],
    ['a proceeding by its own', consent(court), ask({ purpose: 'proceedings' }), 'unknown'],
    ['treatment by a paper for a proceeding', consent(court), ask(), 'no'],
  ])('when %s', (_case, signed, question, may) => {
    expect(mayDisclose([signed], question).may).toBe(may)
  })

  it('without any paper is no', () => {
    expect(mayDisclose([], ask())).toMatchObject({ may: 'no', consentId: undefined })
  })

  it('takes the paper that allows it among several, in any order', () => {
    const other = consent({}, { id: 'old', withdrawnAt: parseInstant('2026-11-02T10:00:00Z') })
    const open = consent(tpo, { id: 'open' })
    for (const list of [
      [other, open, consent()],
      [consent(), open, other],
    ])
      expect(mayDisclose(list, ask())).toMatchObject({ may: 'yes', consentId: 'c1' })
    expect(mayDisclose([other, open], ask())).toMatchObject({ may: 'unknown', consentId: 'open' })
  })

  it('names the reason of the paper that comes nearest', () => {
    const expired = consent(on('2026-11-01'), { id: 'expired' })
    const stranger = consent({ recipient: 'Dr. Ho' }, { id: 'stranger' })
    for (const list of [
      [expired, stranger],
      [stranger, expired],
    ])
      expect(mayDisclose(list, ask())).toEqual({
        may: 'no',
        consentId: 'expired',
        because: 'It has expired.',
      })
  })
})

describe('a paper to disclose', () => {
  it.each([
    ['patientName', { patientName: '' }],
    ['discloser', { discloser: '' }],
    ['recipient', { recipient: '' }],
    ['parts', { parts: [] }],
    ['purposeDetail', { purpose: 'other' }],
    ['expiry', { expiry: undefined }],
    ['recipient', { recipientKind: 'class' }],
    ['recipient', { ...notes, ...tpo }],
    ['purposeDetail', { ...court, purposeDetail: undefined }],
    ['parts', { scope: 'counselling-notes', parts: ['counselling-notes', 'plan'] }],
  ] as const)('is deficient in %s', (field, part) => {
    expect(deficiencies({ ...elements, ...part } as DisclosureElements).map((d) => d.field)).toContain(field)
  })

  it.each([
    ['2026-11-23', ['expiresOn']],
    ['2026-11-24', []],
    ['2026-11-25', []],
  ])('whose last day is %s, signed on 24 November, lacks %j', (date, fields) => {
    const paper = { ...elements, expiry: { kind: 'on', date: parseLocalDate(date) } } as DisclosureElements
    expect(deficiencies(paper, parseLocalDate('2026-11-24')).map((d) => d.field)).toEqual(fields)
  })

  it('is complete with every element', () => {
    for (const part of [{}, tpo, notes, court]) expect(deficiencies({ ...elements, ...part })).toEqual([])
  })
})
