import { confirmIdentity, personById } from '../../../identity/index.server.ts'
import { notConfirmedWords } from '../../../identity/index.ts'
import { runCommand, runQuery } from '../../../platform/command.server.ts'
import type { Read } from '../../../platform/database.server.ts'
import { type FormAnswer, formProblem, parseForm } from '../../../platform/form.ts'
import { parseId } from '../../../platform/ids.ts'
import { goTo, notFound, type PageArgs } from '../../../platform/page.server.ts'
import {
  addMs,
  DAY_MS,
  type Instant,
  instantAt,
  type LocalDate,
  momentInWords,
} from '../../../platform/time.ts'
import { nameOnWall } from '../../board/wall-pages.ts'
import { refusalWords } from '../../session/refusal-words.ts'
import type { SessionId } from '../../session/session-event.ts'
import {
  type SessionRecord,
  sessionRecord,
  sessionsOpenedSince,
} from '../../session/session-queries.server.ts'
import { recordFromPaper as paperAction } from '../../treat-access.ts'
import { movementsOfAct } from '../ledger-queries.server.ts'
import type { LotBalance } from '../lot-queries.server.ts'
import { type CabinetId, type Movement, placeCode, type StorePlace } from '../movement.ts'
import { movementRow } from '../movement-row.ts'
import { placeInWords } from '../movement-words.ts'
import { rowFacts } from '../movements-page.server.ts'
import { balancesOnHand } from '../on-hand-queries.server.ts'
import { balancesBefore, recordedOtherwise } from '../sent-again.ts'
import {
  type ActToSign,
  askedAt,
  isAboutWitness,
  namesWitness,
  type ReadingStep,
  signatureFor,
  toRead,
} from '../signed-act.server.ts'
import { type StandingNow, standingNow } from '../standing-now.server.ts'
import { amountOfLot, itemInWords, itemOf, readAmount, type StandingItem } from '../standing-stock.ts'
import { needsWitness } from '../waste-stock.server.ts'
import { type FromPaperForm, fromPaperForm } from './from-paper-form.ts'
import type { PaperLine } from './paper-line.ts'
import { newestFromPaper } from './paper-queries.server.ts'
import { type LookedAt, lookAtLine, type PaperRefusal, recordFromPaper } from './record-from-paper.server.ts'
import { readSheetNumber, sheetNumber } from './sheet-number.ts'

type Posted = PageArgs & { readonly form: FormData }

/** Sessions a line may be of: a power cut is entered within days. A design default. */
const SESSIONS_OF_DAYS = 7
/** Among how many movements those from paper are looked for. */
const AMONG = 500

/** The form for a line, and what was entered from paper before it. */
export async function loadFromPaper({ services, actor, clinic, url }: PageArgs) {
  const asked = (name: string) => url.searchParams.get(name) ?? undefined
  return runQuery(services, actor, async ({ db, at, audit }) => {
    const stock = await standingNow({ db, at }, clinic)
    const { sessions, syringes } = await sessionsAndSyringes(db, clinic, at, stock)
    audit.read(paperAction.id, { object: 'stock', detail: { sessions: sessions.length } })
    const entered = await newestFromPaper(db, clinic.id, AMONG)
    const facts = await rowFacts({ db, actor }, clinic, entered)
    return {
      key: services.ids.next() as string,
      today: stock.today,
      day: asked('day') ?? stock.today,
      sheet: asked('sheet'),
      done: asked('done'),
      choices: [...stock.items, ...syringes.map(({ item }) => item)].map((item) => ({
        value: item.code,
        label: labelOf(item, syringes),
      })),
      sessions: sessions.map(({ id, label }) => ({ value: id as string, label })),
      places: storePlaces(stock).map((place) => ({
        value: placeCode(place),
        label: placeInWords(place, stock.facts.cabinets),
      })),
      witnessed: stock.settings.twoPersonWaste,
      entered: entered.map((movement) => ({
        ...movementRow(movement, facts),
        sheet: String(movement.detail?.sheet ?? '–'),
      })),
    }
  })
}

export type FromPaperPage = Awaited<ReturnType<typeof loadFromPaper>>

type KnownSession = { readonly id: SessionId; readonly label: string }
type Syringe = { readonly item: StandingItem; readonly session: KnownSession }

/** Sessions of the last days, newest first, and every syringe that still holds something. They are told by initials, as on the sheet. */
async function sessionsAndSyringes(
  db: Read,
  { id: clinicId, timeZone }: PageArgs['clinic'],
  at: Instant,
  stock: StandingNow,
  before: readonly Movement[] = [],
): Promise<{ readonly sessions: readonly KnownSession[]; readonly syringes: readonly Syringe[] }> {
  const known = async (session: SessionRecord): Promise<KnownSession> => {
    const name = (await personById(db, clinicId, session.personId))?.displayName ?? '?'
    const opened = momentInWords(session.openedAt, timeZone)
    return {
      id: session.id,
      label: `${opened}: ${nameOnWall(name, 'initials')}, record …${session.personId.slice(-8)}`,
    }
  }
  const sessions: KnownSession[] = []
  const recent = await sessionsOpenedSince(db, clinicId, addMs(at, -SESSIONS_OF_DAYS * DAY_MS))
  for (const session of recent.toReversed()) sessions.push(await known(session))
  const syringes: Syringe[] = []
  for (const balance of balancesBefore(await balancesOnHand(db, clinicId), before)) {
    const { place, lotId, hundredths } = balance
    const lot = stock.lots.find(({ id }) => id === lotId)
    if (place.at !== 'syringe' || hundredths <= 0 || !lot) continue
    const older = sessions.find(({ id }) => id === place.id)
    const record = older ? undefined : await sessionRecord(db, clinicId, place.id)
    const session = older ?? (record && (await known(record)))
    if (session) syringes.push({ item: itemOf(lot, balance, stock.facts), session })
  }
  return { sessions, syringes }
}

function labelOf(item: StandingItem, syringes: readonly Syringe[]): string {
  const syringe = syringes.find((each) => each.item.code === item.code)
  return syringe ? `${itemInWords(item)} of ${syringe.session.label}` : itemInWords(item)
}

function storePlaces({ facts }: StandingNow): StorePlace[] {
  return [
    { at: 'safe' },
    ...[...facts.cabinets.keys()].map((id: CabinetId) => ({ at: 'cabinet', id }) as const),
  ]
}

type NotRead = { readonly ok: false; readonly answer: FormAnswer }
type ReadLine =
  | NotRead
  | { readonly ok: true; readonly line: TypedLine['line']; readonly day: LocalDate; readonly act: ActToSign }

/** A line as it was typed, and what it is about. */
type TypedLine = {
  readonly ok: true
  readonly line: PaperLine & { readonly vialNumber?: number }
  readonly day: LocalDate
  readonly item: StandingItem
  readonly lot: LotBalance
  readonly stock: StandingNow
  readonly sessions: readonly KnownSession[]
  readonly syringes: readonly Syringe[]
}

/**
 * Reads the form against what stands now.
 *
 * @param before what stands under its key already, where it is sent again: it is read against what stood before
 */
async function typedLine(
  { clinic, form }: Posted,
  { db, at }: { readonly db: Read; readonly at: Instant },
  before: readonly Movement[] = [],
): Promise<NotRead | TypedLine> {
  const parsed = parseForm(fromPaperForm, form)
  if (!parsed.ok) return { ok: false, answer: parsed.answer }
  const typed = parsed.value
  const no = (errors: Readonly<Record<string, string>>): NotRead => ({
    ok: false,
    answer: formProblem(form, errors),
  })
  const stock = await standingNow({ db, at }, clinic, before)
  const { sessions, syringes } = await sessionsAndSyringes(db, clinic, at, stock, before)
  const item = [...stock.items, ...syringes.map((each) => each.item)].find(({ code }) => code === typed.from)
  const lot = item && stock.lots.find(({ id }) => id === item.lotId)
  if (!item || !lot) return no({ from: 'This is no longer there by the ledger. Choose again.' })
  if (typed.kind === 'draw' && !typed.sessionId)
    return no({ sessionId: 'Choose the session it was drawn for.' })
  const to = storePlaces(stock).find((place) => placeCode(place) === typed.to)
  if (typed.kind === 'move' && !to) return no({ to: 'Choose where it was carried to.' })
  const amount = amountOf(typed, item, lot)
  if (!amount.ok) return no({ amount: amount.message })
  const sheet = typed.sheet === undefined ? undefined : plainSheet(typed.sheet)
  const line = {
    key: parseId<'ledger-movement'>(typed.key) ?? notFound(),
    ...(sheet === undefined ? {} : { sheet }),
    at: instantAt(typed.day, typed.time.padStart(5, '0'), clinic.timeZone),
    kind: typed.kind,
    lotId: lot.id,
    from: item.from,
    ...(typed.kind === 'move' && to ? { to } : {}),
    hundredths: amount.hundredths,
    ...(typed.kind === 'draw' ? { sessionId: parseId<'session'>(typed.sessionId) ?? notFound() } : {}),
    ...(typed.vialNumber === undefined ? {} : { vialNumber: typed.vialNumber }),
    reason: typed.reason ?? '',
  }
  return { ok: true, line, day: typed.day, item, lot, stock, sessions, syringes }
}

/** Reads the form against what stands now, and puts the line into words. */
async function lineOf(page: Posted): Promise<ReadLine> {
  const { services, actor, clinic, form } = page
  return runQuery(services, actor, async ({ db, at }): Promise<ReadLine> => {
    const typed = await typedLine(page, { db, at })
    if (!typed.ok) return typed
    const { line, day, item, lot, stock, sessions, syringes } = typed
    const looked = await lookAtLine({ db, at, actor, ids: services.ids }, line, lot)
    if (!looked.ok) return { ok: false, answer: formProblem(form, refusalAt(looked.reason)) }
    if (looked.cannotBe.length > 0 && line.reason === '') {
      return { ok: false, answer: whyMissing(form, looked.cannotBe) }
    }
    const session =
      line.sessionId === undefined
        ? syringes.find((each) => each.item.code === item.code)?.session
        : sessions.find(({ id }) => id === line.sessionId)
    const by = actor.kind === 'member' ? actor.name : 'unknown'
    const act: ActToSign = {
      says: `${sentence(lineInWords(line, item, lot, looked, session?.label, stock))}. It happened on ${momentInWords(line.at, clinic.timeZone)}; entered from paper${line.sheet ? `, sheet ${line.sheet},` : ''} by ${by}.`,
      ...(line.reason ? { why: line.reason } : {}),
      remarks: looked.questions,
      second:
        (line.kind === 'waste' || line.kind === 'lose') &&
        needsWitness(line.kind, stock.settings.twoPersonWaste)
          ? 'required'
          : 'optional',
    }
    return { ok: true, line, day, act }
  })
}

/** A sheet's number as it is printed; what is none stays as typed and is refused by its own words. */
function plainSheet(typed: string): string {
  const read = readSheetNumber(typed)
  return read ? sheetNumber({ seq: read.seq, hash: read.short }) : typed
}

function amountOf(typed: FromPaperForm, item: StandingItem, lot: LotBalance): ReturnType<typeof readAmount> {
  if (typed.kind === 'open') {
    return { ok: true, hundredths: Math.min(item.sealedVial ?? item.hundredths, item.hundredths) }
  }
  // An opened vial is carried with all that is in it.
  if (typed.kind === 'move' && item.from.container) return { ok: true, hundredths: item.hundredths }
  if (typed.kind !== 'draw' || lot.form !== 'vial') return readAmount(typed.amount ?? '', item)
  const { sealedVial: _, ...inMl } = item
  return readAmount(typed.amount ?? '', inMl)
}

/** What is said of a line, before its time and who enters it. */
function lineInWords(
  line: PaperLine,
  item: StandingItem,
  lot: LotBalance,
  looked: Extract<LookedAt, { ok: true }>,
  session: string | undefined,
  stock: StandingNow,
): string {
  const syringe = `the syringe of the session opened ${session ?? 'at an unknown time'}`
  const opens = looked.opened !== undefined
  const where = item.from.place.at === 'syringe' ? syringe : item.where
  const source = item.from.container ? `${item.what}, in ${where}` : where
  const { sealedVial: _, ...inMl } = item
  const amount = amountOfLot(opens ? inMl : item, line.hundredths, lot)
  switch (line.kind) {
    case 'open':
      return `a sealed vial with ${amount} opened in ${where}; it is vial ${looked.number}`
    case 'draw':
      return `${amount} drawn from ${opens ? `a sealed vial of ${where}, which was opened for it and is vial ${looked.number},` : source} into ${syringe}`
    case 'waste':
      return `${amount} from ${source} into waste`
    case 'lose':
      return `${amount} from ${source}, not to be found`
    case 'return':
      return `${amount}, unopened, from ${source} back into the safe`
    case 'move':
      return `${amount} from ${source} into ${placeInWords(line.to!, stock.facts.cabinets)}`
  }
}

const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

const FIELDS: Readonly<Partial<Record<PaperRefusal, string>>> = {
  'future-time': 'time',
  'before-received': 'time',
  'no-such-sheet': 'sheet',
  'not-this-kind': 'kind',
  'not-whole': 'amount',
  'over-one-vial': 'amount',
  'not-enough-there': 'amount',
  'vial-number-taken': 'vialNumber',
  'no-such-session': 'sessionId',
  'draw-after-closing': 'sessionId',
  'no-such-cabinet': 'to',
}

/** The time of a line cannot be left empty, so that its refusal has words of its own. */
function refusalAt(reason: PaperRefusal | 'not-allowed'): Readonly<Record<string, string>> {
  const words =
    reason === 'future-time' ? 'This time lies in the future. Read the sheet again.' : refusalWords(reason)
  return { [FIELDS[reason as PaperRefusal] ?? 'form']: words }
}

/** By its times the line cannot be, and nobody has said why it is right all the same. */
function whyMissing(form: FormData, cannotBe: readonly string[]): FormAnswer {
  return formProblem(form, {
    reason: `${cannotBe.join(' ')} If they are right, say here in a few words how it came about: it stays with the line.`,
  })
}

/** First post: the line in words, with what has to be asked about. Nothing is recorded. */
export async function askFromPaper(page: Posted): Promise<FormAnswer | ReadingStep | Response> {
  const read = await lineOf(page)
  return read.ok ? toRead(page, read.act, page.services.clock.now()) : read.answer
}

/** Second post: read, and signed by who enters it and, where somebody witnessed it, by them. */
export async function enterFromPaper(page: Posted): Promise<FormAnswer | ReadingStep | Response> {
  const { services, actor, clinic, form } = page
  const key = parseId<'ledger-movement'>(String(form.get('key') ?? ''))
  const before = key ? await runQuery(services, actor, ({ db }) => movementsOfAct(db, clinic.id, key)) : []
  if (before.length > 0) return sentAgain(page, before)
  const read = await lineOf(page)
  if (!read.ok) return read.answer
  const { line, act, day } = read
  const asked = askedAt(page)
  const again = (more: Parameters<typeof toRead>[3]) => toRead(page, act, asked ?? services.clock.now(), more)
  const signed = await signatureFor(page, act, asked)
  if (!signed.ok) return signed.step
  const own = await confirmIdentity(page)
  if (!own.ok) {
    const words = 'This is not the password of your account. Nothing was recorded.'
    return again({ errors: { password: notConfirmedWords(own, words) } })
  }
  const outcome = await runCommand(services, actor, recordFromPaper, {
    ...line,
    stepUp: own.stepUp,
    ...(signed.witness ? { witness: signed.witness } : {}),
    signed: act.says,
    sure: act.remarks ?? [],
  })
  if (outcome.ok) return goTo(doneAt(outcome.value.seq, day, line.sheet))
  if (isAboutWitness(outcome.reason)) return again({ errors: { secondEmail: refusalWords(outcome.reason) } })
  if (outcome.reason === 'not-confirmed')
    return again({ errors: { password: 'Enter your password again to sign.' } })
  if (outcome.reason === 'asked-anew') {
    const { questions } = outcome.detail as { readonly questions: readonly string[] }
    const now = services.clock.now()
    return toRead(page, { ...act, remarks: questions }, now, { changed: true })
  }
  if (outcome.reason === 'recorded-otherwise') return recordedOtherwise(form)
  if (outcome.reason === 'why-missing') {
    return whyMissing(form, (outcome.detail as { readonly cannotBe: readonly string[] }).cannotBe)
  }
  return formProblem(form, refusalAt(outcome.reason))
}

/** Something stands under this key: the command says whether it is this line. Who signed need not sign again. */
async function sentAgain(page: Posted, before: readonly Movement[]): Promise<FormAnswer | Response> {
  const { services, actor, form } = page
  const typed = await runQuery(services, actor, (needs) => typedLine(page, needs, before))
  if (!typed.ok || !(await namesWitness(page, before.at(-1)?.witness))) return recordedOtherwise(form)
  const { line, day } = typed
  const outcome = await runCommand(services, actor, recordFromPaper, { ...line, signed: '', sure: [] })
  return outcome.ok ? goTo(doneAt(outcome.value.seq, day, line.sheet)) : recordedOtherwise(form)
}

function doneAt(seq: number, day: LocalDate, sheet: string | undefined): string {
  return `/work/stock/from-paper?done=${seq}&day=${day}${sheet ? `&sheet=${encodeURIComponent(sheet)}` : ''}`
}
