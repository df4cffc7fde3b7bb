import type { Id, PersonId } from '../../platform/ids.ts'
import type { Instant, LocalDate } from '../../platform/time.ts'
import type { MedicineGroup } from './medicine-groups.ts'
import { namedIn } from './medicine-names.ts'

export type MedicineEntryId = Id<'medicine-entry'>

export const MEDICINE_SOURCES = [
  { id: 'self-report', title: 'Told by the person' },
  { id: 'staff', title: 'Seen by staff (bottle, own prescription)' },
  { id: 'outside-record', title: 'Outside record (pharmacy, PDMP, letter)' },
] as const
export type MedicineSource = (typeof MEDICINE_SOURCES)[number]['id']

/** What is said of one medicine. `to-start` is planned and not taken yet. */
export type MedicineTold = {
  readonly kind: 'taken' | 'to-start'
  /** As it was told; never rewritten. */
  readonly name: string
  readonly group: MedicineGroup
  readonly dose: string | undefined
  readonly since: LocalDate | undefined
  readonly lastTakenAt: Instant | undefined
  readonly source: MedicineSource
}

export type EntryOf =
  | MedicineTold
  | { readonly kind: 'none'; readonly source: MedicineSource }
  | { readonly kind: 'stopped' | 'withdrawn' }

/** One row of the log. A change names the row that it replaces, and why. */
export type MedicineEntry = {
  readonly id: MedicineEntryId
  readonly personId: PersonId
  readonly told: EntryOf
  readonly replaces: MedicineEntryId | undefined
  readonly reason: string | undefined
  readonly recordedAt: Instant
  /** Account id. */
  readonly recordedBy: string
}

/** A medicine that stands now. */
export type Medicine = Omit<MedicineEntry, 'told'> & {
  readonly told: MedicineTold
  readonly groups: readonly MedicineGroup[]
  /** This row and the earlier ones it repeats word for word: asked again, and nothing had changed. */
  readonly repeats: readonly MedicineEntryId[]
}

/**
 * unknown: nobody has told anything, or everything told was stopped or taken back, and nobody said that there is
 * nothing else. none: somebody said that no medicine is taken. listed: at least one stands.
 */
export type MedicineList = {
  readonly state: 'unknown' | 'none' | 'listed'
  readonly medicines: readonly Medicine[]
  /** The newest row of any kind; undefined when there is none. */
  readonly newest: MedicineEntry | undefined
  /** The statement "no medicines" that stands. */
  readonly none: MedicineEntry | undefined
}

/**
 * The groups a medicine belongs to: those its name says, and the one staff chose, both. A name that the table does not
 * know is settled only by a group that staff chose.
 */
export function groupsOf({ name, group }: Pick<MedicineTold, 'name' | 'group'>): MedicineGroup[] {
  const byName = namedIn(name).map((one) => one.group)
  const chosen = byName.length > 0 && (group === 'not-known' || group === 'none-of-these') ? [] : [group]
  return [...new Set([...byName, ...chosen])]
}

/** The rows a list rests on: its medicines, or the statement that there are none. */
export function standingEntries({ medicines, none }: MedicineList): readonly MedicineEntry[] {
  return medicines.length > 0 ? medicines : none ? [none] : []
}

/** Since when nobody has asked for part of a list: its oldest row; undefined while nothing stands. */
export function listAskedAt(list: MedicineList): Instant | undefined {
  return standingEntries(list)
    .map(({ recordedAt }) => recordedAt)
    .sort()[0]
}

/**
 * A person's medicines as they stand.
 *
 * @param entries the whole log of one person, in any order
 */
export function medicineList(entries: readonly MedicineEntry[]): MedicineList {
  const replaced = new Set(entries.map(({ replaces }) => replaces))
  const inOrder = [...entries].sort(
    (a, b) => a.recordedAt.localeCompare(b.recordedAt) || a.id.localeCompare(b.id),
  )
  const byId = new Map(entries.map((entry) => [entry.id, entry]))
  const standing = inOrder.filter(({ id }) => !replaced.has(id))
  const medicines = standing.flatMap((entry): Medicine[] =>
    entry.told.kind === 'taken' || entry.told.kind === 'to-start'
      ? [{ ...entry, told: entry.told, groups: groupsOf(entry.told), repeats: repeatsOf(entry, byId) }]
      : [],
  )
  const newest = inOrder.at(-1)
  const spoken = standing.findLast(({ told }) => told.kind !== 'withdrawn')
  const none = medicines.length === 0 && spoken?.told.kind === 'none' ? spoken : undefined
  return { state: medicines.length > 0 ? 'listed' : none ? 'none' : 'unknown', medicines, newest, none }
}

function repeatsOf(
  entry: MedicineEntry,
  byId: ReadonlyMap<MedicineEntryId, MedicineEntry>,
): readonly MedicineEntryId[] {
  const before = entry.replaces && byId.get(entry.replaces)
  return before && saysTheSame(entry.told, before.told) ? [entry.id, ...repeatsOf(before, byId)] : [entry.id]
}

function saysTheSame(one: EntryOf, other: EntryOf): boolean {
  const words = (told: EntryOf) => JSON.stringify(Object.entries(told).sort(([a], [b]) => a.localeCompare(b)))
  return words(one) === words(other)
}
