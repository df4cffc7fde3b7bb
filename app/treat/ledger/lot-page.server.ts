import * as z from 'zod'
import { accountNames } from '../../identity/index.server.ts'
import { mayDo } from '../../platform/access.ts'
import { runCommand, runQuery } from '../../platform/command.server.ts'
import { type FormAnswer, formProblem, parseForm } from '../../platform/form.ts'
import { parseId } from '../../platform/ids.ts'
import { goTo, notFound, type PageArgs } from '../../platform/page.server.ts'
import { dateInWords, momentInWords } from '../../platform/time.ts'
import { refusalWords } from '../session/refusal-words.ts'
import { moveStock, readStock, recallLot as recallAction, wasteStock } from '../treat-access.ts'
import { recallLot } from './keep-stock.server.ts'
import { recallHistory } from './lot-queries.server.ts'
import { movementsOfLot } from './movement-list-queries.server.ts'
import { movementRow, runningBalance } from './movement-row.ts'
import { amountInWords } from './movement-words.ts'
import { rowFacts } from './movements-page.server.ts'
import { oneLine } from './one-line.ts'
import { standingNow } from './standing-now.server.ts'
import { presentLot } from './stock-page.server.ts'

/** Movements on a lot's card; the ledger's list has all of them. */
const SHOWN = 200

const lotIdOf = ({ params }: Pick<PageArgs, 'params'>) => parseId<'drug-lot'>(params.id) ?? notFound()

/** One lot: what it is, where it stands, and how it came to that. */
export async function loadLot(page: PageArgs) {
  const { services, actor, clinic, url } = page
  const id = lotIdOf(page)
  return runQuery(services, actor, async ({ db, at, audit }) => {
    const stock = await standingNow({ db, at }, clinic)
    const lot = stock.lots.find((each) => each.id === id) ?? notFound()
    audit.read(readStock.id, { object: 'lot', objectId: id })
    const moved = await movementsOfLot(db, clinic.id, id)
    const facts = await rowFacts({ db, actor }, clinic, moved)
    const balance = runningBalance(moved)
    const history = await recallHistory(db, clinic.id, lot)
    const names = await accountNames(
      db,
      history.map(({ by }) => by),
    )
    return {
      lot: presentLot(lot, stock),
      received: momentInWords(lot.receivedAt, clinic.timeZone),
      expires: dateInWords(lot.expiresOn),
      container: lot.form === 'vial' ? `${lot.containerMl} mL` : undefined,
      gtin: lot.gtin,
      supplier: lot.supplier,
      invoice: lot.invoice,
      movements: moved
        .toReversed()
        .slice(0, SHOWN)
        .map((movement) => ({
          ...movementRow(movement, facts),
          balance: amountInWords(balance.get(movement.seq) ?? 0, lot.form),
        })),
      more: moved.length > SHOWN,
      recalls: history.map(({ state, reason, at: when, by }) => ({
        state,
        reason,
        at: when as string,
        when: momentInWords(when, clinic.timeZone),
        by: names.get(by) ?? 'unknown',
      })),
      key: services.ids.next() as string,
      done: url.searchParams.get('done') ?? undefined,
      mayRecall: mayDo(actor, recallAction),
      mayMove: mayDo(actor, moveStock),
      mayTakeOut: mayDo(actor, wasteStock),
    }
  })
}

export type LotPage = Awaited<ReturnType<typeof loadLot>>

const recallForm = z.object({
  key: z.uuid('Reload the page and try again.'),
  reason: oneLine('Say who told you and why, such as the maker’s letter and its date.'),
})

/** Calls the lot back, or says that this is over. */
export function postRecall(state: 'recalled' | 'cleared') {
  return async (page: PageArgs & { readonly form: FormData }): Promise<FormAnswer | Response> => {
    const lotId = lotIdOf(page)
    const parsed = parseForm(recallForm, page.form)
    if (!parsed.ok) return parsed.answer
    const outcome = await runCommand(page.services, page.actor, recallLot, {
      key: parseId<'lot-recall'>(parsed.value.key) ?? notFound(),
      lotId,
      state,
      reason: parsed.value.reason,
    })
    if (outcome.ok) return goTo(`/work/stock/lots/${lotId}?done=${state}`)
    if (outcome.reason === 'no-such-lot') notFound()
    return formProblem(page.form, { reason: refusalWords(outcome.reason) })
  }
}
