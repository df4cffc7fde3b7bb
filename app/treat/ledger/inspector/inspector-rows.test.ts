import { expect, it } from 'vitest'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import type { LotId, SessionId } from '../../session/session-event.ts'
import type { DrugLot } from '../lot-queries.server.ts'
import { type Movement, type MovementId, type MovementKind, type Place, SAFE } from '../movement.ts'
import { amountInWords } from '../movement-words.ts'
import {
  administrations,
  administrationTable,
  initialsOf,
  inspectorMovement,
  movementTable,
} from './inspector-rows.ts'

const lot: DrugLot = {
  id: 'lot' as LotId,
  form: 'vial',
  drug: 'Ketamine hydrochloride',
  lotNumber: 'L1',
  concentrationMgPerMl: 10,
  containerMl: 20,
  expiresOn: '2028-01-01' as LocalDate,
  receivedAt: '2026-01-01T00:00:00.000Z' as Instant,
}
const SESSION = 's1' as SessionId
const facts = {
  lots: [lot],
  vials: [],
  cabinets: new Map(),
  names: new Map([
    ['ada', 'Ada Lund'],
    ['ben', 'Ben Okoro'],
  ]),
  timeZone: 'UTC',
  seesSessions: false,
  closings: new Map(),
  parties: new Map([
    [
      SESSION,
      { person: 'Robin Sample', record: 'r-1', prescriber: 'Dr Iris Vale', givenBy: 'Mara van Quill' },
    ],
  ]),
}
const movement = (seq: number, kind: MovementKind, hundredths: number, sessionId?: SessionId): Movement => {
  const syringe = { at: 'syringe', id: SESSION } as Place
  const patient = { at: 'patient', id: SESSION } as Place
  const [from, to] =
    kind === 'give'
      ? [syringe, patient]
      : kind === 'take-back'
        ? [patient, syringe]
        : [SAFE, { at: 'waste' } as Place]
  return {
    seq,
    id: `m${seq}` as MovementId,
    actId: `m${seq}` as MovementId,
    kind,
    at: `2026-11-23T15:0${seq}:00.000Z` as Instant,
    recordedAt: `2026-11-23T15:0${seq}:00.000Z` as Instant,
    lotId: lot.id,
    from: { place: from },
    to: { place: to },
    hundredths,
    micrograms: hundredths * 100,
    by: 'ada',
    ...(kind === 'waste' ? { witness: 'ben' } : {}),
    ...(sessionId ? { sessionId } : {}),
    reason: kind === 'waste' ? '=1+1' : '',
  }
}

it('gives who, whom, when, what and how much of each dose, less what was set right', () => {
  const rows = administrations(
    [movement(3, 'take-back', 20, SESSION), movement(2, 'give', 420, SESSION), movement(4, 'waste', 5)],
    facts,
    amountInWords,
  )
  expect(rows).toHaveLength(1)
  expect(administrationTable(rows)[1]).toEqual([
    '2026-11-23T15:02:00+00:00',
    'Robin Sample',
    'r-1',
    'Ketamine hydrochloride',
    'vial for injection',
    '10 mg/mL',
    'L1',
    4,
    'mL',
    40,
    'Mara van Quill',
    'MvQ',
    'Dr Iris Vale',
    '2026-11-23T15:03:00+00:00',
  ])
})

it('tells a dose on the day it was given, less what was set right on another day', () => {
  const on = (at: string, ...rest: Parameters<typeof movement>) => ({
    ...movement(...rest),
    at: at as Instant,
  })
  const all = [
    on('2026-10-31T23:30:00.000Z', 1, 'give', 520, SESSION),
    on('2026-11-01T00:10:00.000Z', 2, 'take-back', 220, SESSION),
    on('2026-11-01T00:20:00.000Z', 3, 'give', 100, SESSION),
  ]
  const told = (month: string) =>
    administrations(all, facts, amountInWords, ({ at }) => at.startsWith(month)).map(
      ({ amount, mg, corrected }) => [amount, mg, corrected],
    )
  expect(told('2026-10')).toEqual([['3.00 mL', '30', 'Sun 1 Nov 2026, 00:10']])
  expect(told('2026-11')).toEqual([['1.00 mL', '10', undefined]])
})

it('leaves out a dose of which nothing remains given', () => {
  const rows = administrations(
    [movement(1, 'give', 100, SESSION), movement(2, 'take-back', 100, SESSION)],
    facts,
    amountInWords,
  )
  expect(rows).toEqual([])
})

it('says of a movement drug, strength, way, who and witness, and nobody where it was for no session', () => {
  const [head, row] = movementTable([inspectorMovement(movement(4, 'waste', 150), facts)])
  const said = Object.fromEntries(head!.map((name, i) => [name, row![i]]))
  expect(said).toMatchObject({
    What: 'wasted',
    Happened: '2026-11-23T15:04:00+00:00',
    Recorded: '2026-11-23T15:04:00+00:00',
    Amount: 1.5,
    Unit: 'mL',
    mg: 15,
    Supplier: '',
    Invoice: '',
    From: 'the safe',
    To: 'waste',
    'Recorded by': 'Ada Lund',
    Witness: 'Ben Okoro',
    Person: '',
    Prescriber: '',
  })
})

it('says of a delivery who brought it and on which invoice, as its row has it', () => {
  const came = { ...movement(1, 'receive', 6000), detail: { supplier: 'Quay Pharma', invoice: '=7' } }
  const old = { ...lot, supplier: 'by its lot', invoice: 'L-9' }
  const told = (facts: Parameters<typeof inspectorMovement>[1], of = came) => {
    const { supplier, invoice } = inspectorMovement(of, facts)
    return [supplier, invoice]
  }
  expect(told(facts)).toEqual(['Quay Pharma', '=7'])
  expect(told({ ...facts, lots: [old] }, { ...came, detail: { supplier: '', invoice: '' } })).toEqual([
    'by its lot',
    'L-9',
  ])
  expect(told({ ...facts, lots: [old] }, { ...came, kind: 'waste' })).toEqual([undefined, undefined])
})

it('names nobody for what stood there when the ledger was opened', () => {
  const detail = { beforeTheLedger: true, by: "the ledger's opening" }
  expect(inspectorMovement({ ...movement(4, 'waste', 150), detail }, facts).by).toBe("the ledger's opening")
  expect(inspectorMovement({ ...movement(4, 'waste', 150), detail: { by: 'x' } }, facts).by).toBe('Ada Lund')
})

it('says with what finding and words a difference was closed that moved it', () => {
  const lost = { ...movement(4, 'lose', 150), reason: 'A discrepancy was closed' }
  const closings = new Map([[lost.id, { finding: 'theft-or-loss' as const, words: 'nobody saw it again' }]])
  expect(inspectorMovement(lost, { ...facts, closings }).reason).toBe(
    'A discrepancy was closed. Theft or loss: nobody saw it again',
  )
  expect(inspectorMovement(lost, facts).reason).toBe('A discrepancy was closed')
})

it('makes initials of each part of a name', () => {
  expect(initialsOf('Anne-Marie O’Dell')).toBe('AMO')
})
