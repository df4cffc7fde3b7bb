import * as z from 'zod'
import type { StepUp } from '../../identity/index.ts'
import { mayDo } from '../../platform/access.ts'
import { runCommand, runQuery } from '../../platform/command.server.ts'
import { type FormAnswer, formProblem, parseForm } from '../../platform/form.ts'
import { parseId } from '../../platform/ids.ts'
import { goTo, notFound, type PageArgs } from '../../platform/page.server.ts'
import { type Instant, momentInWords } from '../../platform/time.ts'
import { refusalWords } from '../session/refusal-words.ts'
import type { SessionId } from '../session/session-event.ts'
import { readSession, readStock } from '../treat-access.ts'
import { movementsOfAct } from './ledger-queries.server.ts'
import type { DrugLot } from './lot-queries.server.ts'
import { returnUnits } from './move-stock.server.ts'
import type { Movement } from './movement.ts'
import { actInWords } from './movement-words.ts'
import { oneLine } from './one-line.ts'
import { readChosen } from './read-chosen.ts'
import { recordedOtherwise } from './sent-again.ts'
import {
  askForSetRight,
  askSetRight,
  isSettingRight,
  presentWrongWaste,
  recordSetRight,
} from './set-waste-right-page.server.ts'
import {
  type ActToSign,
  askedAt,
  isAboutWitness,
  namesWitness,
  type ReadingStep,
  signatureFor,
  toRead,
} from './signed-act.server.ts'
import { standingNow, syringeOf } from './standing-now.server.ts'
import { amountOfLot, itemInWords, type StandingItem, unitOf } from './standing-stock.ts'
import { needsWitness, takeOut } from './waste-stock.server.ts'
import { ownWaiting } from './witness-request/own-waiting.server.ts'
import { askElsewhere } from './witness-request/witness-post.server.ts'

type Posted = PageArgs & { readonly form: FormData }

/** What can become of drug that leaves, in the order of the form. */
const WAYS_OUT = ['waste', 'lose', 'send-back', 'destroy', 'return'] as const
type WayOut = (typeof WAYS_OUT)[number]

const WAY_WORDS: Readonly<Record<WayOut, string>> = {
  waste: ' into waste',
  lose: ', not to be found',
  'send-back': ', sent to the supplier or a reverse distributor',
  destroy: ', destroyed as stock',
  return: ', unopened, back into the safe',
}

const takeOutForm = z.object({
  key: z.uuid('Reload the page and try again.'),
  kind: z.enum(WAYS_OUT, { error: 'Choose what becomes of it.' }),
  from: z.string().optional(),
  amount: z.string().optional(),
  all: z.string().optional(),
  sessionId: z.uuid().optional(),
  reason: oneLine('Say why, in a few words.'),
})

/** The form: what stands, or what is in one session's syringe. */
export async function loadTakeOut({ services, actor, clinic, url }: PageArgs) {
  const asked = url.searchParams.get('session')
  const sessionId = asked === null ? undefined : (parseId<'session'>(asked) ?? notFound())
  return runQuery(services, actor, async ({ db, at, audit }) => {
    audit.read(readStock.id, { object: 'stock' })
    const stock = await standingNow({ db, at }, clinic)
    const syringe = sessionId && ((await syringeOf({ db }, clinic.id, sessionId, stock)) ?? notFound())
    const items = syringe ? syringe.items : stock.items
    const preset = url.searchParams.get('from') ?? ''
    const chosen = items.find(({ code }) => code === preset) ?? (items.length === 1 ? items[0] : undefined)
    return {
      key: services.ids.next() as string,
      today: stock.today,
      choices: items.map((item) => ({ value: item.code, label: itemInWords(item) })),
      chosen: chosen && presentItem(chosen),
      kind: url.searchParams.get('kind') ?? (syringe ? 'waste' : undefined),
      ways: WAYS_OUT.filter((way) => mayBeChosen(way, syringe?.items)),
      witnessed: stock.settings.twoPersonWaste,
      syringe: syringe && {
        sessionId: syringe.session.id as string,
        opened: momentInWords(syringe.session.openedAt, clinic.timeZone),
        ended: syringe.ended,
        follows: syringe.follows,
        maySee: mayDo(actor, readSession),
        wrong: presentWrongWaste(syringe, stock),
      },
    }
  })
}

export type TakeOutPage = Awaited<ReturnType<typeof loadTakeOut>>

function mayBeChosen(way: WayOut, inSyringe: readonly StandingItem[] | undefined): boolean {
  if (way === 'return') return inSyringe?.some(({ form }) => form !== 'vial') ?? false
  return inSyringe === undefined || way === 'waste' || way === 'lose'
}

/** What the form shows of the one thing it is about. */
export function presentItem(item: StandingItem) {
  return {
    code: item.code,
    words: itemInWords(item),
    unit: unitOf(item),
    left: item.sealedVial && item.hundredths % item.sealedVial === 0 ? item.what : item.amount,
    mg: item.mg,
  }
}

type Wanted = {
  readonly key: string
  readonly kind: WayOut
  readonly item: StandingItem
  readonly hundredths: number
  readonly sessionId: SessionId | undefined
  readonly reason: string
  readonly act: ActToSign
}

/**
 * Reads the form against what stands now.
 *
 * @param before what stands under its key already, where it is sent again: it is read against what stood before
 */
async function wantedOf(
  page: Posted,
  at: Instant,
  before: readonly Movement[] = [],
): Promise<
  { readonly ok: true; readonly wanted: Wanted } | { readonly ok: false; readonly answer: FormAnswer }
> {
  const { services, actor, clinic, form } = page
  const parsed = parseForm(takeOutForm, form)
  if (!parsed.ok) return { ok: false, answer: parsed.answer }
  const { key, kind, reason } = parsed.value
  const sessionId = parsed.value.sessionId
    ? (parseId<'session'>(parsed.value.sessionId) ?? notFound())
    : undefined
  return runQuery(services, actor, async ({ db, at: now }) => {
    const stock = await standingNow({ db, at: now }, clinic, before)
    const syringe =
      sessionId && ((await syringeOf({ db }, clinic.id, sessionId, stock, before)) ?? notFound())
    const problem = (errors: Readonly<Record<string, string>>) => ({
      ok: false as const,
      answer: formProblem(form, errors),
    })
    if (!mayBeChosen(kind, syringe?.items)) return problem({ kind: 'Choose one of these.' })
    if (syringe && !syringe.ended && kind !== 'return') {
      return problem({ form: refusalWords('infusion-not-ended') })
    }
    const read = readChosen(form, parsed.value, syringe ? syringe.items : stock.items, stock)
    if (!read.ok) return problem(read.errors)
    const { item, lot, hundredths, remarks } = read
    if (kind === 'return' && lot.form === 'vial') return problem({ kind: refusalWords('not-unopened') })
    const act: ActToSign = {
      says: actInWords(
        {
          what: amountOfLot(item, hundredths, lot),
          way: `from ${sourceWords(item, lot, syringe && momentInWords(syringe.session.openedAt, clinic.timeZone))}${WAY_WORDS[kind]}`,
          at,
          by: actor.kind === 'member' ? actor.name : 'unknown',
        },
        clinic.timeZone,
      ),
      why: reason,
      remarks,
      second: secondFor(kind, stock.settings.twoPersonWaste),
    }
    const input = { key: parseId<'ledger-movement'>(key) ?? notFound(), lotId: lot.id, from: item.from }
    const entering = kind === 'return' ? undefined : { ...input, kind, hundredths, reason }
    const waiting = await ownWaiting(
      { db, at: now, actor },
      clinic.timeZone,
      entering && { act: 'take-out', input: entering },
    )
    const wanted = { key, kind, item, hundredths, sessionId, reason, act: { ...act, waiting } }
    return { ok: true as const, wanted }
  })
}

function sourceWords(item: StandingItem, lot: DrugLot, session: string | undefined): string {
  if (session !== undefined) return `the syringe of the session opened ${session}`
  return lot.form === 'vial' && item.sealedVial === undefined ? `${item.what}, in ${item.where}` : item.where
}

function secondFor(kind: WayOut, twoPersonWaste: boolean): ActToSign['second'] {
  if (kind === 'return') return 'none'
  return needsWitness(kind, twoPersonWaste) ? 'required' : 'optional'
}

/** First post: the words, and nothing recorded. */
export async function askTakeOut(page: Posted): Promise<FormAnswer | ReadingStep | Response> {
  if (isSettingRight(page.form)) return askSetRight(page)
  const at = page.services.clock.now()
  const read = await wantedOf(page, at)
  if (!read.ok) return read.answer
  // A lot found by its code is named from here on.
  page.form.set('from', read.wanted.item.code)
  return toRead(page, read.wanted.act, at)
}

/** Instead of the second post: the words go to whoever may witness, on a device of their own. */
export async function askForTakeOut(page: Posted): Promise<FormAnswer | Response> {
  if (isSettingRight(page.form)) return askForSetRight(page)
  const read = await wantedOf(page, page.services.clock.now())
  if (!read.ok) return read.answer
  const { key, kind, item, hundredths, reason, act } = read.wanted
  if (kind === 'return') return notFound()
  const { lotId, from } = item
  const movementId = parseId<'ledger-movement'>(key) ?? notFound()
  const remarks = act.remarks?.length ? { remarks: act.remarks } : {}
  const input = { key: movementId, kind, lotId, from, hundredths, reason, ...remarks }
  return askElsewhere(page, { act: 'take-out', input }, 'amount')
}

/** Second post: the words were read, and who witnesses has signed. */
export async function recordTakeOut(page: Posted): Promise<FormAnswer | ReadingStep | Response> {
  const { services, form } = page
  if (isSettingRight(form)) return recordSetRight(page)
  const asked = askedAt(page)
  const before = await recordedBefore(page)
  if (before.length > 0) return sentAgain(page, asked, before)
  const read = await wantedOf(page, asked ?? services.clock.now())
  if (!read.ok) return read.answer
  const { kind, sessionId, act } = read.wanted
  const signed = await signatureFor(page, act, asked)
  if (!signed.ok) return signed.step
  const outcome = await recordWanted(page, read.wanted, { at: asked, witness: signed.witness })
  if (outcome.ok) return goTo(doneAt(kind, sessionId))
  if (outcome.reason === 'no-such-lot' || outcome.reason === 'no-such-session') notFound()
  if (outcome.reason === 'recorded-otherwise') return recordedOtherwise(form)
  if (isAboutWitness(outcome.reason)) {
    const at = asked ?? services.clock.now()
    return toRead(page, act, at, { errors: { secondEmail: refusalWords(outcome.reason) } })
  }
  return formProblem(form, { amount: refusalWords(outcome.reason) })
}

async function recordWanted(
  { services, actor }: Posted,
  { key, kind, item, hundredths, sessionId, reason, act }: Wanted,
  signed: { readonly at: Instant | undefined; readonly witness?: StepUp | undefined },
) {
  const every = {
    key: parseId<'ledger-movement'>(key) ?? notFound(),
    lotId: item.lotId,
    hundredths,
    reason,
  }
  if (kind === 'return') {
    return runCommand(services, actor, returnUnits, { ...every, sessionId: sessionId ?? notFound() })
  }
  return runCommand(services, actor, takeOut, {
    ...every,
    ...signed,
    kind,
    from: item.from,
    signed: act.says,
    remarks: act.remarks,
  })
}

async function recordedBefore({ services, actor, clinic, form }: Posted): Promise<Movement[]> {
  const key = parseId<'ledger-movement'>(String(form.get('key') ?? ''))
  return key ? runQuery(services, actor, ({ db }) => movementsOfAct(db, clinic.id, key)) : []
}

/** Something stands under this key: the command says whether it is what is sent now. Who signed need not sign again. */
async function sentAgain(
  page: Posted,
  asked: Instant | undefined,
  before: readonly Movement[],
): Promise<FormAnswer | Response> {
  const read = await wantedOf(page, asked ?? page.services.clock.now(), before)
  if (!read.ok || !(await namesWitness(page, before[0]?.witness))) return recordedOtherwise(page.form)
  const { kind, sessionId } = read.wanted
  const outcome = await recordWanted(page, read.wanted, { at: asked })
  return outcome.ok ? goTo(doneAt(kind, sessionId)) : recordedOtherwise(page.form)
}

function doneAt(kind: WayOut, sessionId: string | undefined): string {
  return `/work/stock?done=${kind}${sessionId ? `&of=${sessionId}` : ''}`
}
