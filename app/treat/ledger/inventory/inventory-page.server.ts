import * as z from 'zod'
import { confirmIdentity, confirmSecond } from '../../../identity/index.server.ts'
import { notConfirmedWords, parseSignedForm } from '../../../identity/index.ts'
import { mayDo } from '../../../platform/access.ts'
import { runCommand, runQuery } from '../../../platform/command.server.ts'
import { type FormAnswer, formProblem } from '../../../platform/form.ts'
import { isUuid, parseId } from '../../../platform/ids.ts'
import { goTo, notFound, type PageArgs } from '../../../platform/page.server.ts'
import { dateInWords, localDateOf, momentInWords } from '../../../platform/time.ts'
import { refusalWords } from '../../session/refusal-words.ts'
import { readInventory, signInventory as signAction } from '../../treat-access.ts'
import { WITNESS_ROLES } from '../witness.server.ts'
import { DUE_SOON_DAYS, INVENTORY_KINDS, inventoryDue, KIND_TITLES, restsOnCount } from './inventory.ts'
import { inventories, inventoryById } from './inventory-queries.server.ts'
import { digestOf, draftInventory, signInventory } from './sign-inventory.server.ts'

/** Inventories so far, when the next is due, and what one would say now. */
export async function loadInventories({ services, actor, clinic }: PageArgs) {
  return runQuery(services, actor, async ({ db, at, audit }) => {
    audit.read(readInventory.id, { object: 'stock-inventory' })
    const signed = await inventories(db, clinic.id)
    const draft = await draftInventory(db, clinic, at)
    const last = signed.find(({ document }) => document.kind !== 'on-demand')?.document.takenOn
    const due = inventoryDue(last, localDateOf(at, clinic.timeZone))
    return {
      due: { ...DUE[due.kind], on: 'on' in due ? dateInWords(due.on) : undefined },
      signed: signed.map(({ id, document }) => ({
        id,
        title: KIND_TITLES[document.kind],
        when: document.when,
        by: `${document.signedBy} and ${document.secondSignedBy}`,
        counted: document.rows.every(restsOnCount),
      })),
      draft,
      shown: digestOf(draft),
      first: signed.length === 0,
      key: services.ids.next() as string,
      maySign: mayDo(actor, signAction),
    }
  })
}

const DUE = {
  'none-yet': { state: 'red', word: 'the initial inventory is missing' },
  overdue: { state: 'red', word: 'overdue' },
  soon: { state: 'amber', word: `due within ${DUE_SOON_DAYS} days` },
  later: { state: 'calm', word: 'not due yet' },
} as const

/** One inventory as it was signed, and whether the kept text still has its digest. */
export async function loadInventory({ services, actor, clinic, params }: PageArgs) {
  const id = parseId<'stock-inventory'>(params.id) ?? notFound()
  return runQuery(services, actor, async ({ db, at, audit }) => {
    const signed = (await inventoryById(db, clinic.id, id)) ?? notFound()
    audit.read(readInventory.id, { object: 'stock-inventory', objectId: id })
    return {
      id,
      document: signed.document,
      digest: signed.digest,
      whole: digestOf(signed.text) === signed.digest,
      printed: momentInWords(at, clinic.timeZone),
    }
  })
}

export type InventoryView = Awaited<ReturnType<typeof loadInventory>>

const signForm = z.object({
  key: z.string().refine(isUuid, 'Reload the page and try again.'),
  kind: z.enum(INVENTORY_KINDS, { error: 'Choose what it is.' }),
  dayPart: z.enum(['opening', 'close'], { error: 'Choose one of the two.' }),
  shown: z.string(),
  secondEmail: z.string({ error: 'Enter the e-mail address of whoever signs with you.' }),
})

/** Signs what the page showed, together with a second person. */
export async function postInventory(
  page: PageArgs & { readonly form: FormData },
): Promise<FormAnswer | Response> {
  const { services, actor, clinic, form } = page
  const parsed = parseSignedForm(signForm, form)
  if (!parsed.ok) return parsed.answer
  const second = await confirmSecond(page, WITNESS_ROLES)
  if (!second.ok) {
    return formProblem(form, {
      secondPassword: notConfirmedWords(second, 'This is not the password of a colleague who may sign this.'),
    })
  }
  const confirmed = await confirmIdentity(page)
  if (!confirmed.ok) {
    return formProblem(form, {
      password: notConfirmedWords(confirmed, 'This is not the password of your account. Nothing was signed.'),
    })
  }
  const { key, kind, dayPart, shown } = parsed.value
  const outcome = await runCommand(services, actor, signInventory, {
    key: parseId<'stock-inventory'>(key) ?? notFound(),
    kind,
    dayPart,
    shown,
    clinic,
    stepUp: confirmed.stepUp,
    second: second.stepUp,
  })
  if (outcome.ok) return goTo(`/work/stock/inventory/${outcome.value.id}`)
  switch (outcome.reason) {
    case 'not-as-shown':
      return formProblem(form, {
        form: 'Something was moved, counted or closed since you opened the page. Read the figures again, then sign.',
      })
    case 'not-the-first':
      return formProblem(form, { kind: 'There is an initial inventory already. Choose another kind.' })
    case 'is-the-first':
      return formProblem(form, { kind: 'The first inventory is the initial one.' })
    case 'recorded-otherwise':
      return formProblem(form, {
        form: 'Another inventory was signed with this form already; it is on the list. Nothing further was signed.',
      })
    case 'not-confirmed':
      return formProblem(form, { password: refusalWords(outcome.reason) })
    case 'not-allowed':
      return notFound()
    default:
      return formProblem(form, { secondPassword: refusalWords(outcome.reason) })
  }
}
