import * as z from 'zod'
import { runCommand, runQuery } from '../../platform/command.server.ts'
import { type FormAnswer, formProblem, parseForm } from '../../platform/form.ts'
import { parseId } from '../../platform/ids.ts'
import { goTo, notFound, type PageArgs } from '../../platform/page.server.ts'
import { type Instant, momentInWords } from '../../platform/time.ts'
import { refusalWords } from '../session/refusal-words.ts'
import { movementsOfAct } from './ledger-queries.server.ts'
import { actInWords } from './movement-words.ts'
import { oneLine } from './one-line.ts'
import { recordedOtherwise } from './sent-again.ts'
import { setWasteRight } from './set-waste-right.server.ts'
import {
  type ActToSign,
  askedAt,
  isAboutWitness,
  type ReadingStep,
  signatureFor,
  toRead,
} from './signed-act.server.ts'
import { type StandingNow, standingNow, syringeOf } from './standing-now.server.ts'
import { amountOfLot, itemOf, type StandingItem } from './standing-stock.ts'
import { askElsewhere } from './witness-request/witness-post.server.ts'

type Posted = PageArgs & { readonly form: FormData }

/** Names this act among those of the page of a syringe. */
const KIND = 'waste-back'

const setRightForm = z.object({
  key: z.uuid('Reload the page and try again.'),
  sessionId: z.uuid(),
  lotId: z.uuid(),
  reason: oneLine('Say why, in a few words.'),
})

/** Whether a form of the page of a syringe is about waste that was none. */
export function isSettingRight(form: FormData): boolean {
  return form.get('kind') === KIND
}

type Syringe = NonNullable<Awaited<ReturnType<typeof syringeOf>>>

/** Waste of a session that was given, as its log says, for the page to offer. */
export function presentWrongWaste({ wrong, session }: Syringe, stock: StandingNow) {
  return wrong.flatMap(({ lotId, hundredths }) => {
    const read = itemOfWaste(stock, session.id, lotId, hundredths)
    return read
      ? [{ lotId: lotId as string, kind: KIND, words: amountOfLot(read.item, hundredths, read.lot) }]
      : []
  })
}

function itemOfWaste(
  stock: StandingNow,
  sessionId: Syringe['session']['id'],
  lotId: Syringe['wrong'][number]['lotId'],
  hundredths: number,
) {
  const lot = stock.lots.find(({ id }) => id === lotId)
  if (!lot) return undefined
  const place = { at: 'syringe', id: sessionId } as const
  const item: StandingItem = itemOf(lot, { lotId, place, hundredths }, stock.facts)
  return { item, lot }
}

async function wantedOf(page: Posted, at: Instant) {
  const { services, actor, clinic, form } = page
  const parsed = parseForm(setRightForm, form)
  if (!parsed.ok) return { ok: false as const, answer: parsed.answer }
  const { key, reason } = parsed.value
  const sessionId = parseId<'session'>(parsed.value.sessionId) ?? notFound()
  return runQuery(services, actor, async ({ db, at: now }) => {
    const stock = await standingNow({ db, at: now }, clinic)
    const syringe = (await syringeOf({ db }, clinic.id, sessionId, stock)) ?? notFound()
    const wrong = syringe.wrong.find(({ lotId }) => lotId === parsed.value.lotId)
    const read = wrong && itemOfWaste(stock, sessionId, wrong.lotId, wrong.hundredths)
    if (!wrong || !read) {
      return { ok: false as const, answer: formProblem(form, { form: refusalWords('not-in-log') }) }
    }
    const opened = momentInWords(syringe.session.openedAt, clinic.timeZone)
    const act: ActToSign = {
      says: actInWords(
        {
          what: amountOfLot(read.item, wrong.hundredths, read.lot),
          way: `of the session opened ${opened}, recorded as waste, was not wasted but given, as its log says`,
          at,
          by: actor.kind === 'member' ? actor.name : 'unknown',
        },
        clinic.timeZone,
      ),
      why: reason,
      second: 'required',
    }
    const input = { key: parseId<'ledger-movement'>(key) ?? notFound(), sessionId, ...wrong, reason }
    return { ok: true as const, act, input }
  })
}

/** First post: the words, and nothing recorded. */
export async function askSetRight(page: Posted): Promise<FormAnswer | ReadingStep> {
  const at = page.services.clock.now()
  const read = await wantedOf(page, at)
  return read.ok ? toRead(page, read.act, at) : read.answer
}

/** Instead of the second post: the words go to whoever may witness, on a device of their own. */
export async function askForSetRight(page: Posted): Promise<FormAnswer | Response> {
  const read = await wantedOf(page, page.services.clock.now())
  return read.ok ? askElsewhere(page, { act: 'waste-back', input: read.input }) : read.answer
}

/** Second post: the words were read, and who witnesses has signed. */
export async function recordSetRight(page: Posted): Promise<FormAnswer | ReadingStep | Response> {
  const { services, actor, clinic, form } = page
  const key = parseId<'ledger-movement'>(String(form.get('key') ?? ''))
  const [stored] = key ? await runQuery(services, actor, ({ db }) => movementsOfAct(db, clinic.id, key)) : []
  if (stored) {
    const same =
      stored.kind === KIND &&
      stored.sessionId === form.get('sessionId') &&
      stored.lotId === form.get('lotId') &&
      stored.at === askedAt(page)
    return same ? goTo(doneAt(stored.sessionId)) : recordedOtherwise(form)
  }
  const asked = askedAt(page)
  const read = await wantedOf(page, asked ?? services.clock.now())
  if (!read.ok) return read.answer
  const { act, input } = read
  const signed = await signatureFor(page, act, asked)
  if (!signed.ok) return signed.step
  const outcome = await runCommand(services, actor, setWasteRight, {
    ...input,
    ...(asked ? { at: asked } : {}),
    ...(signed.witness ? { witness: signed.witness } : {}),
    signed: act.says,
  })
  if (outcome.ok) return goTo(doneAt(input.sessionId))
  if (outcome.reason === 'no-such-lot' || outcome.reason === 'no-such-session') notFound()
  if (outcome.reason === 'recorded-otherwise') return recordedOtherwise(form)
  if (isAboutWitness(outcome.reason)) {
    const errors = { secondEmail: refusalWords(outcome.reason) }
    return toRead(page, act, asked ?? services.clock.now(), { errors })
  }
  return formProblem(form, { form: refusalWords(outcome.reason) })
}

function doneAt(sessionId: string | undefined): string {
  return `/work/stock?done=${KIND}${sessionId ? `&of=${sessionId}` : ''}`
}
