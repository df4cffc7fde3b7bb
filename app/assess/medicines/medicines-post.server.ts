import * as z from 'zod'
import { confirmIdentity } from '../../identity/index.server.ts'
import { notConfirmedWords, parseSignedForm } from '../../identity/index.ts'
import { runCommand } from '../../platform/command.server.ts'
import { type FormAnswer, formProblem, parseForm } from '../../platform/form.ts'
import { type Id, isUuid, parseId } from '../../platform/ids.ts'
import { goTo, notFound, type PageArgs } from '../../platform/page.server.ts'
import { type Instant, instantAt, type LocalDate, parseLocalDate } from '../../platform/time.ts'
import { confirmMedicines } from './confirm-medicines.server.ts'
import { MEDICINE_SOURCES, type MedicineEntryId, type MedicineSource } from './medicine.ts'
import { isMedicineGroup } from './medicine-groups.ts'
import { overrideInteraction } from './override-interaction.server.ts'
import { recordMedicine } from './record-medicine.server.ts'

type Post = PageArgs & { readonly form: FormData }

const uuid = z.string().refine(isUuid)
const source = z.enum(MEDICINE_SOURCES.map(({ id }) => id) as [MedicineSource, ...MedicineSource[]], {
  error: 'Choose who says so.',
})
const why = z
  .string({ error: 'Write in a few words why.' })
  .min(3, 'Write in a few words why.')
  .max(300, 'Please use at most 300 characters.')

const medicineForm = z.object({
  key: uuid,
  kind: z.enum(['taken', 'to-start'], { error: 'Choose whether it is taken or to be begun.' }),
  name: z
    .string({ error: 'Write the name as it was told.' })
    .max(120, 'Please use at most 120 characters.')
    .refine((text) => !/[,;\n]/.test(text), 'One medicine at a time: add the next one after this.'),
  group: z.string().optional(),
  dose: z.string().max(120, 'Please use at most 120 characters.').optional(),
  since: z.string().optional(),
  lastTakenAt: z.string().optional(),
  source,
  replaces: uuid.optional(),
  /** The answer to "is it the same?": a row that stands, or that it is another one. */
  same: z.union([z.literal('besides'), uuid]).optional(),
  reason: z.string().max(300, 'Please use at most 300 characters.').optional(),
})

/** Records one medicine, or a change of one; a refused form keeps everything typed. */
export async function postMedicine(page: Post): Promise<FormAnswer | Response> {
  const { clinic, form } = page
  const parsed = parseForm(medicineForm, form)
  if (!parsed.ok) return parsed.answer
  const { key, kind, name, group, dose, replaces, reason, same } = parsed.value
  const errors: Record<string, string> = {}
  const chosen = group === undefined || group === 'by-name' ? 'not-known' : group
  if (!isMedicineGroup(chosen)) errors.group = 'Choose one of the list.'
  const since = parsed.value.since && dayOf(parsed.value.since)
  if (parsed.value.since && !since) errors.since = 'Enter a day that exists, or leave it empty.'
  const lastTakenAt = parsed.value.lastTakenAt && momentOf(parsed.value.lastTakenAt, clinic.timeZone)
  if (parsed.value.lastTakenAt && !lastTakenAt)
    errors.lastTakenAt = 'Enter a day and a time that exist, or leave it empty.'
  if (replaces && (reason?.length ?? 0) < 3) errors.reason = 'Write in a few words why this is changed.'
  if (!isMedicineGroup(chosen) || Object.keys(errors).length > 0) return formProblem(form, errors)
  return send(page, key, {
    told: {
      kind,
      name,
      group: chosen,
      dose,
      since: since || undefined,
      lastTakenAt: lastTakenAt || undefined,
      source: parsed.value.source,
    },
    replaces: replaces
      ? { id: replaces as MedicineEntryId, reason: reason! }
      : same && same !== 'besides'
        ? { id: same as MedicineEntryId, reason: TOLD_AGAIN }
        : undefined,
    // Whoever answered has seen what stands.
    besides: same !== undefined,
  })
}

/** Why a row is replaced by one of the same medicine. */
const TOLD_AGAIN = 'Told again: the same medicine.'

/** Records that no medicine is taken: a statement of its own. */
export async function postNone(page: Post): Promise<FormAnswer | Response> {
  const parsed = parseForm(z.object({ key: uuid, source }), page.form)
  if (!parsed.ok) return parsed.answer
  return send(page, parsed.value.key, { told: { kind: 'none', source: parsed.value.source } })
}

/** The person was asked again, and everything that stands is as it was. */
export async function postConfirm({
  services,
  actor,
  form,
  url,
  params,
}: Post): Promise<FormAnswer | Response> {
  const key = parseId<'medicine-entry'>(String(form.get('key'))) ?? notFound()
  const personId = parseId<'person'>(params.id) ?? notFound()
  const seen = form.getAll('seen').flatMap((id) => parseId<'medicine-entry'>(String(id)) ?? [])
  const confirmed = await runCommand(services, actor, confirmMedicines, { key, personId, seen })
  if (confirmed.ok) return goTo(`${url.pathname}?done=confirmed`)
  if (confirmed.reason === 'no-such-person') return notFound()
  return formProblem(form, {
    form: 'Somebody changed the list after you opened it. Look at what stands now, and confirm that.',
  })
}

const endForm = z.object({ key: uuid, replaces: uuid, reason: why })

/** A medicine that is not taken any more, or one that was recorded by mistake. */
export function postEnd(kind: 'stopped' | 'withdrawn') {
  return async (page: Post): Promise<FormAnswer | Response> => {
    const parsed = parseForm(endForm, page.form)
    if (!parsed.ok) return parsed.answer
    const { key, replaces, reason } = parsed.value
    return send(page, key, { told: { kind }, replaces: { id: replaces as MedicineEntryId, reason } })
  }
}

async function send(
  page: Post,
  key: string,
  entry: Pick<Parameters<typeof recordMedicine.run>[1], 'told' | 'replaces' | 'besides'>,
): Promise<FormAnswer | Response> {
  const { services, actor, form, url } = page
  const recorded = await runCommand(services, actor, recordMedicine, {
    id: key as MedicineEntryId,
    personId: personOf(page),
    ...entry,
  })
  // Back to the empty first field, so that the next one can be typed at once.
  if (recorded.ok) return goTo(`${url.pathname}?done=${entry.told.kind}#name`)
  switch (recorded.reason) {
    case 'in-the-future':
      return formProblem(form, { [String(recorded.detail)]: 'This lies in the future.' })
    case 'stands-already':
      return formProblem(form, {
        same: 'It stands on the list already. Choose, so that nothing is lost and nothing counted twice.',
      })
    case 'medicines-stand':
      return formProblem(form, {
        form: 'Medicines stand on the list. Say first, one by one, that they are not taken any more.',
      })
    case 'replaced-meanwhile':
      return formProblem(form, {
        form: 'Somebody changed this medicine after you opened it. Look at the list, and change what stands now.',
      })
    case 'id-taken':
      return formProblem(form, {
        form: 'This form was sent before with other values, and those stand. Change them in the list.',
      })
    default:
      return notFound()
  }
}

const overrideForm = z.object({
  key: uuid,
  rule: z.string(),
  reason: why,
  /** What stood on the page, see `shownInteraction`; without it nothing counts as shown. */
  shown: z.string().max(20_000).default(''),
})

/** Sets a red interaction aside for today, after the password or a passkey was given again. */
export async function postOverride(page: Post): Promise<FormAnswer | Response> {
  const { services, actor, form, url } = page
  const parsed = parseSignedForm(overrideForm, form)
  if (!parsed.ok) return parsed.answer
  if (actor.kind !== 'member') return notFound()
  const confirmed = await confirmIdentity(page)
  if (!confirmed.ok) {
    return formProblem(form, {
      password: notConfirmedWords(confirmed, 'This is not the password of your account. Nothing was signed.'),
    })
  }
  const signed = await runCommand(services, actor, overrideInteraction, {
    key: parsed.value.key as Id<'interaction-override'>,
    personId: personOf(page),
    ruleId: parsed.value.rule,
    reason: parsed.value.reason,
    shown: parsed.value.shown,
    stepUp: confirmed.stepUp,
  })
  if (signed.ok) return goTo(`${url.pathname}?done=set-aside`)
  switch (signed.reason) {
    case 'never-set-aside':
      return formProblem(form, { reason: 'Nobody sets this one aside.' })
    case 'nothing-to-set-aside':
      return formProblem(form, { reason: 'It does not hold a dose any more. Look at the list again.' })
    case 'changed-meanwhile': {
      const { errors, values } = formProblem(form, {
        reason:
          'The list, or what is known around it, changed after you opened the page. Nothing was signed; your reason is kept. Look at what stands now, then sign again.',
      })
      // The page that answers shows what stands now, with its own mark.
      const { shown: _before, ...typed } = values
      return { errors, values: typed }
    }
    case 'id-taken':
      return formProblem(form, {
        reason:
          'This form has signed another reason already, and that stands. Reload the page to look at it.',
      })
    case 'not-confirmed':
      return formProblem(form, { password: 'Enter your password again, or use a passkey, to sign.' })
    default:
      return notFound()
  }
}

function personOf({ params }: Post) {
  return parseId<'person'>(params.id) ?? notFound()
}

function dayOf(text: string): LocalDate | undefined {
  try {
    return parseLocalDate(text)
  } catch {
    return undefined
  }
}

function momentOf(text: string, timeZone: string): Instant | undefined {
  try {
    return instantAt(text.slice(0, 10) as LocalDate, text.slice(11), timeZone)
  } catch {
    return undefined
  }
}
