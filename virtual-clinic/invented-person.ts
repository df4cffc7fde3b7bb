import type { Sex } from '../app/identity/index.ts'
import { addDays, type LocalDate } from '../app/platform/time.ts'
import type { Random } from './random.ts'

/**
 * An invented person with a history, a course and habits. Nothing here claims to be how people respond to
 * treatment: the figures are chosen so that a clinic's pages have something of every kind to show, nulls and bad
 * days included, and everything made from them says "synthetic".
 */
export type InventedPerson = {
  readonly number: number
  readonly name: string
  readonly email: string
  readonly phone: string
  readonly sex: Sex
  readonly birthDate: LocalDate
  readonly heightCm: number
  readonly weightKg: number
  readonly restingSystolicMmHg: number
  readonly restingDiastolicMmHg: number
  readonly restingHeartRatePerMin: number
  /** 0 to 1: how heavy the drinking, how low the mood, at the beginning. */
  readonly severity: number
  readonly course: Course
  /** What they come for. Everybody who is treated here comes for alcohol; those who are not come for other things as well. */
  readonly comesFor: ComesFor
  /** Chance to answer an invitation on a given day, at the beginning; it falls slowly. */
  readonly answers: number
  /** Days after the first session from which they no longer answer; undefined: they go on. */
  readonly silentFromDay: number | undefined
  /** Chance of a day with use, once craving is taken into account, in the first week after a session. */
  readonly dailyUseRisk: number
}

export type ComesFor = 'alcohol' | (typeof OTHER_DRUGS)[number]
const OTHER_DRUGS = ['opioids', 'cocaine', 'methamphetamine', 'cannabis'] as const

/** Where the way through the clinic leads. */
export type Course =
  /** Declined from the inbox with a reason. */
  | 'declined'
  /** Accepted, intake begun and left unfinished. */
  | 'intake-unfinished'
  /** Assessed and found not eligible, because of `notEligibleBecause`. */
  | 'not-eligible'
  /** Planned, waiting for the first session. */
  | 'waiting'
  /** One or two sessions, then stopped. */
  | 'stopped-early'
  /** All three sessions. */
  | 'whole-course'

const FIRST = [
  'Alder',
  'Bryony',
  'Cedric',
  'Delphine',
  'Emeka',
  'Freya',
  'Gideon',
  'Hanneke',
  'Ismael',
  'Jorunn',
  'Kofi',
  'Leocadia',
  'Mireille',
  'Nils',
  'Oona',
  'Piotr',
  'Quilla',
  'Rosalind',
  'Soren',
  'Tamsin',
  'Ulrich',
  'Vesna',
  'Wendell',
  'Ximena',
  'Yusuf',
  'Zelda',
]
const LAST = [
  'Ashgrove',
  'Bellweather',
  'Carrow',
  'Dunmore',
  'Eastlake',
  'Fairholm',
  'Greywater',
  'Hollin',
  'Inglewood',
  'Juniper',
  'Kestrel',
  'Larkspur',
  'Merrow',
  'Northmere',
  'Oakhanger',
  'Pennick',
  'Quarrie',
  'Rookwood',
  'Stillwater',
  'Thornby',
  'Underhill',
  'Vellacott',
  'Westmark',
  'Yarrow',
]

/** First names of the people of earlier; none sorts before the others' first. */
const FIRST_OF_EARLIER = [
  'Anouk',
  'Bastian',
  'Corisande',
  'Dov',
  'Elspeth',
  'Florian',
  'Greta',
  'Hamish',
  'Ilse',
  'Jasper',
  'Katya',
  'Lorcan',
  'Maren',
  'Noor',
  'Orsolya',
  'Pascal',
  'Quentin',
  'Rafaela',
  'Stellan',
  'Tova',
  'Umberto',
  'Viggo',
  'Willa',
  'Xavier',
  'Yara',
  'Zoltan',
]

/**
 * @param number makes the person's own chance, name and address; two people never share one
 * @param earlier somebody of the time before the last year, with other habits
 */
export function inventPerson(
  seedOfClinic: Random,
  number: number,
  course: Course,
  today: LocalDate,
  earlier = false,
): InventedPerson {
  const random = seedOfClinic.fork(number)
  const sex: Sex = random.chance(0.45) ? 'female' : 'male'
  const heightCm = Math.round(sex === 'female' ? 165 + 6 * random.normal() : 178 + 7 * random.normal())
  const bodyMassIndex = Math.min(34, Math.max(20, 26 + 3.5 * random.normal()))
  const severity = Math.min(1, Math.max(0.15, 0.6 + 0.2 * random.normal()))
  const first = (earlier ? FIRST_OF_EARLIER : FIRST)[number % FIRST.length]!
  const last = LAST[(number * 7 + Math.floor(number / FIRST.length)) % LAST.length]!
  return {
    number,
    name: `${first} ${last}`,
    email: `${first}.${last}.${number}@example.org`.toLowerCase(),
    phone: `${earlier ? '571' : number < 100 ? '703' : '540'}-555-01${String(number % 100).padStart(2, '0')}`,
    sex,
    birthDate: addDays(today, -Math.round((24 + 38 * random.next()) * 365.25)),
    heightCm,
    weightKg: Math.round(bodyMassIndex * (heightCm / 100) ** 2 * 10) / 10,
    restingSystolicMmHg: random.integer(108, 132),
    restingDiastolicMmHg: random.integer(66, 82),
    restingHeartRatePerMin: random.integer(60, 84),
    severity,
    course,
    comesFor:
      course === 'declined' || course === 'not-eligible'
        ? OTHER_DRUGS[number % OTHER_DRUGS.length]!
        : 'alcohol',
    answers: 0.72 + 0.25 * random.next(),
    silentFromDay: random.chance(0.3) ? random.integer(20, 160) : undefined,
    dailyUseRisk: random.chance(0.35) ? 0.001 : 0.012 * severity + 0.004 * random.next(),
    ...(earlier ? habitsOfEarlier(random) : {}),
  }
}

/** Of those who came earlier more are lost, some drink now and then, and some are soon back where they were. */
function habitsOfEarlier(random: Random): Pick<InventedPerson, 'silentFromDay' | 'dailyUseRisk'> {
  const way = random.next()
  return {
    silentFromDay: random.chance(0.42)
      ? random.chance(0.3)
        ? random.integer(3, 26)
        : random.integer(35, 150)
      : undefined,
    dailyUseRisk:
      way < 0.34 ? 0.0005 : way < 0.58 ? 0.006 + 0.014 * random.next() : 0.12 + 0.13 * random.next(),
  }
}

export type DayAfter = {
  readonly craving0to10: number
  readonly mood0to10: number
  readonly used: boolean
  readonly answered: boolean
}

/** One day of a person's life after the first session, by that person's own chance. */
export function dayAfterFirstSession(person: InventedPerson, day: number, random: Random): DayAfter {
  const settling = Math.exp(-day / 25)
  const clamp = (value: number) => Math.min(10, Math.max(0, Math.round(value)))
  const craving = clamp(8 * person.severity * (0.35 + 0.65 * settling) + 1.3 * random.normal())
  const mood = clamp(7.5 - 4 * person.severity * (0.4 + 0.6 * settling) + 1.2 * random.normal())
  const used = random.chance(person.dailyUseRisk * (craving >= 6 ? 3 : 1) * (1 + day / 200))
  const silent = person.silentFromDay !== undefined && day >= person.silentFromDay
  return {
    craving0to10: craving,
    mood0to10: mood,
    used,
    answered: !silent && random.chance(person.answers - day / 1_500),
  }
}
