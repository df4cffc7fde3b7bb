import type { AppointmentNeeds, BookingMode, RoomKind, StaffPart } from './appointment-type.ts'
import type { LeaveKind } from './diary-entry.ts'

export const MODE_WORDS: Readonly<Record<BookingMode, string>> = {
  off: 'not by themselves',
  request: 'they ask, we book',
  instant: 'at once',
}

export const ROOM_KIND_WORDS: Readonly<Record<RoomKind, string>> = {
  dosing: 'dosing room',
  therapy: 'therapy room',
  consulting: 'consulting room',
}

export const PART_WORDS: Readonly<Record<StaffPart, string>> = {
  nurse: 'a nurse',
  therapist: 'a therapist',
  prescriber: 'a prescriber',
}

export const LEAVE_WORDS: Readonly<Record<LeaveKind, string>> = {
  away: 'away',
  training: 'training',
  'other-duty': 'another duty',
}

/** "infusion-pump" as people say it. */
export function equipmentWords(kind: string): string {
  return kind.replaceAll('-', ' ')
}

/** "A chair, a nurse, a prescriber in the house" */
export function needsWords(needs: AppointmentNeeds): string {
  const all = [
    ...(needs.place === 'chair' ? ['a chair'] : []),
    ...(needs.place === 'room' ? [needs.roomKinds.map((k) => `a ${ROOM_KIND_WORDS[k]}`).join(' or ')] : []),
    ...needs.staff.map((part) => PART_WORDS[part]),
    ...(needs.prescriberOnSite ? ['a prescriber in the house'] : []),
    ...needs.equipment.map((kind) => `one ${equipmentWords(kind)}`),
  ]
  const text = all.join(', ')
  return text === '' ? 'nothing' : text.charAt(0).toUpperCase() + text.slice(1)
}
