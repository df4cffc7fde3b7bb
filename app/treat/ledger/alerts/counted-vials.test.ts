import { expect, it } from 'vitest'
import type { Instant } from '../../../platform/time.ts'
import type { LotId } from '../../session/session-event.ts'
import type { Count, CountSheet } from '../counts/count.ts'
import { type ContainerId, type Movement, type MovementId, SAFE } from '../movement.ts'
import { countedVials } from './counted-vials.ts'

const at = '2026-11-24T17:00:00.000Z' as Instant
const lotId = 'lot-1' as LotId
const container = 'vial-1' as ContainerId
const session = { at: 'syringe', id: 'session-1' } as Movement['to']['place']

const moved = (seq: number, movement: Pick<Movement, 'kind' | 'from' | 'to' | 'hundredths'>): Movement => ({
  ...movement,
  seq,
  id: `movement-${seq}` as MovementId,
  actId: `movement-${seq}` as MovementId,
  at,
  recordedAt: at,
  lotId,
  micrograms: movement.hundredths * 500,
  by: 'ana',
  reason: '',
})
const opened = moved(5, {
  kind: 'open',
  from: { place: SAFE },
  to: { place: SAFE, container },
  hundredths: 1000,
})
const drawn = moved(6, {
  kind: 'draw',
  from: { place: SAFE, container },
  to: { place: session },
  hundredths: 400,
})

const count = { id: 'count-1', place: SAFE, people: 2, begunAt: at, begunBy: 'ana', begunSeq: 6 } as Count
const sheet = (number: number, by: string, opened: number, seq = 6) =>
  ({
    id: `sheet-${number}`,
    number,
    by,
    at,
    seenSeq: seq,
    enteredSeq: seq,
    besides: '',
    lines: [
      { lotId, sealed: 3, openedHundredths: 0, hundredths: 3000 },
      { lotId, container, openedHundredths: opened, hundredths: opened },
    ],
  }) as unknown as CountSheet
const of = (sheets: readonly CountSheet[], movements: readonly Movement[]) =>
  countedVials([count], new Map([[count.id, sheets]]), movements)

it('holds the vial against what its own movements left in it, and leaves sealed stock out', () => {
  expect(of([sheet(1, 'ana', 590), sheet(2, 'ben', 594)], [drawn, opened])).toEqual([
    {
      id: 'count-1 vial-1',
      at,
      lotId,
      container,
      place: SAFE,
      expectedHundredths: 600,
      countedHundredths: 592,
      counters: ['ana', 'ben'],
    },
  ])
})

it('looks at the ledger as it stood when they counted, not as it went on', () => {
  const later = moved(9, {
    kind: 'draw',
    from: { place: SAFE, container },
    to: { place: session },
    hundredths: 100,
  })
  expect(of([sheet(1, 'ana', 600), sheet(2, 'ben', 600)], [opened, drawn, later])[0]).toMatchObject({
    expectedHundredths: 600,
  })
})

it('says nothing of a vial of which one person alone has counted, or two say different things', () => {
  expect(of([sheet(1, 'ana', 590)], [opened, drawn])).toEqual([])
  const apart = [1, 2, 3, 4].map((number) =>
    sheet(number, number % 2 ? 'ana' : 'ben', 500 + 50 * (number % 2)),
  )
  expect(of(apart, [opened, drawn])).toEqual([])
})
