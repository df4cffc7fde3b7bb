import type { Instant } from '../../platform/time.ts'

/** How the dose was given, as far as the words for the way home differ by it. */
export type TakeHomeFacts = {
  readonly clinicName: string
  readonly phone: string | undefined
  /** "24 November 2026, 14:05" in the clinic's zone. */
  readonly leftAt: string | undefined
  /** Undefined when none is booked. */
  readonly nextVisit: string | undefined
}

type Visit = { readonly id: string; readonly startsAt: Instant; readonly cancelledAt?: Instant | undefined }

/**
 * The first visit after a session, as its sheet says it: whatever came of later sessions is none of this sheet's, which may still
 * open by its link days later.
 *
 * @returns undefined when none is booked, and once its time has begun
 */
export function nextVisitAfter<Booked extends Visit>(
  visits: readonly Booked[],
  session: {
    readonly appointmentId: string
    readonly openedAt: Instant
    readonly leftAt: Instant | undefined
  },
  at: Instant,
): Booked | undefined {
  const from = session.leftAt ?? session.openedAt
  const next = visits
    .filter(
      ({ id, startsAt, cancelledAt }) => !cancelledAt && startsAt > from && id !== session.appointmentId,
    )
    .sort((a, b) => (a.startsAt < b.startsAt ? -1 : 1))[0]
  return next && next.startsAt > at ? next : undefined
}

export type TakeHomePart = { readonly title: string; readonly points: readonly string[] }

/**
 * What the person and whoever takes them home read, in plain words. No name, no drug and no diagnosis: the sheet may
 * lie about, and the link may be opened by somebody else.
 *
 * Rules: no driving, machines or signing until the next day after restful sleep, no alcohol for 24 hours, 988 and 911
 * (facts page of safety, sections 3 and 9). Signs to call for follow the stop rules there; their wording is ours.
 */
export function takeHome({ clinicName, phone, nextVisit }: TakeHomeFacts): readonly TakeHomePart[] {
  const us = phone ? `Call ${clinicName}: ${phone}` : `Call ${clinicName}`
  return [
    {
      title: 'Until tomorrow, after a good night’s sleep',
      points: [
        'Do not drive, ride a bicycle in traffic, or work with machines or sharp tools.',
        'Do not sign anything important, and do not look after small children alone.',
        'No alcohol for 24 hours, and nothing that makes drowsy unless we said so.',
        'Somebody stays with you today and takes you home. Do not go home alone.',
        'Take the medicines we agreed on. If you are not sure about one, call us before you take it.',
      ],
    },
    {
      title: 'What often happens and passes',
      points: [
        'Feeling tired, slow, light in the head, or a little unsteady today.',
        'Feeling sick: small sips of water, a light meal, lying still.',
        'Strong feelings or dreams today and tomorrow. They may be good or hard; both are common.',
      ],
    },
    {
      title: us,
      points: [
        'You throw up more than twice, or cannot keep water down.',
        'A bad headache, blurred sight, or a pounding heart that does not settle with rest.',
        'Pain in the bladder, blood in the urine, or having to go all the time.',
        'You feel unreal or frightened and it does not pass.',
        'Where the needle was: swelling, heat, redness that grows.',
      ],
    },
    {
      title: 'Call 911',
      points: [
        'Hard to wake, slow or stopped breathing, blue lips.',
        'Chest pain, fainting, a seizure, weakness on one side, trouble speaking.',
        'Swelling of the face or throat.',
      ],
    },
    {
      title: 'Thoughts of ending your life, or a crisis',
      points: [
        'Call or text 988, day or night, free. Veterans press 1. Spanish press 2.',
        'In danger now: 911. You do not have to be sure before you call.',
      ],
    },
    {
      title: 'For whoever takes them home',
      points: [
        'Walk beside them, on stairs above all. Let them sit in the back or beside the driver with the belt on.',
        'Stay until they have slept or somebody else is there. Look in on them at night once.',
        'If somebody near you uses opioids, ask us for naloxone and how to give it.',
      ],
    },
    ...(nextVisit ? [{ title: 'Next visit', points: [nextVisit] }] : []),
  ]
}
