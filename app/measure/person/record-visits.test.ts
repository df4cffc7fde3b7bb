import { describe, expect, it } from 'vitest'
import { parseInstant } from '../../platform/time.ts'
import { recordVisits } from './record-visits.ts'

const ZONE = 'America/New_York'

describe('who opened the record', () => {
  const entry = (seq: number, actor: string, roles: string[], object: string, power = 'read') => ({
    seq,
    at: parseInstant(`2026-03-0${Math.ceil(seq / 3)}T15:00:00Z`),
    actor_kind: 'member',
    actor_id: actor,
    roles,
    action: 'x.y',
    power,
    object,
  })
  it('is one line for the same person doing the same on a day, without the patient themselves', () => {
    const visits = recordVisits(
      [
        entry(6, 'nadia', ['nurse'], 'person'),
        entry(5, 'robin', ['patient'], 'portal'),
        entry(4, 'nadia', ['nurse'], 'person'),
        entry(3, 'nadia', ['nurse'], 'person'),
        entry(2, 'ines', ['therapist', 'patient'], 'plan', 'write'),
      ],
      ZONE,
      10,
    )
    expect(visits.map((v) => `${v.actorId} ${v.words} ${v.times}`)).toEqual([
      'nadia read the person page 2',
      'nadia read the person page 1',
      'ines wrote the plan 1',
    ])
  })
})
