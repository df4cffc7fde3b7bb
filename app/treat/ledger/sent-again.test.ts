import { describe, expect, it } from 'vitest'
import type { Instant } from '../../platform/time.ts'
import type { LotId, SessionId } from '../session/session-event.ts'
import type { ContainerId, Movement, MovementId } from './movement.ts'
import { type AskedMovement, balancesBefore, recordedOtherwise, saysTheSame } from './sent-again.ts'

const at = (time: string) => `2026-11-23T${time}:00.000Z` as Instant
const cabinet = { at: 'cabinet', id: 'room' } as unknown as Movement['from']['place']
const vial = 'vial' as ContainerId
const stored: Movement = {
  seq: 7,
  id: 'k' as MovementId,
  actId: 'k' as MovementId,
  kind: 'waste',
  at: at('14:50'),
  recordedAt: at('15:00'),
  lotId: 'lot' as LotId,
  from: { place: { at: 'safe' }, container: vial },
  to: { place: { at: 'waste' } },
  hundredths: 120,
  micrograms: 12_000,
  by: 'nurse',
  witness: 'second',
  sessionId: 'session' as SessionId,
  reason: 'broken',
}
const asked: AskedMovement = {
  kind: stored.kind,
  lotId: stored.lotId,
  from: stored.from,
  to: stored.to,
  hundredths: 120,
  sessionId: stored.sessionId!,
  reason: 'broken',
}

describe('a form sent again', () => {
  it('says the same, with its time and witness or without', () => {
    expect(saysTheSame(stored, asked)).toBe(true)
    expect(saysTheSame(stored, { ...asked, at: stored.at, witness: 'second' })).toBe(true)
    // Of a clock that runs ahead: it was written as having happened when it was written.
    expect(saysTheSame({ ...stored, at: stored.recordedAt }, { ...asked, at: at('15:01') })).toBe(true)
  })

  it.each<[string, Partial<AskedMovement>]>([
    ['kind', { kind: 'lose' }],
    ['lot', { lotId: 'other' as LotId }],
    ['place it comes from', { from: { place: cabinet, container: vial } }],
    ['vial', { from: { place: { at: 'safe' }, container: 'another' as ContainerId } }],
    ['vial, where it is sealed stock', { from: { place: { at: 'safe' } } }],
    ['place it goes to', { to: { place: { at: 'lost' } } }],
    ['vial it goes into', { to: { place: { at: 'waste' }, container: vial } }],
    ['amount', { hundredths: 121 }],
    ['session', { sessionId: 'another' as SessionId }],
    ['reason', { reason: 'dropped' }],
    ['time', { at: at('14:51') }],
    ['witness', { witness: 'manager' }],
  ])('is another entry where it names another %s', (_what, change) => {
    expect(saysTheSame(stored, { ...asked, ...change })).toBe(false)
  })

  it('is another entry where it names a witness and nobody witnessed', () => {
    const { witness, ...alone } = stored
    expect(saysTheSame(alone, { ...asked, witness })).toBe(false)
  })

  it('is read against what stood before it', () => {
    const { lotId } = stored
    const sealed = { lotId, place: { at: 'safe' }, hundredths: 4000 } as const
    const left = { lotId, place: { at: 'safe' }, container: vial, hundredths: 500 } as const
    expect(balancesBefore([sealed, left], [stored])).toEqual([sealed, { ...left, hundredths: 620 }])
    expect(balancesBefore([sealed], [stored])).toEqual([sealed, { ...left, hundredths: 120 }])
    const opening: Movement = { ...stored, kind: 'open', from: { place: { at: 'safe' } }, to: stored.from }
    expect(balancesBefore([sealed, { ...left, hundredths: 120 }], [opening])).toEqual([
      { ...sealed, hundredths: 4120 },
    ])
  })

  it('as another entry comes back as it was typed, without the key of the first', () => {
    const form = new FormData()
    const typed = {
      intent: 'move',
      key: 'k',
      amount: '3',
      asked: at('15:00'),
      shown: 'digest',
      password: 'x',
    }
    for (const [name, value] of Object.entries(typed)) form.set(name, value)
    expect(recordedOtherwise(form)).toEqual({
      errors: { form: expect.stringContaining('Another entry was recorded with this form already') },
      values: { intent: 'move', amount: '3' },
    })
    // The ledger has no log to correct.
    expect(recordedOtherwise(form).errors.form).toContain('a count sets it right')
  })
})
