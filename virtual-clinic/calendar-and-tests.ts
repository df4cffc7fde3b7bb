import { noteAnchor, recordTest, tellDays } from '../app/assess/index.server.ts'
import { checkInsOfPerson } from '../app/follow-up/index.server.ts'
import { currentCheckIns } from '../app/follow-up/index.ts'
import type { Appointment } from '../app/plan/index.ts'
import type { Member } from '../app/platform/actor.ts'
import { runQuery } from '../app/platform/command.server.ts'
import {
  addDays,
  daysBetween,
  type Instant,
  instantAt,
  type LocalDate,
  localDateOf,
} from '../app/platform/time.ts'
import type { Random } from './random.ts'
import { act, type Life, minutesAfter, type World } from './world.ts'

/**
 * What these people drink day by day, what they tell of it, and what tests find. The figures are chosen so that the
 * calendar and the tests tell one story, gaps included; nothing here claims to be how people do after treatment.
 */
type Drinking = {
  readonly random: Random
  /** Grams of pure alcohol by day: what happened, told or not. */
  readonly grams: Map<LocalDate, number>
  firstDose: LocalDate | undefined
}

const GRAMS_PER_DRINK = 14
const lived = new WeakMap<Life, Drinking>()

function drinkingOf(life: Life): Drinking {
  const known = lived.get(life) ?? { random: life.random.fork(90), grams: new Map(), firstDose: undefined }
  lived.set(life, known)
  return known
}

/** Ninety days before the assessment, told with the therapist; the last days without, as the decision says. */
export function tellTheDaysBefore(world: World, life: Life, at: Instant) {
  world.table.at(at, async () => {
    const { random, grams } = drinkingOf(life)
    const today = localDateOf(world.table.now(), world.zone)
    const dry = random.integer(4, 9)
    const { severity } = life.person
    for (let back = 91; back >= 1; back--) {
      const day = addDays(today, -back)
      const weekend = [0, 5, 6].includes(new Date(`${day}T12:00:00Z`).getUTCDay())
      const drank = back > dry && random.chance(0.3 + 0.5 * severity + (weekend ? 0.15 : 0))
      const drinks = Math.max(1, Math.round(1.5 + 8 * severity + (weekend ? 1.5 : 0) + 1.6 * random.normal()))
      grams.set(day, drank ? drinks * GRAMS_PER_DRINK : 0)
    }
    await tell(world, life, world.staff.therapist, addDays(today, -91), addDays(today, -1))
    if (life.brief) return
    await act(world, world.staff.therapist, noteAnchor, {
      personId: life.personId,
      day: addDays(today, -random.integer(20, 70)),
      words: random.pick(['A wedding in the family', 'The trip to the coast', 'Start of the new shift']),
      basedOn: 0,
      timeZone: world.zone,
    })
  })
}

/** Tells a span as far as it is remembered: most days, some as not known, some not at all. */
async function tell(world: World, life: Life, by: Member, from: LocalDate, to: LocalDate) {
  const { random, grams } = drinkingOf(life)
  const forgotten = random.integer(0, 60)
  const days: Parameters<typeof tellDays.run>[1]['days'][number][] = []
  for (let i = 0, day = from; day <= to; i++, day = addDays(day, 1)) {
    const left = random.chance(0.05) || (i >= forgotten && i < forgotten + 3)
    const unsure = random.chance(0.03)
    const smoked = life.person.number % 5 === 0 && random.chance(0.2)
    const drunk = grams.get(day)
    if (left || drunk === undefined) continue
    const entries = [
      ...(drunk > 0
        ? [
            {
              substance: 'alcohol' as const,
              grams: random.chance(0.03) ? null : drunk,
              drinks: [],
            },
          ]
        : []),
      ...(smoked ? [{ substance: 'cannabis' as const, amount: 1, unit: 'joints' as const }] : []),
    ]
    days.push(
      unsure
        ? { day, basedOn: 0, state: 'unknown', entries: [] }
        : { day, basedOn: 0, state: entries.length > 0 ? 'used' : 'none', entries },
    )
  }
  if (days.length === 0) return
  await act(world, by, tellDays, {
    personId: life.personId,
    timeZone: world.zone,
    gramsPerDrink: GRAMS_PER_DRINK,
    days,
  })
}

const TELLS_EVERY_DAYS = 14
/** People of earlier go through the days with somebody at these visits, and are not rung up once they fall silent. */
const TELLS_OF_EARLIER = [30, 62, 93] as const

/** From the first session on the person fills in the calendar every other week, and the clinic tests now and then. */
export function liveOn(world: World, life: Life, doseAt: Instant) {
  const drinking = drinkingOf(life)
  const start = localDateOf(doseAt, world.zone)
  drinking.firstDose = start
  const silent = life.person.silentFromDay ?? Number.POSITIVE_INFINITY
  const untilToday = daysBetween(start, localDateOf(world.end, world.zone))
  const lastDay = Math.min(364, untilToday, silent + (life.brief ? 0 : 60))
  let told = addDays(start, -1)
  for (const day of tellingDays(life, lastDay)) {
    const today = addDays(start, day)
    world.table.at(minutesAfter(instantAt(today, '20:10', world.zone), life.person.number % 50), async () => {
      await happen(world, life, addDays(today, -1))
      // Whoever no longer writes is rung up, and the days are gone through together.
      const by = day > silent ? world.staff.therapist : life.patient!
      await tell(world, life, by, addDays(told, 1), addDays(today, -1))
      told = addDays(today, -1)
    })
  }
  if (life.brief) return
  later(world, start, 10, '11:20', () => urine(world, life, { thin: true }))
  later(world, start, 24, '11:20', () => missed(world, life))
  later(world, start, 31, '11:40', () => urine(world, life, { sedative: life.person.number % 9 === 4 }))
  for (const day of [28, 56, 84, 140, 200]) {
    if (day > lastDay) break
    later(world, start, day, '10:30', async () => {
      await happen(world, life, addDays(start, day - 1))
      await peth(world, life)
    })
  }
}

function tellingDays(life: Life, lastDay: number): readonly number[] {
  if (life.brief) return TELLS_OF_EARLIER.filter((day) => day <= lastDay)
  const days: number[] = []
  for (let day = 5; day <= lastDay; day += day < 20 ? 7 : TELLS_EVERY_DAYS) days.push(day)
  return days
}

function later(world: World, start: LocalDate, days: number, time: string, task: () => Promise<void>) {
  world.table.at(instantAt(addDays(start, days), time, world.zone), task)
}

/** Lets the days happen until `until`: as the person said in check-ins, else by chance. */
async function happen(world: World, life: Life, until: LocalDate) {
  const { random, grams, firstDose } = drinkingOf(life)
  if (!firstDose) return
  const checkIns = currentCheckIns(
    await runQuery(world.services, world.system, ({ db }) =>
      checkInsOfPerson(db, world.system.clinicId, life.personId),
    ),
  )
  for (let day = firstDose; day <= until; day = addDays(day, 1)) {
    if (grams.has(day)) continue
    // A check-in speaks for the days since the one before it; after the last one nobody has asked.
    const next = checkIns.find((entry) => entry.forDate >= day)
    const chance = !next
      ? Math.min(0.5, life.person.dailyUseRisk * (life.brief ? 1 : 40))
      : next.used === 'no'
        ? 0
        : next.forDate === day
          ? 1
          : 0.4
    const drank = random.chance(chance)
    const drinks = Math.max(1, Math.round(1 + 4 * life.person.severity + 1.4 * random.normal()))
    grams.set(day, drank ? drinks * GRAMS_PER_DRINK : 0)
  }
}

/** At the assessment: a urine screen and PEth. */
export function testAtAssessment(world: World, life: Life, at: Instant) {
  world.table.at(at, async () => {
    await urine(world, life, {})
    await peth(world, life)
  })
}

/** On arrival for a session: breath, and a cup. A week after the last dose ketamine is still found, as expected. */
export function testBeforeSession(world: World, life: Life, appointment: Appointment) {
  world.table.at(minutesAfter(appointment.startsAt, 6), async () => {
    await record(world, life, { kind: 'breath', gPerDl: 0, typed: { value: 0, unit: 'g/dL' } })
    await urine(world, life, { ketamine: appointment.sessionNumber > 1 })
  })
}

async function urine(
  world: World,
  life: Life,
  what: { readonly thin?: boolean; readonly ketamine?: boolean; readonly sedative?: boolean },
) {
  const { random } = drinkingOf(life)
  const cannabis = life.person.number % 5 === 0 && random.chance(0.7)
  const panel = ['cocaine-metabolite', 'amphetamines', 'opiates', 'fentanyl', 'benzodiazepines'] as const
  await record(world, life, {
    kind: 'urine',
    observed: false,
    checks: {
      temperatureC: Math.round((33.2 + 3 * random.next()) * 10) / 10,
      temperatureInTime: true,
      creatinineMgDl: what.thin ? random.integer(8, 17) : random.integer(45, 190),
      specificGravity: what.thin ? 1.002 : Math.round((1.008 + 0.015 * random.next()) * 1000) / 1000,
      ph: Math.round((5.4 + 1.6 * random.next()) * 10) / 10,
    },
    findings: [
      { analyte: 'cannabinoids', result: cannabis ? 'positive' : 'negative', basis: 'presumptive' },
      ...panel.map((analyte) => ({
        analyte,
        result:
          what.sedative && analyte === 'benzodiazepines' ? ('positive' as const) : ('negative' as const),
        basis: 'presumptive' as const,
      })),
      ...(what.ketamine
        ? [
            {
              analyte: 'ketamine' as const,
              result: 'expected-positive' as const,
              basis: 'presumptive' as const,
              reason: 'Ketamine given here a week before',
            },
          ]
        : []),
    ],
  })
}

function missed(world: World, life: Life) {
  return record(world, life, { kind: 'missed', why: 'Called in sick the evening before.' })
}

const PETH_LOD_NG_ML = 10

/** PEth follows what was drunk: the nearer the day, the more it weighs. */
async function peth(world: World, life: Life) {
  const { random, grams } = drinkingOf(life)
  const today = localDateOf(world.table.now(), world.zone)
  let weighed = 0
  let weights = 0
  for (let back = 1; back <= 90; back++) {
    const weight = Math.exp(-back / 13)
    weighed += weight * (grams.get(addDays(today, -back)) ?? 0)
    weights += weight
  }
  const ngMl = Math.round((weighed / weights) * 8 * (1 + 0.1 * random.normal()))
  await record(world, life, {
    kind: 'peth',
    value:
      ngMl < PETH_LOD_NG_ML ? { belowLod: true, lodNgMl: PETH_LOD_NG_ML } : { ngMl, lodNgMl: PETH_LOD_NG_ML },
  })
}

async function record(world: World, life: Life, result: Parameters<typeof recordTest.run>[1]['result']) {
  await act(world, world.staff.nurses[0]!, recordTest, {
    id: world.services.ids.next(),
    personId: life.personId,
    collectedAt: world.table.now(),
    result,
  })
}
