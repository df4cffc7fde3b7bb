/** How somebody comes to an appointment of a kind: not at all, by asking, or by booking it themselves. */
export const BOOKING_MODES = ['off', 'request', 'instant'] as const
export type BookingMode = (typeof BOOKING_MODES)[number]

export const ROOM_KINDS = ['dosing', 'therapy', 'consulting'] as const
export type RoomKind = (typeof ROOM_KINDS)[number]

/** What members of staff are there for. A nurse or therapist is with one person; a prescriber on site covers many. */
export const STAFF_PARTS = ['nurse', 'therapist', 'prescriber'] as const
export type StaffPart = (typeof STAFF_PARTS)[number]

export type AppointmentNeeds = {
  /** A chair holds one visit, its room may hold several; a room is taken as a whole; none: by telephone. */
  readonly place: 'chair' | 'room' | 'none'
  /** Which rooms will do, when the place is a room. */
  readonly roomKinds: readonly RoomKind[]
  /** Staff who are with the person and with nobody else. */
  readonly staff: readonly StaffPart[]
  /** A prescriber in the house for the whole visit; shared with the other visits of that time. */
  readonly prescriberOnSite: boolean
  /** Kinds of equipment, one item of each. */
  readonly equipment: readonly string[]
}

/** A kind of appointment as a clinic has set it. */
export type AppointmentType = {
  /** Names the kind for ever; `dosing` is the one whose length comes from the protocol. */
  readonly code: string
  readonly name: string
  /** What patients, calendars and reminders read: it tells a stranger nothing. */
  readonly neutralName: string
  readonly mode: BookingMode
  /** Undefined: as long as the visit's parts in the protocol. */
  readonly lengthMin: number | undefined
  /** Minutes before and after during which place and equipment are held, and nobody else. */
  readonly beforeMin: number
  readonly afterMin: number
  readonly needs: AppointmentNeeds
  /** 0 while it is as the program proposes it; rises with each change. */
  readonly revision: number
  readonly retired: boolean
}

export const DOSING = 'dosing'

const nothing: AppointmentNeeds = {
  place: 'none',
  roomKinds: [],
  staff: [],
  prescriberOnSite: false,
  equipment: [],
}
const talking = { place: 'room', roomKinds: ['therapy', 'consulting'] } as const

/**
 * The kinds a new clinic begins with. Lengths, turnarounds and needs are defaults to be set by the medical director;
 * none is a published figure.
 */
export const STANDARD_TYPES: readonly AppointmentType[] = [
  type('assessment', 'Assessment visit', 'First visit', 'request', 90, {
    ...nothing,
    place: 'room',
    roomKinds: ['consulting', 'therapy'],
    staff: ['prescriber'],
  }),
  {
    ...type(DOSING, 'Dosing visit', 'Visit', 'off', undefined, {
      ...nothing,
      place: 'chair',
      staff: ['nurse'],
      prescriberOnSite: true,
    }),
    // A chair's own turnaround follows; this is for what the kind of visit adds.
    afterMin: 0,
  },
  type('therapy', 'Therapy session', 'Session', 'request', 50, {
    ...nothing,
    ...talking,
    staff: ['therapist'],
  }),
  type('integration', 'Integration session', 'Session', 'request', 60, {
    ...nothing,
    ...talking,
    staff: ['therapist'],
  }),
  type('phone', 'Phone call', 'Phone call', 'instant', 20, { ...nothing, staff: ['nurse'] }, 0),
  type('check', 'Check after session', 'Follow-up call', 'request', 15, { ...nothing, staff: ['nurse'] }, 0),
]

function type(
  code: string,
  name: string,
  neutralName: string,
  mode: BookingMode,
  lengthMin: number | undefined,
  needs: AppointmentNeeds,
  afterMin = 10,
): AppointmentType {
  return {
    code,
    name,
    neutralName,
    mode,
    lengthMin,
    beforeMin: 0,
    afterMin,
    needs,
    revision: 0,
    retired: false,
  }
}

/** A clinic's own kinds over the standard ones: what was set wins, in the order of the standard list, own ones after. */
export function typesOf(set: readonly AppointmentType[]): AppointmentType[] {
  const byCode = new Map(set.map((each) => [each.code, each]))
  const standard = STANDARD_TYPES.map((each) => byCode.get(each.code) ?? each)
  const own = set.filter((each) => !STANDARD_TYPES.some(({ code }) => code === each.code))
  return [...standard, ...own.sort((a, b) => a.name.localeCompare(b.name))]
}
