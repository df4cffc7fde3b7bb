import { accountNames, confirmIdentity } from '../../../identity/index.server.ts'
import { notConfirmedWords } from '../../../identity/index.ts'
import { mayDo } from '../../../platform/access.ts'
import { runCommand, runQuery } from '../../../platform/command.server.ts'
import type { Read } from '../../../platform/database.server.ts'
import { type FormAnswer, formProblem } from '../../../platform/form.ts'
import { type ClinicId, parseId } from '../../../platform/ids.ts'
import { goTo, notFound, type PageArgs } from '../../../platform/page.server.ts'
import { dateInWords, momentInWords, timeInWords } from '../../../platform/time.ts'
import { accountOf } from '../../session/recorder.ts'
import { refusalWords } from '../../session/refusal-words.ts'
import { countStock, readCounts } from '../../treat-access.ts'
import { ledgerEnd } from '../ledger-queries.server.ts'
import { type Movement, placeCode } from '../movement.ts'
import { KIND_WORDS } from '../movement-words.ts'
import { type CountItem, itemCode, itemsAt, type LotCount, lotsOwedBy } from './count.ts'
import { type AskedItem, itemFields, readSheet } from './count-form.ts'
import { type CountInWork, countInWork, enterSheet, stopCount } from './count-stock.server.ts'
import { countedInWords, countItemInWords, drugInWords, placeTitle } from './count-words.ts'
import type { Discrepancy } from './discrepancy.ts'
import { discrepanciesOfCount, openDiscrepancies } from './discrepancy-queries.server.ts'
import { type StockFacts, stockFacts } from './stock-facts.server.ts'

const idOf = ({ params }: PageArgs) => parseId<'stock-count'>(params.id) ?? notFound()

/**
 * One count as the reader may see it: what they have still to count, without any figure of the ledger or of somebody else; figures
 * of a lot only once it is settled.
 */
export async function loadCount(page: PageArgs) {
  const { services, actor, clinic, url } = page
  const id = idOf(page)
  return runQuery(services, actor, async ({ db, audit }) => {
    const seenSeq = await ledgerEnd(db, clinic.id)
    const work = (await countInWork(db, clinic.id, id, seenSeq)) ?? notFound()
    audit.read(readCounts.id, { object: 'stock-count', objectId: id })
    const facts = await stockFacts(db, clinic.id)
    const { count, sheets, ledger, state } = work
    const discrepancies = await foundBy(db, clinic.id, work)
    const names = await accountNames(db, [
      count.begunBy,
      ...(count.end ? [count.end.by] : []),
      ...sheets.map(({ by }) => by),
      ...ledger.movements.map(({ by }) => by),
    ])
    const name = (account: string) => names.get(account) ?? 'unknown'
    const owed = count.end || !mayDo(actor, countStock) ? [] : lotsOwedBy(state, accountOf(actor))
    const lotNumber = (lotId: Movement['lotId']) => facts.lotOf.get(lotId)?.lotNumber ?? 'unknown'
    return {
      id,
      title: placeTitle(count.place, facts.cabinetNames),
      onlyLot: count.lotId && lotNumber(count.lotId),
      people: count.people,
      begun: `${momentInWords(count.begunAt, clinic.timeZone)} by ${name(count.begunBy)}`,
      end: count.end && {
        how: count.end.how,
        reason: count.end.reason,
        words: `${momentInWords(count.end.at, clinic.timeZone)} by ${name(count.end.by)}`,
      },
      /** Who has signed a sheet, and when: never what stands on it. */
      signed: sheets.map(({ id: sheetId, by, at }) => ({
        id: sheetId,
        words: `${name(by)}, ${momentInWords(at, clinic.timeZone)}`,
      })),
      besides: count.end
        ? sheets.flatMap(({ id: sheetId, besides, by }) =>
            besides ? [{ id: sheetId, by: name(by), besides }] : [],
          )
        : [],
      seenSeq,
      owed: owed.map((lotId) => askedLot(work, facts, lotId, seenSeq, clinic.timeZone)),
      waiting: state.flatMap((lot) =>
        lot.settled || owed.includes(lot.lotId)
          ? []
          : [{ lotId: lot.lotId, lotNumber: lotNumber(lot.lotId), round: lot.round }],
      ),
      moved: count.end
        ? []
        : ledger.movements.map((movement) => ({
            seq: movement.seq,
            words: `Lot ${lotNumber(movement.lotId)} ${KIND_WORDS[movement.kind]}, ${timeInWords(movement.at, clinic.timeZone)}, ${name(movement.by)}`,
          })),
      settled: state.flatMap((lot) => settledLot(lot, facts, name)),
      discrepancies: discrepancies.map((each) => ({
        id: each.id,
        words: `Lot ${lotNumber(each.lotId)}, ${countItemInWords(each, facts.lotOf.get(each.lotId), facts.vials)}`,
        closed: each.closing !== undefined,
      })),
      key: services.ids.next() as string,
      mayCount: mayDo(actor, countStock),
      done: url.searchParams.get('done') ?? undefined,
    }
  })
}

/** What a count found: what it opened, and what was open already of an item on which it does not agree with the ledger. */
async function foundBy(db: Read, clinicId: ClinicId, { count, state }: CountInWork): Promise<Discrepancy[]> {
  const own = await discrepanciesOfCount(db, clinicId, count.id)
  const differing = new Set(
    state.flatMap(({ settled }) => (settled?.verdicts ?? []).filter(({ agrees }) => !agrees).map(itemCode)),
  )
  const before = (await openDiscrepancies(db, clinicId)).filter(
    (each) =>
      each.countId !== count.id &&
      placeCode(each.place) === placeCode(count.place) &&
      differing.has(itemCode(each)),
  )
  return [...own, ...before]
}

export type CountView = Awaited<ReturnType<typeof loadCount>>

function askedLot(
  { count, ledger, state }: CountInWork,
  facts: StockFacts,
  lotId: LotCount['lotId'],
  seq: number,
  timeZone: string,
) {
  const lot = facts.lotOf.get(lotId)
  const { past, round } = state.find((each) => each.lotId === lotId)!
  return {
    lotId,
    lotNumber: lot?.lotNumber ?? 'unknown',
    drug: lot ? drugInWords(lot) : 'unknown',
    expires: lot ? dateInWords(lot.expiresOn) : 'unknown',
    form: lot?.form ?? 'vial',
    round,
    why: past.at(-1)?.why.kind,
    items: itemsAt([lotId], ledger, count.place, seq).map((item) => ({
      ...itemFields(item),
      code: itemCode(item),
      label: itemLabel(item, facts, timeZone),
    })),
  }
}

function itemLabel(item: CountItem, facts: StockFacts, timeZone: string): string {
  const lot = facts.lotOf.get(item.lotId)
  const what = countItemInWords(item, lot, facts.vials)
  const vial = facts.vials.find(({ id }) => id === item.container)
  const opened = vial ? `, opened ${momentInWords(vial.openedAt, timeZone)}` : ''
  return `${what.slice(0, 1).toUpperCase()}${what.slice(1)}${opened}`
}

function settledLot(lot: LotCount, facts: StockFacts, name: (account: string) => string) {
  if (!lot.settled) return []
  const drug = facts.lotOf.get(lot.lotId)
  const { entries, verdicts } = lot.settled
  return [
    {
      lotId: lot.lotId,
      lotNumber: drug?.lotNumber ?? 'unknown',
      drug: drug ? drugInWords(drug) : 'unknown',
      rounds: lot.round,
      items: verdicts.map((verdict) => ({
        code: itemCode(verdict),
        what: countItemInWords(verdict, drug, facts.vials),
        expected: countedInWords(verdict.expected, verdict, drug),
        said: entries.map(({ by, lines }) => {
          const line = lines.find((each) => itemCode(each) === itemCode(verdict))
          return `${line ? countedInWords(line.hundredths, verdict, drug) : 'nothing said'} by ${name(by)}`
        }),
        agrees: verdict.agrees,
        unagreed: verdict.counted === undefined,
      })),
    },
  ]
}

type Posted = PageArgs & { readonly form: FormData }

/** Takes in what somebody typed and signed. The list is the one that stood on their page. */
export async function postSheet(page: Posted): Promise<FormAnswer | Response> {
  const { services, actor, clinic, form } = page
  const id = idOf(page)
  const typed = (field: string) => {
    const value = form.get(field)
    return typeof value === 'string' ? value : undefined
  }
  const seen = typed('seen') ?? ''
  const seenSeq = /^\d{1,15}$/.test(seen) ? Number(seen) : notFound()
  const asked = await runQuery(services, actor, async ({ db }): Promise<AskedItem[]> => {
    const work = (await countInWork(db, clinic.id, id, await ledgerEnd(db, clinic.id))) ?? notFound()
    const { lotOf } = await stockFacts(db, clinic.id)
    const owed = lotsOwedBy(work.state, accountOf(actor))
    // A sheet that is sent again is read by the list it was first read by.
    const sent = work.sheets.find((sheet) => sheet.id === typed('key'))
    const items = sent ? sent.lines : itemsAt(owed, work.ledger, work.count.place, seenSeq)
    return items.map(({ lotId, container }) => {
      const item = { lotId, ...(container ? { container } : {}) }
      const lot = lotOf.get(item.lotId)
      return {
        ...item,
        form: lot?.form ?? 'vial',
        containerHundredths: lot?.form === 'vial' ? Math.round(lot.containerMl * 100) : 100,
      }
    })
  })
  const sheet = readSheet(asked, typed)
  const besides = (typed('besides') ?? '').trim()
  const errors = {
    ...(sheet.ok ? {} : sheet.errors),
    ...(besides.length > 500 ? { besides: 'Keep this under 500 characters.' } : {}),
    ...(typed('password') || typed('passkey')
      ? {}
      : { password: 'Enter your password to sign, or use a passkey.' }),
  }
  if (!sheet.ok || Object.keys(errors).length > 0) return formProblem(form, errors)
  const confirmed = await confirmIdentity(page)
  if (!confirmed.ok) {
    return formProblem(form, {
      password: notConfirmedWords(confirmed, 'This is not the password of your account. Nothing was signed.'),
    })
  }
  const outcome = await runCommand(services, actor, enterSheet, {
    key: parseId<'count-sheet'>(typed('key')) ?? notFound(),
    countId: id,
    seenSeq,
    lines: sheet.lines,
    besides,
    stepUp: confirmed.stepUp,
    timeZone: clinic.timeZone,
  })
  if (outcome.ok) return goTo(`/work/stock/counts/${id}?done=signed`)
  switch (outcome.reason) {
    case 'no-such-count':
      return notFound()
    case 'count-ended':
      return formProblem(form, {
        form: 'This count has ended since you opened the page. Nothing was recorded.',
      })
    case 'recorded-otherwise':
      return formProblem(form, {
        form: `You have signed this form already with other figures or words, and those stand. ${besides ? `What you wrote now was not kept: “${besides}”. ` : ''}Where what you signed is wrong, count again.`,
      })
    case 'counted-already':
      return formProblem(form, {
        form: 'You have counted this already. The other figure is somebody else’s to enter.',
      })
    case 'other-list':
      return formProblem(form, {
        form: 'What is to be counted has changed since you opened the page. Look at the list below again, then sign.',
      })
    default:
      return formProblem(form, { password: refusalWords(outcome.reason) })
  }
}

/** Stops a count that will not be finished. */
export async function postStop(page: Posted): Promise<FormAnswer | Response> {
  const id = idOf(page)
  const reason = String(page.form.get('reason') ?? '').trim()
  if (reason === '' || reason.length > 500) {
    return formProblem(page.form, {
      reason: reason ? 'Keep this under 500 characters.' : 'Say why it is stopped.',
    })
  }
  const outcome = await runCommand(page.services, page.actor, stopCount, { countId: id, reason })
  if (outcome.ok) return goTo(`/work/stock/counts/${id}`)
  if (outcome.reason === 'no-such-count') return notFound()
  return formProblem(page.form, {
    reason:
      outcome.reason === 'recorded-otherwise'
        ? `This count was stopped already, and the reason given then stands. What you wrote was not kept: “${reason}”.`
        : 'This count is finished already. Nothing was changed.',
  })
}
