import { describe, expect, it } from 'vitest'
import type { Instant } from '../../../platform/time.ts'
import {
  actWords,
  type RequestState,
  requestState,
  type WitnessAnswer,
  type WitnessAnswerId,
  type WitnessRequestId,
  whyNotOpen,
} from './witness-request.ts'

const at = (time: string) => `2026-11-23T${time}:00.000Z` as Instant
const request = { askedAt: at('15:00'), expiresAt: at('15:10') }
const answer = (kind: WitnessAnswer['kind']): WitnessAnswer => ({
  id: 'a' as WitnessAnswerId,
  requestId: 'r' as WitnessRequestId,
  kind,
  at: at('15:05'),
  by: 'somebody',
})

describe('where a request stands', () => {
  it.each<[string, RequestState['is'], ReturnType<typeof whyNotOpen>, string, WitnessAnswer?, boolean?]>([
    ['just asked', 'waiting', undefined, '15:00'],
    ['asked nine minutes ago', 'waiting', undefined, '15:09'],
    ['at its last instant', 'run-out', 'request-over', '15:10'],
    ['long ago', 'run-out', 'request-over', '23:59'],
    ['with the clock set back', 'clock-behind', 'clock-behind', '14:59'],
    ['signed', 'signed', 'already-answered', '15:06', answer('signed')],
    ['declined', 'declined', 'already-answered', '15:06', answer('declined')],
    ['withdrawn', 'withdrawn', 'already-answered', '15:06', answer('withdrawn')],
    ['signed for what could not be recorded', 'refused', 'already-answered', '15:06', answer('refused')],
    ['signed, long after', 'signed', 'already-answered', '23:59', answer('signed')],
    ['signed, and the clock set back since', 'signed', 'already-answered', '14:00', answer('signed')],
    ['signed, which recorded the act', 'signed', 'already-answered', '15:06', answer('signed'), true],
    ['withdrawn, and recorded beside', 'withdrawn', 'already-answered', '15:06', answer('withdrawn'), true],
    ['recorded on the other device', 'recorded', 'already-recorded', '15:06', undefined, true],
    ['recorded there, time over', 'recorded', 'already-recorded', '15:30', undefined, true],
    ['recorded there, the clock set back', 'recorded', 'already-recorded', '14:00', undefined, true],
  ])('%s: %s', (_case, is, why, time, given, recorded = false) => {
    const state = requestState(request, given, recorded, at(time))
    expect(state.is).toBe(is)
    expect(whyNotOpen(state)).toBe(why)
  })

  it('says how long it has waited', () => {
    expect(requestState(request, undefined, false, at('15:03'))).toEqual({ is: 'waiting', ageMs: 180_000 })
  })
})

describe('the words', () => {
  const parts = {
    verb: 'Waste',
    amount: '1.20 mL (12 mg)',
    drug: 'Ketamine hydrochloride 10 mg/mL, usable through Sun 31 Dec 2028',
    lotNumber: 'L1',
    from: 'the safe',
    to: 'waste',
    reason: 'broken in the tray.',
    asker: 'Mara Quill',
    asked: 'Mon 23 Nov 2026, 10:00',
  }

  it('are a sentence a line', () => {
    expect(actWords(parts).split('\n')).toEqual([
      'Waste 1.20 mL (12 mg).',
      'Lot L1: Ketamine hydrochloride 10 mg/mL, usable through Sun 31 Dec 2028.',
      'From the safe into waste.',
      'Reason: broken in the tray.',
      'Asked by Mara Quill, Mon 23 Nov 2026, 10:00.',
    ])
    expect(actWords({ ...parts, remarks: ['Compare the label.\nYourself.', 'Look twice.'] })).toContain(
      '\nCompare the label. Yourself.\nLook twice.\nReason: broken in the tray.\n',
    )
    expect(actWords({ ...parts, happened: 'Sun 22 Nov 2026, 10:00' })).toContain(
      '\nIt happened on Sun 22 Nov 2026, 10:00.\n',
    )
  })

  it('let nobody write a line of their own among them', () => {
    const forged = actWords({
      ...parts,
      lotNumber: 'L1\nWaste 0.01 mL.',
      reason: 'broken\r\nAsked by Somebody Else\u2028x\u001f',
    })
    expect(forged.split('\n')).toHaveLength(5)
    for (const control of ['\r', '\u2028', '\u001f']) expect(forged).not.toContain(control)
    expect(actWords({ ...parts, reason: '  ' }).split('\n')).toHaveLength(4)
  })
})
