import * as z from 'zod'
import { accountNames, confirmIdentity, confirmSecond } from '../../../identity/index.server.ts'
import { notConfirmedWords, parseSignedForm } from '../../../identity/index.ts'
import { mayDo } from '../../../platform/access.ts'
import { runCommand, runQuery } from '../../../platform/command.server.ts'
import type { Read } from '../../../platform/database.server.ts'
import { type FormAnswer, formProblem, parseForm } from '../../../platform/form.ts'
import { isUuid, parseId } from '../../../platform/ids.ts'
import { goTo, notFound, type PageArgs } from '../../../platform/page.server.ts'
import { dateInWords, type Instant, localDateOf, momentInWords, msBetween } from '../../../platform/time.ts'
import { ageText } from '../../../ui/age-text.ts'
import { refusalWords } from '../../session/refusal-words.ts'
import {
  closeDiscrepancy as closeAction,
  noteDiscrepancy as noteAction,
  readCounts,
  writeLossReport,
} from '../../treat-access.ts'
import { ledgerBalances } from '../balances-through.server.ts'
import { movementPage } from '../movement-list-queries.server.ts'
import { movementRow } from '../movement-row.ts'
import { amountInWords } from '../movement-words.ts'
import { rowFacts } from '../movements-page.server.ts'
import { WITNESS_ROLES } from '../witness.server.ts'
import { actRefusalWords } from '../witness-request/request-words.ts'
import { askElsewhere } from '../witness-request/witness-post.server.ts'
import { basisOfDiscrepancy, closeDiscrepancy, noteDiscrepancy } from './close-discrepancy.server.ts'
import {
  CLOCK_CHIPS,
  countedInWords,
  countItemInWords,
  differenceInWords,
  FINDING_WORDS,
  placeTitle,
} from './count-words.ts'
import { type Discrepancy, discrepancyClock, FINDINGS } from './discrepancy.ts'
import {
  closedDiscrepancies,
  discrepancyById,
  notesOfDiscrepancy,
  openDiscrepancies,
} from './discrepancy-queries.server.ts'
import { type StockFacts, stockFacts } from './stock-facts.server.ts'

const CLOSED_SHOWN = 50

function presentDiscrepancy(
  each: Discrepancy,
  facts: StockFacts,
  { at, timeZone }: { readonly at: Instant; readonly timeZone: string },
) {
  const lot = facts.lotOf.get(each.lotId)
  const clock = discrepancyClock(each, localDateOf(at, timeZone))
  return {
    id: each.id,
    lotId: each.lotId,
    countId: each.countId,
    placeCode: each.place.at === 'cabinet' ? each.place.id : 'safe',
    title: `Lot ${lot?.lotNumber ?? 'unknown'}, ${countItemInWords(each, lot, facts.vials)}`,
    place: placeTitle(each.place, facts.cabinetNames),
    expected: countedInWords(each.expected, each, lot),
    counted: each.counted === undefined ? undefined : countedInWords(each.counted, each, lot),
    difference: each.counted === undefined ? undefined : differenceInWords(each.counted - each.expected, lot),
    opened: momentInWords(each.openedAt, timeZone),
    age: ageText(msBetween(each.openedAt, at)),
    due: dateInWords(each.dueOn),
    clock,
    chip: CLOCK_CHIPS[clock],
  }
}

/** What counts found and nobody has closed, the oldest first. */
export async function openDifferences(db: Read, { id: clinicId, timeZone }: PageArgs['clinic'], at: Instant) {
  const open = await openDiscrepancies(db, clinicId)
  if (open.length === 0) return []
  const facts = await stockFacts(db, clinicId)
  return open.map((each) => presentDiscrepancy(each, facts, { at, timeZone }))
}

/** What counts found and nobody has closed, the oldest first; then what was closed. */
export async function loadDiscrepancies({ services, actor, clinic }: PageArgs) {
  return runQuery(services, actor, async ({ db, at, audit }) => {
    audit.read(readCounts.id, { object: 'discrepancy' })
    const facts = await stockFacts(db, clinic.id)
    const clocks = { at, timeZone: clinic.timeZone }
    const lost = await movementPage(db, clinic.id, { kind: 'lose' }, { limit: CLOSED_SHOWN })
    const closed = await closedDiscrepancies(db, clinic.id, CLOSED_SHOWN)
    const balances = ledgerBalances(db, clinic.id)
    const open = []
    for (const each of await openDiscrepancies(db, clinic.id)) {
      const { expected, counted, late } = await basisOfDiscrepancy(db, clinic.id, each, balances)
      const shown = presentDiscrepancy({ ...each, expected, counted }, facts, clocks)
      open.push({ ...shown, difference: late.length > 0 ? 'count again' : shown.difference })
    }
    return {
      open,
      closed: closed.map((each) => ({
        ...presentDiscrepancy(each, facts, clocks),
        finding: FINDING_WORDS[each.closing!.finding].label,
        closedAt: momentInWords(each.closing!.at, clinic.timeZone),
      })),
      lost: mayDo(actor, writeLossReport)
        ? lost.map((movement) => {
            const lot = facts.lotOf.get(movement.lotId)
            return {
              href: `/work/stock/loss/movement/${movement.id}`,
              title: `Lot ${lot?.lotNumber ?? 'unknown'}, ${amountInWords(movement.hundredths, lot?.form ?? 'vial')}`,
              text: `Lost ${momentInWords(movement.at, clinic.timeZone)}: the draft of a report`,
            }
          })
        : [],
    }
  })
}

const idOf = ({ params }: PageArgs) => parseId<'count-discrepancy'>(params.id) ?? notFound()

/** One discrepancy with what was found out about it. */
export async function loadDiscrepancy(page: PageArgs) {
  const { services, actor, clinic, url } = page
  const id = idOf(page)
  return runQuery(services, actor, async ({ db, at, audit }) => {
    const found = (await discrepancyById(db, clinic.id, id)) ?? notFound()
    audit.read(readCounts.id, { object: 'discrepancy', objectId: id })
    const facts = await stockFacts(db, clinic.id)
    const lot = facts.lotOf.get(found.lotId)
    const notes = await notesOfDiscrepancy(db, clinic.id, id)
    const basis = await basisOfDiscrepancy(db, clinic.id, found)
    const lateFacts = await rowFacts({ db, actor }, clinic, basis.late)
    const { closing } = found
    const names = await accountNames(db, [
      ...notes.map(({ by }) => by),
      ...(closing ? [closing.by, closing.witness ?? ''] : []),
    ])
    const name = (account: string) => names.get(account) ?? 'unknown'
    return {
      ...presentDiscrepancy(found, facts, { at, timeZone: clinic.timeZone }),
      basis: {
        countId: basis.countId,
        later: basis.countId !== found.countId,
        agrees: basis.agrees,
        words:
          basis.counted === undefined
            ? 'the two counters did not agree'
            : `${countedInWords(basis.counted, found, lot)} counted, ${countedInWords(basis.expected, found, lot)} in the ledger`,
        late: basis.late.map((movement) => movementRow(movement, lateFacts)),
        change:
          basis.late.length > 0 || basis.counted === undefined || basis.counted === basis.expected
            ? undefined
            : differenceInWords(basis.counted - basis.expected, lot),
      },
      notes: notes.map((note) => ({
        id: note.id as string,
        at: note.at,
        when: momentInWords(note.at, clinic.timeZone),
        by: name(note.by),
        words: note.words,
      })),
      closing: closing && {
        finding: FINDING_WORDS[closing.finding].label,
        words: closing.words,
        when: momentInWords(closing.at, clinic.timeZone),
        by: name(closing.by),
        witness: closing.witness && name(closing.witness),
        moved: closing.movementId !== undefined,
      },
      keys: { note: services.ids.next() as string, close: services.ids.next() as string },
      mayNote: mayDo(actor, noteAction),
      mayClose: mayDo(actor, closeAction),
      mayReport: mayDo(actor, writeLossReport),
      done: url.searchParams.get('done') ?? undefined,
    }
  })
}

export type DiscrepancyView = Awaited<ReturnType<typeof loadDiscrepancy>>

const words = (message: string) => z.string({ error: message }).max(2000, 'Keep this under 2000 characters.')
const key = z.string().refine(isUuid, 'Reload the page and try again.')

const noteForm = z.object({ key, words: words('Write what was found out.') })

const closeForm = z.object({
  key,
  basis: z.string().refine(isUuid, 'Reload the page and try again.'),
  finding: z.enum(FINDINGS, { error: 'Choose what was found.' }),
  closingWords: words('Say what happened, as far as it is known.'),
})

type Posted = PageArgs & { readonly form: FormData }

export async function postNote(page: Posted): Promise<FormAnswer | Response> {
  const id = idOf(page)
  const parsed = parseForm(noteForm, page.form)
  if (!parsed.ok) return parsed.answer
  const outcome = await runCommand(page.services, page.actor, noteDiscrepancy, {
    key: parseId<'discrepancy-note'>(parsed.value.key) ?? notFound(),
    discrepancyId: id,
    words: parsed.value.words,
  })
  if (outcome.ok) return goTo(`/work/stock/discrepancies/${id}?done=noted`)
  if (outcome.reason !== 'recorded-otherwise') return notFound()
  return formProblem(page.form, {
    words:
      'Something else was added with this form already; it is in the log above. What you wrote now is below and not added yet.',
  })
}

/** Closes a discrepancy: the manager signs, somebody else witnesses what is moved. */
export async function postClose(page: Posted): Promise<FormAnswer | Response> {
  const { services, actor, form } = page
  const parsed = parseSignedForm(closeForm, form)
  if (!parsed.ok) return parsed.answer
  const problem = (errors: Record<string, string>) => formProblem(form, errors)
  const witnessed = ['secondPassword', 'secondPasskey'].some((name) => form.get(name))
  const second = witnessed ? await confirmSecond(page, WITNESS_ROLES) : undefined
  if (second && !second.ok) {
    return problem({
      secondPassword: notConfirmedWords(second, 'This is not the password of a colleague who may witness.'),
    })
  }
  const confirmed = await confirmIdentity(page)
  if (!confirmed.ok) return problem({ password: notConfirmedWords(confirmed, NOT_YOUR_PASSWORD) })
  const input = inputOf(page, parsed.value)
  const outcome = await runCommand(services, actor, closeDiscrepancy, {
    ...input,
    stepUp: confirmed.stepUp,
    ...(second ? { witness: second.stepUp } : {}),
  })
  if (outcome.ok) return goTo(`/work/stock/discrepancies/${input.discrepancyId}?done=closed`)
  switch (outcome.reason) {
    case 'no-such-discrepancy':
    case 'not-allowed':
      return notFound()
    case 'recorded-otherwise':
      return problem({
        form: 'You have closed this already, with another finding or other words. What you signed first stands; what you wrote now is below, to be added to the log.',
      })
    case 'closed-already':
    case 'counted-since':
      return problem({ form: actRefusalWords(outcome.reason) })
    case 'count-again-first':
    case 'nothing-is-missing':
      return problem({ finding: actRefusalWords(outcome.reason) })
    case 'not-enough-there':
      return problem({
        finding:
          'By the ledger less than that stands there by now. Count this lot again, then close it with that.',
      })
    case 'not-confirmed':
      return problem({ password: refusalWords(outcome.reason) })
    default:
      return problem({ secondPassword: refusalWords(outcome.reason) })
  }
}

/** The manager signs, and what would be moved goes to whoever may witness, on a device of their own. */
export async function askForClosing(page: Posted): Promise<FormAnswer | Response> {
  const parsed = parseSignedForm(closeForm, page.form)
  if (!parsed.ok) return parsed.answer
  const confirmed = await confirmIdentity(page)
  if (!confirmed.ok) {
    return formProblem(page.form, { password: notConfirmedWords(confirmed, NOT_YOUR_PASSWORD) })
  }
  const input = inputOf(page, parsed.value)
  return askElsewhere(page, { act: 'close-discrepancy', input, own: confirmed.stepUp }, 'finding')
}

const NOT_YOUR_PASSWORD = 'This is not the password of your account. Nothing was closed.'

function inputOf(page: Posted, typed: z.infer<typeof closeForm>) {
  return {
    key: parseId<'ledger-movement'>(typed.key) ?? notFound(),
    discrepancyId: idOf(page),
    seenBasis: typed.basis,
    finding: typed.finding,
    words: typed.closingWords,
  }
}
