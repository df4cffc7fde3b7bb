import * as z from 'zod'
import { accountNames } from '../../../identity/index.server.ts'
import { mayDo } from '../../../platform/access.ts'
import { runCommand, runQuery } from '../../../platform/command.server.ts'
import type { Read } from '../../../platform/database.server.ts'
import { type FormAnswer, formProblem, parseForm } from '../../../platform/form.ts'
import { type ClinicId, isUuid, parseId } from '../../../platform/ids.ts'
import { goTo, notFound, type PageArgs } from '../../../platform/page.server.ts'
import {
  addDays,
  dateInWords,
  daysBetween,
  type LocalDate,
  localDateOf,
  momentInWords,
} from '../../../platform/time.ts'
import { accountOf } from '../../session/recorder.ts'
import { refusalWords } from '../../session/refusal-words.ts'
import { countStock, readCounts } from '../../treat-access.ts'
import { ledgerBalances } from '../balances-through.server.ts'
import { ledgerEnd } from '../ledger-queries.server.ts'
import { lots } from '../lot-queries.server.ts'
import { type CabinetId, placeCode, SAFE, type StorePlace } from '../movement.ts'
import { ledgerSettings } from '../settings/settings-queries.server.ts'
import { lotsOwedBy } from './count.ts'
import { countsUnderWay, endedCounts, type KeptCount } from './count-queries.server.ts'
import { beginCount, countInWork } from './count-stock.server.ts'
import { drugInWords, placeTitle } from './count-words.ts'
import { openDiscrepancies } from './discrepancy-queries.server.ts'
import { stockFacts } from './stock-facts.server.ts'

const ENDED_SHOWN = 50

/** Counts under way, when each place was counted last, and what came of the last counts. */
export async function loadCounts({ services, actor, clinic, url }: PageArgs) {
  return runQuery(services, actor, async ({ db, at, audit }) => {
    audit.read(readCounts.id, { object: 'stock-count' })
    const facts = await stockFacts(db, clinic.id)
    const { countEveryDays, twoPersonCount } = await ledgerSettings(db, clinic.id)
    const underWay = await countsUnderWay(db, clinic.id)
    const ended = await endedCounts(db, clinic.id, ENDED_SHOWN)
    const today = localDateOf(at, clinic.timeZone)
    const names = await accountNames(
      db,
      [...underWay, ...ended].flatMap(({ begunBy, end }) => [begunBy, ...(end ? [end.by] : [])]),
    )
    const title = (count: KeptCount) => {
      const lot = count.lotId && facts.lotOf.get(count.lotId)
      return `${placeTitle(count.place, facts.cabinetNames)}${lot ? `, lot ${lot.lotNumber} only` : ''}`
    }
    const places: StorePlace[] = [
      SAFE,
      ...[...facts.cabinetNames.keys()].map((id): StorePlace => ({ at: 'cabinet', id })),
    ]
    return {
      underWay: await progressOf(db, clinic.id, underWay, accountOf(actor), (count) => ({
        id: count.id,
        title: title(count),
        begun: momentInWords(count.begunAt, clinic.timeZone),
        by: names.get(count.begunBy) ?? 'unknown',
        people: count.people,
      })),
      places: places.map((place) => {
        const last = ended.find(
          ({ end, lotId, place: of }) =>
            end?.how === 'finished' && !lotId && placeCode(of) === placeCode(place),
        )
        const lastDay = last?.end && localDateOf(last.end.at, clinic.timeZone)
        return {
          code: place.at === 'cabinet' ? place.id : 'safe',
          title: placeTitle(place, facts.cabinetNames),
          last: lastDay ? dateInWords(lastDay) : undefined,
          ...dueOf(lastDay, today, countEveryDays),
        }
      }),
      ended: ended.map((count) => ({
        id: count.id,
        title: title(count),
        how: count.end!.how,
        when: momentInWords(count.end!.at, clinic.timeZone),
        by: names.get(count.end!.by) ?? 'unknown',
        reason: count.end!.reason,
      })),
      lots: (await lots(db, clinic.id)).flatMap((lot) =>
        lot.standing.length > 0
          ? [{ id: lot.id as string, label: `${lot.lotNumber}, ${drugInWords(lot)}` }]
          : [],
      ),
      discrepancies: (await openDiscrepancies(db, clinic.id)).length,
      twoPersonCount,
      countEveryDays,
      asked: { place: url.searchParams.get('place') ?? 'safe', lot: url.searchParams.get('lot') ?? '' },
      key: services.ids.next() as string,
      mayCount: mayDo(actor, countStock),
      done: url.searchParams.get('done') ?? undefined,
    }
  })
}

function dueOf(last: LocalDate | undefined, today: LocalDate, everyDays: number) {
  if (!last) return { due: { state: 'due' as const, word: 'not counted yet' } }
  const due = addDays(last, everyDays)
  const days = daysBetween(due, today)
  if (days > 0) return { due: { state: 'amber' as const, word: `due since ${dateInWords(due)}` } }
  return { due: { state: 'calm' as const, word: `next by ${dateInWords(due)}` } }
}

async function progressOf<Row>(
  db: Read,
  clinicId: ClinicId,
  counts: readonly KeptCount[],
  account: string,
  row: (count: KeptCount) => Row,
) {
  const end = await ledgerEnd(db, clinicId)
  const balances = ledgerBalances(db, clinicId)
  const rows = []
  for (const count of counts) {
    const state = (await countInWork(db, clinicId, count.id, end, balances))?.state ?? []
    rows.push({
      ...row(count),
      lots: state.length,
      settled: state.filter(({ settled }) => settled).length,
      again: state.filter(({ round, settled }) => round > 1 && !settled).length,
      owed: lotsOwedBy(state, account).length,
    })
  }
  return rows
}

const beginForm = z.object({
  key: z.string().refine(isUuid, 'Reload the page and try again.'),
  place: z
    .string({ error: 'Choose what is counted.' })
    .refine((text) => text === 'safe' || isUuid(text), 'Choose what is counted.'),
  lotId: z.string().refine(isUuid, 'Choose a lot, or leave it at all of them.').optional(),
})

/** Begins a count and leads to its list. */
export async function postBegin(
  page: PageArgs & { readonly form: FormData },
): Promise<FormAnswer | Response> {
  const parsed = parseForm(beginForm, page.form)
  if (!parsed.ok) return parsed.answer
  const { key, place, lotId } = parsed.value
  const outcome = await runCommand(page.services, page.actor, beginCount, {
    key: parseId<'stock-count'>(key) ?? notFound(),
    place: place === 'safe' ? SAFE : { at: 'cabinet', id: place as CabinetId },
    ...(lotId ? { lotId: parseId<'drug-lot'>(lotId) ?? notFound() } : {}),
  })
  if (outcome.ok) return goTo(`/work/stock/counts/${outcome.value.countId}`)
  switch (outcome.reason) {
    case 'count-under-way':
      return formProblem(page.form, {
        place: 'This is being counted now. Open that count above; it is joined, not begun twice.',
      })
    case 'nothing-stands-there':
      return formProblem(page.form, {
        place: 'By the ledger nothing stands there. Choose a lot to record that it is not there either.',
      })
    case 'no-such-place':
    case 'no-such-lot':
      return formProblem(page.form, {
        place: 'This is not one of the clinic’s places or lots. Reload the page.',
      })
    default:
      return formProblem(page.form, { place: refusalWords(outcome.reason) })
  }
}
