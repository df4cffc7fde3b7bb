import { confirmMedicines, recordMedicine, recordWorkUp } from '../app/assess/index.server.ts'
import type { Member } from '../app/platform/actor.ts'
import { addDays, DAY_MS, type Instant, localDateOf, msBetween } from '../app/platform/time.ts'
import { act, type Life, minutesAfter, type World } from './world.ts'

type Told = Parameters<typeof recordMedicine.run>[1]['told']
type RowId = Parameters<typeof recordMedicine.run>[1]['id']
type Taken = { readonly name: string; readonly dose: string; readonly other?: true }

/** Lists such as people bring; which one somebody has is chosen by their number. */
const LISTS: readonly (readonly Taken[])[] = [
  [],
  [{ name: 'Sertraline', dose: '100 mg in the morning', other: true }],
  [
    { name: 'Naltrexone', dose: '50 mg a day' },
    { name: 'Lisinopril', dose: '10 mg a day', other: true },
  ],
  [],
  [{ name: 'Lamictal', dose: '200 mg a day' }],
  [{ name: 'Gabapentin', dose: '300 mg three times a day' }],
  [
    { name: 'Ativan', dose: '0.5 mg at night, some nights' },
    { name: 'Metoprolol', dose: '50 mg a day', other: true },
  ],
  [{ name: 'Antabuse', dose: '250 mg a day' }],
]

/** A nurse asks for every medicine at the visit; "none" is written down as an answer of its own. */
export function tellMedicines(world: World, life: Life, at: Instant) {
  world.table.at(minutesAfter(at, 4), async () => {
    const nurse = world.staff.nurses[0]!
    const rows: RowId[] = []
    const record = async (told: Told) => {
      const id = world.services.ids.next<'medicine-entry'>()
      await act(world, nurse, recordMedicine, { id, personId: life.personId, told })
      rows.push(id)
    }
    const list = LISTS[life.person.number % LISTS.length]!
    if (list.length === 0) await record({ kind: 'none', source: 'self-report' })
    const today = localDateOf(world.table.now(), world.zone)
    for (const { name, dose, other } of list) {
      await record({
        kind: 'taken',
        name,
        group: other ? 'none-of-these' : 'not-known',
        dose,
        since: addDays(today, -30 * (3 + (life.person.number % 20))),
        lastTakenAt: undefined,
        source: 'self-report',
      })
    }
    life.medicines = { rows, askedAt: world.table.now() }
  })
}

/** Before a dose the nurse asks again, when the list is some weeks old or names something taken as needed. */
export async function askMedicinesAgain(world: World, life: Life, nurse: Member) {
  const { medicines } = life
  if (!medicines) return
  const now = world.table.now()
  const asNeeded = LISTS[life.person.number % LISTS.length]!.some(({ name }) => name === 'Ativan')
  if (!asNeeded && msBetween(medicines.askedAt, now) < 25 * DAY_MS) return
  const { rows } = await act(world, nurse, confirmMedicines, {
    key: world.services.ids.next<'medicine-entry'>(),
    personId: life.personId,
    seen: medicines.rows,
  })
  life.medicines = { rows, askedAt: now }
}

type Written = Pick<Parameters<typeof recordWorkUp.run>[1], 'itemId' | 'outcome' | 'words' | 'usState'>

/** What is written down by hand at the visit. Every seventh person still lacks some of it, as happens. */
function writtenAtTheVisit(number: number): readonly Written[] {
  const all: readonly Written[] = [
    { itemId: 'pdmp', outcome: 'done', words: 'Nothing that was not told.', usState: 'VA' },
    { itemId: 'renal', outcome: 'done', words: 'Creatinine 0.9 mg/dL, eGFR above 90.' },
    { itemId: 'urinalysis', outcome: 'done', words: 'No blood, no protein, no sign of infection.' },
    { itemId: 'cbc', outcome: 'not-needed', words: 'Not indicated: a normal one three months ago, seen.' },
    { itemId: 'tsh', outcome: 'not-needed', words: 'Not indicated by history or examination.' },
    { itemId: 'bladder-score', outcome: 'done', words: `IPSS on paper: ${number % 6} points.` },
    number % 2 === 0
      ? {
          itemId: 'first-line-naltrexone',
          outcome: 'done',
          words: 'Took it for some months, three years ago.',
        }
      : { itemId: 'first-line-naltrexone', outcome: 'refused', words: 'I do not want a tablet every day.' },
    { itemId: 'first-line-acamprosate', outcome: 'refused', words: 'Three times a day is not for me.' },
    { itemId: 'first-line-cbt', outcome: 'done', words: 'Goes to the group here on Tuesdays.' },
  ]
  return number % 7 === 3
    ? all.filter(({ itemId }) => !['pdmp', 'urinalysis', 'renal'].includes(itemId))
    : all
}

/** A nurse writes down what of the work-up is no fact, test or form. */
export function writeWorkUp(world: World, life: Life, at: Instant) {
  world.table.at(minutesAfter(at, 12), async () => {
    for (const written of writtenAtTheVisit(life.person.number)) {
      await act(world, world.staff.nurses[0]!, recordWorkUp, {
        id: world.services.ids.next<'work-up-entry'>(),
        personId: life.personId,
        happenedAt: world.table.now(),
        ...written,
      })
    }
  })
}
