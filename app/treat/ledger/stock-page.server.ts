import * as z from 'zod'
import { accountNames, confirmSecond } from '../../identity/index.server.ts'
import { notConfirmedWords } from '../../identity/index.ts'
import { mayDo } from '../../platform/access.ts'
import { runCommand, runQuery } from '../../platform/command.server.ts'
import { type FormAnswer, formProblem, parseForm } from '../../platform/form.ts'
import { parseId } from '../../platform/ids.ts'
import { goTo, notFound, type PageArgs } from '../../platform/page.server.ts'
import {
  addDays,
  dateInWords,
  type LocalDate,
  localDateOf,
  momentInWords,
  parseLocalDate,
} from '../../platform/time.ts'
import { leftOverMl } from '../dose/infusion.ts'
import { refusalWords } from '../session/refusal-words.ts'
import { sessionById } from '../session/sessions.server.ts'
import { readStock, receiveStock as receiveAction } from '../treat-access.ts'
import { sessionLedger } from './dose-movements.ts'
import { movementsOfSession, newestMovements } from './ledger-queries.server.ts'
import { type LotBalance, lots } from './lot-queries.server.ts'
import { type Movement, type MovementKind, SAFE } from './movement.ts'
import { receiveStock } from './receive-stock.server.ts'
import { takeOut } from './waste-stock.server.ts'
import { WITNESS_ROLES } from './witness.server.ts'

const MOVEMENTS_SHOWN = 100
/** A lot that expires within this many days is marked, so that it is used first. */
const SOON_DAYS = 30

const KIND_WORDS: Readonly<Record<MovementKind, string>> = {
  receive: 'received',
  open: 'vial opened',
  move: 'moved',
  draw: 'drawn for a session',
  give: 'given',
  'take-back': 'not given after all',
  waste: 'wasted',
  return: 'returned from a session',
  'send-back': 'sent back',
  destroy: 'destroyed',
  lose: 'lost',
  adjust: 'count settled',
}

/** Lots with what is left, and how it came to that. */
export async function loadStock({ services, actor, clinic, url }: PageArgs) {
  const forSession = parseId<'session'>(url.searchParams.get('session'))
  return runQuery(services, actor, async ({ db, at, audit }) => {
    audit.read(readStock.id, { object: 'stock' })
    const today = localDateOf(at, clinic.timeZone)
    const all = await lots(db, clinic.id)
    const moved = await newestMovements(db, clinic.id, MOVEMENTS_SHOWN)
    const names = await accountNames(
      db,
      moved.map(({ by }) => by),
    )
    const formOf = new Map(all.map((lot) => [lot.id, lot.form]))
    const numberOf = new Map(all.map((lot) => [lot.id, lot.lotNumber]))
    return {
      lots: all.map((lot) => presentLot(lot, today)),
      movements: moved.map((movement) => ({
        id: movement.id,
        when: momentInWords(movement.at, clinic.timeZone),
        lot: numberOf.get(movement.lotId) ?? 'unknown',
        kind: KIND_WORDS[movement.kind],
        ...amountWords(movement, formOf.get(movement.lotId) ?? 'vial'),
        by: names.get(movement.by) ?? 'unknown',
        reason: movement.reason,
        sessionId: movement.sessionId,
      })),
      syringe: forSession ? await syringeOf(forSession) : undefined,
      keys: { receive: services.ids.next(), waste: services.ids.next() },
      done: url.searchParams.get('done') ?? undefined,
      mayMove: mayDo(actor, receiveAction),
    }

    async function syringeOf(sessionId: NonNullable<typeof forSession>) {
      const session = (await sessionById(db, clinic.id, sessionId)) ?? notFound()
      const { dose } = session.state
      const leftMl = dose && leftOverMl(dose)
      if (!dose || leftMl === undefined) return undefined
      const drug = sessionLedger(sessionId, await movementsOfSession(db, clinic.id, sessionId))
      const inSyringe = drug.find(({ lotId }) => lotId === dose.lotId)?.inSyringe ?? 0
      return { sessionId, lotId: dose.lotId, leftMl: inSyringe / 100 }
    }
  })
}

function presentLot(lot: LotBalance, today: LocalDate) {
  const expired = lot.expiresOn < today
  const soon = !expired && lot.expiresOn <= addDays(today, SOON_DAYS)
  return {
    id: lot.id,
    drug: lot.drug,
    lotNumber: lot.lotNumber,
    form: lot.form,
    ...countedWords(lot),
    expires: dateInWords(lot.expiresOn),
    state: expired ? ('expired' as const) : soon ? ('soon' as const) : ('in-date' as const),
  }
}

const mgOf = (mg: number) => Math.round(mg * 100) / 100

/** Strength, container and what is left, as each form is counted. */
function countedWords(lot: LotBalance) {
  if (lot.form === 'vial') {
    return {
      strength: `${lot.concentrationMgPerMl} mg/mL`,
      container: `${lot.containerMl} mL`,
      left: `${lot.balanceMl.toFixed(2)} mL`,
      leftMg: mgOf(lot.balanceMl * lot.concentrationMgPerMl),
    }
  }
  const { one, many } = UNIT_NAMES[lot.form]
  return {
    strength: `${lot.unitMg} mg`,
    container: `1 ${one}`,
    left: `${lot.balanceUnits} ${lot.balanceUnits === 1 ? one : many}`,
    leftMg: mgOf(lot.balanceUnits * lot.unitMg),
  }
}

const UNIT_NAMES = {
  'nasal-device': { one: 'device', many: 'devices' },
  tablet: { one: 'tablet', many: 'tablets' },
} as const

/** What a movement moved, and how what stands in the stock changed by it. */
function amountWords({ hundredths, from, to }: Movement, form: LotBalance['form']) {
  const amount = form === 'vial' ? `${(hundredths / 100).toFixed(2)} mL` : String(hundredths / 100)
  const stands = ({ place }: Movement['from']) => place.at === 'safe' || place.at === 'cabinet'
  const sign = Number(stands(to)) - Number(stands(from))
  return { amount, change: sign === 0 ? '0' : `${sign > 0 ? '+' : '−'}${amount}` }
}

const key = z.uuid('Reload the page and try again.')
function amount(message: string, high: number) {
  return z.string({ error: message }).transform((text, context) => {
    const value = Number(text.replace(',', '.'))
    if (Number.isFinite(value) && value > 0 && value <= high && Number(value.toFixed(2)) === value)
      return value
    context.addIssue(message)
    return z.NEVER
  })
}

const every = {
  key,
  lotNumber: z
    .string({ error: 'Enter the lot number on the container.' })
    .max(60, 'Keep the lot number under 60 characters.'),
  expiresOn: z.string({ error: 'Enter the last day it may be used.' }).transform((text, context) => {
    try {
      return parseLocalDate(text)
    } catch {
      context.addIssue('Enter the last day it may be used, as year, month and day.')
      return z.NEVER
    }
  }),
  reason: z
    .string({ error: 'Name the supplier or the invoice.' })
    .max(200, 'Keep this under 200 characters.'),
}

const whole = (message: string) => amount(message, 10_000).refine(Number.isInteger, 'Enter a whole number.')

const inUnits = {
  unitMg: amount('Enter the mg in each, such as 28.', 1000),
  units: whole('Enter how many came.'),
}
/** A form sent without the choice comes from a page of vials alone. */
const receiveForm = z.preprocess(
  (form) => ({ form: 'vial', ...(form as object) }),
  z.discriminatedUnion('form', [
    z.object({
      ...every,
      form: z.literal('vial'),
      concentrationMgPerMl: amount('Enter the strength in mg per mL, such as 50.', 1000),
      containerMl: amount('Enter the mL of one container, such as 10.', 1000),
      containers: whole('Enter how many containers came.'),
    }),
    z.object({ ...every, form: z.literal('nasal-device'), ...inUnits }),
    z.object({ ...every, form: z.literal('tablet'), ...inUnits }),
  ]),
)

const wasteForm = z.object({
  key,
  lotId: z.uuid('Choose the lot.'),
  volumeMl: amount('Enter what was thrown away: mL to two places, or whole devices or tablets.', 10_000),
  sessionId: z.uuid().optional(),
  reason: z.string({ error: 'Say why, and who saw it.' }).max(500, 'Keep this under 500 characters.'),
})

type Posted = PageArgs & { readonly form: FormData }

export async function receive(page: Posted): Promise<FormAnswer | Response> {
  const parsed = parseForm(receiveForm, page.form)
  if (!parsed.ok) return parsed.answer
  const today = localDateOf(page.services.clock.now(), page.clinic.timeZone)
  if (parsed.value.expiresOn < today) {
    return formProblem(page.form, { expiresOn: 'This day is over: an expired lot is not taken in.' })
  }
  const outcome = await runCommand(page.services, page.actor, receiveStock, {
    ...parsed.value,
    key: parseId<'drug-lot'>(parsed.value.key) ?? notFound(),
    drug: parsed.value.form === 'nasal-device' ? 'Esketamine' : 'Ketamine hydrochloride',
  })
  if (!outcome.ok) return formProblem(page.form, { form: refusalWords(outcome.reason) })
  return goTo('/work/stock?done=received')
}

export async function waste(page: Posted): Promise<FormAnswer | Response> {
  const parsed = parseForm(wasteForm, page.form)
  if (!parsed.ok) return parsed.answer
  const { volumeMl, reason } = parsed.value
  const sessionId = parseId<'session'>(parsed.value.sessionId)
  const second = await confirmSecond(page, WITNESS_ROLES)
  if (!second.ok) {
    return formProblem(page.form, {
      secondPassword: notConfirmedWords(second, 'This is not the password of a colleague who may witness.'),
    })
  }
  const outcome = await runCommand(page.services, page.actor, takeOut, {
    key: parseId<'ledger-movement'>(parsed.value.key) ?? notFound(),
    kind: 'waste',
    lotId: parseId<'drug-lot'>(parsed.value.lotId) ?? notFound(),
    from: { place: sessionId ? { at: 'syringe', id: sessionId } : SAFE },
    hundredths: Math.round(volumeMl * 100),
    reason,
    witness: second.stepUp,
  })
  if (outcome.ok) return goTo('/work/stock?done=wasted')
  if (outcome.reason === 'no-such-lot' || outcome.reason === 'no-such-session') notFound()
  return formProblem(page.form, { volumeMl: refusalWords(outcome.reason) })
}
