import { describe, expect, it } from 'vitest'
import type { MembershipId, PersonId } from '../../platform/ids.ts'
import { addMs, DAY_MS, instantAt, MINUTE_MS, parseLocalDate } from '../../platform/time.ts'
import { type AppointmentNeeds, STANDARD_TYPES } from './appointment-type.ts'
import type { DiaryFacts } from './diary-facts.ts'
import { holdsOf, resource } from './hold.ts'
import { placeVisit } from './place-visit.ts'

const timeZone = 'America/New_York'
const startsAt = instantAt(parseLocalDate('2026-12-01'), '10:00', timeZone)
const endsAt = addMs(startsAt, 50 * MINUTE_MS)
const facts = (part: Partial<Record<keyof DiaryFacts, unknown>>) =>
  ({
    clinic: { timeZone, openingHours: [{ days: 'Tuesday', opens: '08:00', closes: '18:00' }] },
    types: STANDARD_TYPES,
    chairs: [],
    rooms: [],
    equipment: [],
    staff: [],
    weeks: [],
    leaves: [],
    closures: [],
    ...part,
  }) as unknown as DiaryFacts
const pumps = (...ids: string[]) => ids.map((id) => ({ id, kind: 'pump', name: id, retired: false }))
const member = (membershipId: string, ...parts: string[]) => ({ membershipId, name: membershipId, parts })

/** A visit by telephone that needs what is named. */
function place(
  diary: DiaryFacts,
  needs: Partial<AppointmentNeeds>,
  beforeMin = 0,
  at = addMs(startsAt, -MINUTE_MS),
) {
  const phone = STANDARD_TYPES.find((type) => type.code === 'phone')!
  return placeVisit(
    diary,
    [],
    {
      personId: 'robin' as PersonId,
      type: { ...phone, beforeMin, afterMin: 10, needs: { ...phone.needs, staff: [], ...needs } },
      startsAt,
      lengthMin: 50,
    },
    at,
  )
}
const held = (outcome: ReturnType<typeof place>, kind: string) =>
  outcome.ok ? outcome.value.holds.filter((hold) => hold.kind === kind).map((hold) => hold.resourceId) : []

describe('a visit years ahead', () => {
  it('is refused more than two years ahead, since the year is a slip', () => {
    const bookedAhead = (days: number) => place(facts({}), {}, 0, addMs(startsAt, -days * DAY_MS))
    expect(bookedAhead(732)).toMatchObject({ ok: false, reason: 'too-far-ahead' })
    expect(bookedAhead(731)).toMatchObject({ ok: true })
  })
})

describe('a visit that needs two of a kind', () => {
  const two = { equipment: ['pump', 'pump'] }

  it('holds two pumps, never one of them twice', () => {
    expect(held(place(facts({ equipment: pumps('one', 'two') }), two), 'equipment')).toEqual(['one', 'two'])
  })

  it('is refused where there is one pump only', () => {
    expect(place(facts({ equipment: pumps('one') }), two)).toMatchObject({
      reason: 'no-such-equipment',
      detail: { kind: 'pump' },
    })
  })
})

describe('a visit that needs a nurse and a therapist', () => {
  const both = { staff: ['nurse', 'therapist'] as const }

  it('holds two people though one could be either', () => {
    const staff = [member('nadia', 'nurse', 'therapist'), member('theo', 'therapist')]
    expect(held(place(facts({ staff }), both), 'staff')).toEqual(['nadia', 'theo'])
  })

  it('is refused where one person alone could be both', () => {
    expect(place(facts({ staff: [member('nadia', 'nurse', 'therapist')] }), both)).toMatchObject({
      reason: 'no-such-member',
      detail: { part: 'therapist' },
    })
  })
})

it('holds place and equipment while they are prepared and cleaned, and people for the visit alone', () => {
  const holds = holdsOf({
    personId: 'robin' as PersonId,
    startsAt,
    lengthMin: 50,
    beforeMin: 20,
    afterMin: 10,
    place: { kind: 'room', id: 'room' as never, turnaroundMin: 15 },
    staff: [{ part: 'nurse', membershipId: 'nadia' as MembershipId }],
    onSite: undefined,
    equipment: ['pump' as never],
  })
  const early = addMs(startsAt, -20 * MINUTE_MS)
  expect(holds.map(({ resourceId, from, until }) => [resourceId, from, until])).toEqual([
    [resource('robin' as PersonId), startsAt, endsAt],
    ['nadia', startsAt, endsAt],
    ['room', early, addMs(endsAt, 15 * MINUTE_MS)],
    ['pump', early, addMs(endsAt, 10 * MINUTE_MS)],
  ])
})
