import * as z from 'zod'
import { runCommand, runQuery } from '../../platform/command.server.ts'
import { type FormAnswer, formProblem, parseForm } from '../../platform/form.ts'
import { parseId } from '../../platform/ids.ts'
import { goTo, notFound, type PageArgs } from '../../platform/page.server.ts'
import { dateInWords, type Instant, localDateOf, parseLocalDate } from '../../platform/time.ts'
import { plainFigure, unsureComma } from '../session/plain-figure.ts'
import { refusalWords } from '../session/refusal-words.ts'
import { readStock } from '../treat-access.ts'
import { gtinOf } from './barcode/gtin.ts'
import { withScan } from './barcode/scan-form.ts'
import { recallsOf } from './lot-queries.server.ts'
import { microgramsOf } from './movement.ts'
import { movementsOfLot } from './movement-list-queries.server.ts'
import { actInWords, countInWords, mgInWords, UNIT_NAMES } from './movement-words.ts'
import { oneLine } from './one-line.ts'
import { otherFactsOnRecord } from './other-facts.server.ts'
import { lotOf, type ReceivedStock, receiveStock } from './receive-stock.server.ts'
import { recordedOtherwise } from './sent-again.ts'
import { ledgerSettings } from './settings/settings-queries.server.ts'
import {
  type ActToSign,
  askedAt,
  isAboutWitness,
  namesWitness,
  type ReadingStep,
  signatureFor,
  toRead,
} from './signed-act.server.ts'
import { ownWaiting } from './witness-request/own-waiting.server.ts'
import { askElsewhere } from './witness-request/witness-post.server.ts'

type Posted = PageArgs & { readonly form: FormData }

export async function loadReceive({ services, actor, clinic }: PageArgs) {
  return runQuery(services, actor, async ({ db, at, audit }) => {
    audit.read(readStock.id, { object: 'stock' })
    const { twoPersonReceive } = await ledgerSettings(db, clinic.id)
    return {
      key: services.ids.next() as string,
      today: localDateOf(at, clinic.timeZone),
      witnessed: twoPersonReceive,
    }
  })
}

export type ReceivePage = Awaited<ReturnType<typeof loadReceive>>

/**
 * @param unit of the figure, for who enters more than it may be
 * @param decimals the most places after the point: mg stay whole micrograms with one, mL are told to two
 */
function amount(message: string, high: number, unit: string, decimals: 0 | 1 | 2) {
  const places = ['as a whole number', 'with at most one decimal', 'to at most two decimals'][decimals]
  return z.string({ error: message }).transform((text, context) => {
    const value = plainFigure(text)
    if (value === undefined || value <= 0) {
      context.addIssue(unsureComma(text) ?? message)
      return z.NEVER
    }
    if (value > high) {
      context.addIssue(`At most ${high.toLocaleString('en-US')} ${unit}.`)
      return z.NEVER
    }
    if (Number(value.toFixed(decimals)) !== value) {
      context.addIssue(`${message.replace(/\.$/, '')}, ${places}.`)
      return z.NEVER
    }
    return value
  })
}

const every = {
  key: z.uuid('Reload the page and try again.'),
  lotNumber: oneLine('Enter the lot number on the container.', 60),
  expiresOn: z.string({ error: 'Enter the last day it may be used.' }).transform((text, context) => {
    try {
      return parseLocalDate(text)
    } catch {
      context.addIssue('Enter the last day it may be used, as year, month and day.')
      return z.NEVER
    }
  }),
  supplier: oneLine('Name who delivered it.', 200),
  invoice: oneLine('Enter the number of the invoice or delivery note.', 100),
  gtin: z
    .string()
    .optional()
    .transform((text, context) => {
      if (text === undefined) return undefined
      const gtin = gtinOf(text.replaceAll(/[\s-]/g, ''))
      if (!gtin)
        context.addIssue(
          'This product number does not add up. Compare it with the package, or leave it empty.',
        )
      return gtin
    }),
  reason: oneLine('', 200).optional(),
}

const inUnits = {
  unitMg: amount('Enter the mg in each, such as 28.', 1000, 'mg', 1),
  units: amount('Enter how many came.', 10_000, 'of them', 0),
}
/** A form sent without the choice comes from a page of vials alone. */
const receiveForm = z.preprocess(
  (form) => ({ form: 'vial', ...(form as object) }),
  z.discriminatedUnion('form', [
    z.object({
      ...every,
      form: z.literal('vial'),
      concentrationMgPerMl: amount('Enter the strength in mg per mL, such as 50.', 1000, 'mg per mL', 1),
      containerMl: amount('Enter the mL of one container, such as 10.', 1000, 'mL', 2),
      containers: amount('Enter how many containers came.', 10_000, 'vials', 0),
    }),
    z.object({ ...every, form: z.literal('nasal-device'), ...inUnits }),
    z.object({ ...every, form: z.literal('tablet'), ...inUnits }),
  ]),
)

type Delivery = { readonly input: ReceivedStock; readonly act: ActToSign }

async function deliveryOf(
  page: Posted,
  at: Instant,
): Promise<
  { readonly ok: true; readonly delivery: Delivery } | { readonly ok: false; readonly answer: FormAnswer }
> {
  const { services, actor, clinic, form } = page
  const today = localDateOf(services.clock.now(), clinic.timeZone)
  const scanned = withScan(form, today)
  if (Object.keys(scanned.errors).length > 0) {
    return { ok: false, answer: formProblem(form, scanned.errors) }
  }
  const parsed = parseForm(receiveForm, scanned.form)
  if (!parsed.ok) return { ok: false, answer: parsed.answer }
  const typed = parsed.value
  if (typed.expiresOn < today) {
    const words = 'This day is over: an expired lot is not taken in.'
    return { ok: false, answer: formProblem(scanned.form, { expiresOn: words }) }
  }
  const drug = typed.form === 'nasal-device' ? 'Esketamine' : 'Ketamine hydrochloride'
  const input: ReceivedStock = {
    ...typed,
    key: parseId<'drug-lot'>(typed.key) ?? notFound(),
    drug,
    reason: typed.reason ?? '',
  }
  const { twoPersonReceive, waiting, remarks } = await runQuery(services, actor, async ({ db, at: now }) => ({
    ...(await ledgerSettings(db, clinic.id)),
    remarks: await otherFactsOnRecord(db, clinic.id, lotOf(input, at)),
    waiting: await ownWaiting({ db, at: now, actor }, clinic.timeZone, { act: 'receive', input }),
  }))
  const says = actInWords(
    {
      what: `${whatCame(typed)} of ${drug}, lot ${typed.lotNumber}, usable through ${dateInWords(typed.expiresOn)},`,
      way: `from ${typed.supplier}, invoice ${typed.invoice}, into the safe`,
      at,
      by: actor.kind === 'member' ? actor.name : 'unknown',
    },
    clinic.timeZone,
  )
  // What the scan filled in goes along as if it had been typed.
  for (const [name, value] of scanned.form) form.set(name, value)
  return {
    ok: true,
    delivery: {
      input,
      act: {
        says,
        why: typed.reason ?? '',
        remarks,
        second: twoPersonReceive ? 'required' : 'optional',
        waiting,
      },
    },
  }
}

function whatCame(typed: z.infer<typeof receiveForm>): string {
  if (typed.form === 'vial') {
    const { containers, containerMl, concentrationMgPerMl } = typed
    const hundredths = Math.round(containerMl * 100) * containers
    const mg = mgInWords(microgramsOf(hundredths, concentrationMgPerMl))
    return `${countInWords(containers, 'vial', 'vials')} of ${containerMl} mL at ${concentrationMgPerMl} mg/mL (${(hundredths / 100).toFixed(2)} mL, ${mg})`
  }
  const { one, many } = UNIT_NAMES[typed.form]
  return `${countInWords(typed.units, one, many)} of ${typed.unitMg} mg (${mgInWords(microgramsOf(typed.units * 100, typed.unitMg))})`
}

/** The answer where this lot of the maker's is called back, before anybody is asked to sign. The command judges it again. */
async function calledBack(
  { services, actor, clinic, form }: Posted,
  input: ReceivedStock,
): Promise<FormAnswer | undefined> {
  const lot = lotOf(input, services.clock.now())
  const recalls = await runQuery(services, actor, ({ db }) => recallsOf(db, clinic.id, [lot]))
  if (recalls.size === 0) return undefined
  return formProblem(form, { lotNumber: RECALLED })
}

const RECALLED = 'This lot is called back and is not taken in. Put the delivery aside and send it back.'

/** First post: the words, and nothing recorded. */
export async function askReceive(page: Posted): Promise<FormAnswer | ReadingStep | Response> {
  const at = page.services.clock.now()
  const read = await deliveryOf(page, at)
  if (!read.ok) return read.answer
  return (await calledBack(page, read.delivery.input)) ?? toRead(page, read.delivery.act, at)
}

/** Instead of the second post: the words go to whoever may witness, on a device of their own. */
export async function askForReceive(page: Posted): Promise<FormAnswer | Response> {
  const read = await deliveryOf(page, page.services.clock.now())
  if (!read.ok) return read.answer
  const stop = await calledBack(page, read.delivery.input)
  if (stop) return stop
  return askElsewhere(page, { act: 'receive', input: read.delivery.input }, 'lotNumber')
}

/** Second post: the words were read, and signed by a second person where the clinic wants that. */
export async function recordReceive(page: Posted): Promise<FormAnswer | ReadingStep | Response> {
  const { services, actor, clinic, form } = page
  const asked = askedAt(page)
  const read = await deliveryOf(page, asked ?? services.clock.now())
  if (!read.ok) return read.answer
  const { input, act } = read.delivery
  // Sent twice: who signed need not sign again.
  const [there] = await runQuery(services, actor, ({ db }) => movementsOfLot(db, clinic.id, input.key))
  if (there && !(await namesWitness(page, there.witness))) return recordedOtherwise(form, 'lotNumber')
  const signed = there ? { ok: true as const, witness: undefined } : await signatureFor(page, act, asked)
  if (!signed.ok) return signed.step
  const outcome = await runCommand(services, actor, receiveStock, {
    ...input,
    ...(asked ? { at: asked } : {}),
    ...(signed.witness ? { witness: signed.witness } : {}),
    signed: act.says,
  })
  if (outcome.ok) return goTo(`/work/stock?done=received&lot=${outcome.value.lotId}`)
  if (isAboutWitness(outcome.reason)) {
    const at = asked ?? services.clock.now()
    return toRead(page, act, at, { errors: { secondEmail: refusalWords(outcome.reason) } })
  }
  if (outcome.reason === 'recorded-otherwise') return recordedOtherwise(form, 'lotNumber')
  if (outcome.reason === 'lot-recalled') return formProblem(form, { lotNumber: RECALLED })
  const field = outcome.reason === 'lot-expired' ? 'expiresOn' : 'lotNumber'
  return formProblem(form, { [field]: refusalWords(outcome.reason) })
}
