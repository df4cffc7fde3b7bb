import * as z from 'zod'
import { mayDo } from '../../platform/access.ts'
import { runCommand, runQuery } from '../../platform/command.server.ts'
import { type FormAnswer, formProblem, parseForm } from '../../platform/form.ts'
import { parseId } from '../../platform/ids.ts'
import { goTo, notFound, type PageArgs } from '../../platform/page.server.ts'
import { refusalWords } from '../session/refusal-words.ts'
import { addCabinet as addCabinetAction, readStock } from '../treat-access.ts'
import { addCabinet } from './keep-stock.server.ts'
import { movementsOfAct } from './ledger-queries.server.ts'
import { moveStock } from './move-stock.server.ts'
import { type CabinetId, SAFE, type StorePlace } from './movement.ts'
import { oneLine } from './one-line.ts'
import { readChosen } from './read-chosen.ts'
import { recordedOtherwise } from './sent-again.ts'
import { standingNow } from './standing-now.server.ts'
import { itemInWords } from './standing-stock.ts'
import { presentItem } from './take-out-page.server.ts'

type Posted = PageArgs & { readonly form: FormData }

export async function loadMove({ services, actor, clinic, url }: PageArgs) {
  return runQuery(services, actor, async ({ db, at, audit }) => {
    audit.read(readStock.id, { object: 'stock' })
    const { items, facts, today } = await standingNow({ db, at }, clinic)
    const preset = url.searchParams.get('from') ?? ''
    const chosen = items.find(({ code }) => code === preset)
    return {
      keys: { move: services.ids.next() as string, cabinet: services.ids.next() as string },
      today,
      choices: items.map((item) => ({ value: item.code, label: itemInWords(item) })),
      chosen: chosen && presentItem(chosen),
      places: [
        { value: 'safe', label: 'The safe' },
        ...[...facts.cabinets].map(([id, name]) => ({ value: id as string, label: `Cabinet ${name}` })),
      ],
      done: url.searchParams.get('done') ?? undefined,
      mayAdd: mayDo(actor, addCabinetAction),
    }
  })
}

export type MovePage = Awaited<ReturnType<typeof loadMove>>

const moveForm = z.object({
  key: z.uuid('Reload the page and try again.'),
  from: z.string().optional(),
  amount: z.string().optional(),
  all: z.string().optional(),
  to: z.string({ error: 'Choose where it goes.' }),
  reason: oneLine('Say why, in a few words.').optional(),
})

/** Moves what was chosen; an opened vial goes with all that is in it. */
export async function move(page: Posted): Promise<FormAnswer | Response> {
  const { services, actor, clinic, form } = page
  const parsed = parseForm(moveForm, form)
  if (!parsed.ok) return parsed.answer
  const { key, to, reason } = parsed.value
  const movementId = parseId<'ledger-movement'>(key) ?? notFound()
  // Sent twice: the first one has taken what the second would look for.
  const { stock, isThere } = await runQuery(services, actor, async ({ db, at }) => {
    const act = await movementsOfAct(db, clinic.id, movementId)
    return {
      stock: await standingNow({ db, at }, clinic, act),
      isThere: act.length > 0,
    }
  })
  const opened = stock.items.find(({ code }) => code === parsed.value.from)?.draw !== undefined
  const typed = opened ? { ...parsed.value, all: 'yes' } : parsed.value
  const read = readChosen(form, typed, stock.items, stock)
  if (!read.ok) return isThere ? recordedOtherwise(form) : formProblem(form, read.errors)
  const place: StorePlace =
    to === 'safe' ? SAFE : { at: 'cabinet', id: parseId<'drug-cabinet'>(to) ?? ('' as CabinetId) }
  if (place.at === 'cabinet' && !stock.facts.cabinets.has(place.id)) {
    return formProblem(form, { to: refusalWords('no-such-cabinet') })
  }
  const { item, hundredths } = read
  const { place: fromPlace, container } = item.from
  if (fromPlace.at === 'syringe') notFound()
  const outcome = await runCommand(services, actor, moveStock, {
    key: movementId,
    lotId: item.lotId,
    from: { place: fromPlace, ...(container ? { container } : {}) },
    to: place,
    hundredths,
    reason: reason ?? '',
  })
  if (outcome.ok) return goTo(`/work/stock?done=moved&act=${movementId}`)
  if (outcome.reason === 'no-such-lot') notFound()
  if (outcome.reason === 'recorded-otherwise') return recordedOtherwise(form)
  const atPlace = ['same-place', 'no-such-cabinet', 'lot-expired', 'lot-recalled'].includes(outcome.reason)
  return formProblem(form, { [atPlace ? 'to' : 'amount']: refusalWords(outcome.reason) })
}

const cabinetForm = z.object({
  key: z.uuid('Reload the page and try again.'),
  name: z
    .string({ error: 'Name the cabinet by its room, such as Room 2.' })
    .max(60, 'Keep the name under 60 characters.'),
})

/** A further cabinet, by the manager. */
export async function newCabinet(page: Posted): Promise<FormAnswer | Response> {
  const parsed = parseForm(cabinetForm, page.form)
  if (!parsed.ok) return parsed.answer
  const outcome = await runCommand(page.services, page.actor, addCabinet, {
    key: parseId<'drug-cabinet'>(parsed.value.key) ?? notFound(),
    name: parsed.value.name,
  })
  if (outcome.ok) return goTo('/work/stock/move?done=cabinet')
  if (outcome.reason === 'recorded-otherwise') {
    const words = 'A cabinet of another name was added with this form already. This one is not added yet.'
    return recordedOtherwise(page.form, 'name', words)
  }
  return formProblem(page.form, { name: refusalWords(outcome.reason) })
}
