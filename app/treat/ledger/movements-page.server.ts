import { accountNames, members } from '../../identity/index.server.ts'
import { mayDo } from '../../platform/access.ts'
import type { Actor, Role } from '../../platform/actor.ts'
import type { ClinicProfile } from '../../platform/clinic-profile.ts'
import { type ReadNeeds, runQuery } from '../../platform/command.server.ts'
import { parseId } from '../../platform/ids.ts'
import type { PageArgs } from '../../platform/page.server.ts'
import { addDays, instantAt, momentInWords } from '../../platform/time.ts'
import { readSession, readStock } from '../treat-access.ts'
import { askedDays } from './asked-days.ts'
import { closingsByMovement } from './counts/discrepancy-queries.server.ts'
import { cabinets, openedVials } from './ledger-queries.server.ts'
import { knownLots, lots } from './lot-queries.server.ts'
import { JOINS, type Movement, type MovementKind } from './movement.ts'
import { type MovementFilter, movementPage, movementsBeforeLedger } from './movement-list-queries.server.ts'
import { movementRow, type RowFacts } from './movement-row.ts'
import { amountInWords, KIND_WORDS } from './movement-words.ts'
import { lotChoices } from './standing-stock.ts'
import { checkpointStanding, readCheckpointFiles } from './verify/checkpoint-standing.server.ts'
import { standingInWords } from './verify/standing-words.ts'
import { readOneMoment } from './verify/verify-queries.server.ts'

const PAGE = 50
const BEFORE_LEDGER_SHOWN = 500
/** Who may have moved something. */
const STOCK_ROLES: readonly Role[] = ['nurse', 'prescriber', 'manager']
const FIELDS = ['from', 'to', 'lot', 'kind', 'person', 'session'] as const
type Asked = Partial<Record<(typeof FIELDS)[number], string>>

/** What a list of movements needs to be read: lots, vials, places and names. */
export async function rowFacts(
  { db, actor }: Pick<ReadNeeds, 'db'> & { readonly actor: Actor },
  clinic: Pick<ClinicProfile, 'id' | 'timeZone'>,
  movements: readonly Movement[],
): Promise<RowFacts> {
  const all = await knownLots(db, clinic.id)
  const lotIds = [...new Set(movements.map(({ lotId }) => lotId))]
  const people = movements.flatMap(({ by, witness }) => (witness ? [by, witness] : [by]))
  return {
    lots: all,
    vials: await openedVials(db, clinic.id, lotIds),
    cabinets: new Map((await cabinets(db, clinic.id)).map(({ id, name }) => [id, name])),
    names: await accountNames(db, people),
    closings: await closingsByMovement(
      db,
      clinic.id,
      movements.flatMap(({ id, detail }) => (detail?.discrepancyId ? [id] : [])),
    ),
    timeZone: clinic.timeZone,
    seesSessions: mayDo(actor, readSession),
  }
}

/** The list of movements, narrowed by the address; what cannot be read there is told and left out. */
export async function loadMovements({ services, actor, clinic, url }: PageArgs) {
  const asked: Asked = Object.fromEntries(
    FIELDS.flatMap((name) => {
      const value = url.searchParams.get(name)?.trim()
      return value ? [[name, value]] : []
    }),
  )
  const { filter, problems, days } = filterOf(asked, clinic.timeZone)
  const below = Number(url.searchParams.get('below') ?? Number.NaN)
  // Before the database: what stands in the file was committed by then.
  const files = readCheckpointFiles(services, clinic.id)
  const standing = await runQuery(services, actor, async ({ db, at }) => {
    await readOneMoment(db)
    return standingInWords(await checkpointStanding(files, db, clinic.id), at, clinic.timeZone)
  })
  return runQuery(services, actor, async ({ db, audit }) => {
    audit.read(readStock.id, { object: 'stock' })
    const found = await movementPage(db, clinic.id, filter, {
      limit: PAGE + 1,
      below: Number.isSafeInteger(below) && below > 0 ? below : undefined,
    })
    const shown = found.slice(0, PAGE)
    const facts = await rowFacts({ db, actor }, clinic, shown)
    const staff = await members(db, clinic.id, STOCK_ROLES)
    const first = new URLSearchParams(asked)
    const next = new URLSearchParams({ ...asked, below: String(shown.at(-1)?.seq) })
    return {
      asked,
      days,
      problems,
      standing,
      rows: shown.map((movement) => movementRow(movement, facts)),
      lots: lotChoices(await lots(db, clinic.id)),
      kinds: (Object.keys(JOINS) as MovementKind[]).map((kind) => ({ value: kind, label: KIND_WORDS[kind] })),
      people: staff.map(({ accountId, name }) => ({ value: accountId as string, label: name })),
      firstHref: Number.isNaN(below) ? undefined : `/work/stock/ledger?${first}`,
      nextHref: found.length > PAGE ? `/work/stock/ledger?${next}` : undefined,
      narrowed: Object.keys(asked).length > 0,
    }
  })
}

export type MovementsPage = Awaited<ReturnType<typeof loadMovements>>

/** Reads the filters of an address. Days are the clinic's, both included. */
function filterOf(asked: Asked, timeZone: string) {
  const { from, to, errors } = askedDays(asked)
  const problems: Partial<Record<keyof Asked, string>> = { ...errors }
  const kind =
    asked.kind !== undefined && Object.hasOwn(JOINS, asked.kind) ? (asked.kind as MovementKind) : undefined
  const lotId = parseId<'drug-lot'>(asked.lot)
  const person = parseId<'account'>(asked.person)
  const sessionId = parseId<'session'>(asked.session)
  if (asked.kind && !kind) problems.kind = 'Choose one of the list.'
  if (asked.lot && !lotId) problems.lot = 'Choose one of the list.'
  if (asked.person && !person) problems.person = 'Choose one of the list.'
  if (asked.session && !sessionId) problems.session = 'This is no session. Follow the link of a movement.'
  const filter: MovementFilter = {
    ...(from ? { from: instantAt(from, '00:00', timeZone) } : {}),
    ...(to ? { before: instantAt(addDays(to, 1), '00:00', timeZone) } : {}),
    ...(lotId ? { lotId } : {}),
    ...(kind ? { kind } : {}),
    ...(person ? { person } : {}),
    ...(sessionId ? { sessionId } : {}),
  }
  return { filter, problems, days: { from, to } }
}

const OLD_KINDS = {
  received: 'received',
  drawn: 'drawn for a session',
  wasted: 'wasted',
  'syringe-wasted': 'wasted from a syringe',
} as const

/** What was recorded before there was a ledger: read only, as it was written. */
export async function loadBeforeLedger({ services, actor, clinic }: PageArgs) {
  return runQuery(services, actor, async ({ db, audit }) => {
    audit.read(readStock.id, { object: 'stock' })
    const moved = await movementsBeforeLedger(db, clinic.id, BEFORE_LEDGER_SHOWN + 1)
    const all = new Map((await knownLots(db, clinic.id)).map((lot) => [lot.id, lot]))
    const names = await accountNames(
      db,
      moved.map(({ by }) => by),
    )
    return {
      more: moved.length > BEFORE_LEDGER_SHOWN,
      rows: moved.slice(0, BEFORE_LEDGER_SHOWN).map((each) => {
        const lot = all.get(each.lotId)
        return {
          id: each.id,
          when: momentInWords(each.at, clinic.timeZone),
          lot: lot?.lotNumber ?? 'unknown',
          kind: OLD_KINDS[each.kind],
          amount: amountInWords(Math.round(each.amount * 100), lot?.form ?? 'vial'),
          by: names.get(each.by) ?? 'unknown',
          reason: each.reason,
        }
      }),
    }
  })
}
