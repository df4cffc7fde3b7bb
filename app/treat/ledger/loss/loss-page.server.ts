import { accountNames } from '../../../identity/index.server.ts'
import { runCommand, runQuery } from '../../../platform/command.server.ts'
import { type FormAnswer, formProblem } from '../../../platform/form.ts'
import { parseId } from '../../../platform/ids.ts'
import { goTo, notFound, type PageArgs } from '../../../platform/page.server.ts'
import { dateInWords, localDateOf, momentInWords } from '../../../platform/time.ts'
import { writeLossReport } from '../../treat-access.ts'
import { lotById, strengthOf } from '../lot-queries.server.ts'
import { microgramsOf } from '../movement.ts'
import { amountInWords, mgInWords } from '../movement-words.ts'
import { recordedOtherwise } from '../sent-again.ts'
import { strengthInWords } from '../standing-stock.ts'
import { type LossSubject, lossDraft } from './loss-queries.server.ts'
import { answerInWords, LOSS_FIELDS, lossDeadlines, readLossAnswers } from './loss-report.ts'
import { lossOf, saveLossDraft } from './save-loss.server.ts'

function subjectOf({ params }: PageArgs): LossSubject {
  const { kind } = params
  if (kind === 'discrepancy') return { kind, id: parseId<'count-discrepancy'>(params.id) ?? notFound() }
  if (kind === 'movement') return { kind, id: parseId<'ledger-movement'>(params.id) ?? notFound() }
  return notFound()
}

/** The draft of a report of one loss: what the ledger knows, what people have written, and what is still blank. */
export async function loadLoss(page: PageArgs) {
  const { services, actor, clinic, url } = page
  const subject = subjectOf(page)
  return runQuery(services, actor, async ({ db, at, audit }) => {
    const loss = (await lossOf(db, clinic.id, subject)) ?? notFound()
    audit.read(writeLossReport.id, { object: 'loss-report', objectId: subject.id })
    const lot = await lotById(db, clinic.id, loss.lotId)
    const draft = await lossDraft(db, clinic.id, ...loss.subjects)
    const names = await accountNames(db, draft ? [draft.by] : [])
    const due = lossDeadlines(localDateOf(loss.discoveredAt, clinic.timeZone))
    const answers = draft?.answers ?? {}
    const { hundredths } = loss
    return {
      back:
        subject.kind === 'discrepancy'
          ? `/work/stock/discrepancies/${subject.id}`
          : '/work/stock/discrepancies',
      registrant: [
        clinic.name,
        ...clinic.addressLines,
        [clinic.city, clinic.region].filter(Boolean).join(', '),
      ]
        .filter(Boolean)
        .join(', '),
      discovered: momentInWords(loss.discoveredAt, clinic.timeZone),
      noticeBy: dateInWords(due.notice),
      formBy: dateInWords(due.form),
      substance: lot && {
        drug: lot.drug,
        form:
          lot.form === 'vial'
            ? `injection, vials of ${lot.containerMl} mL`
            : lot.form === 'tablet'
              ? 'tablets'
              : 'nasal spray devices',
        strength: strengthInWords(lot),
        lot: lot.lotNumber,
        gtin: lot.gtin,
        amount: hundredths === undefined ? undefined : amountInWords(hundredths, lot.form),
        mg: hundredths === undefined ? undefined : mgInWords(microgramsOf(hundredths, strengthOf(lot))),
      },
      nothingMissing: hundredths === 0,
      fields: LOSS_FIELDS.map(({ name, label }) => ({
        name,
        label,
        value: answers[name] ?? '',
        words: answerInWords(name, answers),
      })),
      blanks: LOSS_FIELDS.filter(({ name }) => answers[name] === undefined).length,
      saved: draft && `${momentInWords(draft.at, clinic.timeZone)} by ${names.get(draft.by) ?? 'unknown'}`,
      printed: momentInWords(at, clinic.timeZone),
      seen: draft?.id as string | undefined,
      key: services.ids.next() as string,
      done: url.searchParams.get('done') === 'saved',
    }
  })
}

const SAVED_OTHERWISE =
  'Other words were saved with this form already, and they are on record. What you typed now is below and not saved yet.'

/** Saves what was typed, blanks and all. */
export async function postLoss(page: PageArgs & { readonly form: FormData }): Promise<FormAnswer | Response> {
  const { form } = page
  const subject = subjectOf(page)
  const text = (name: string) => {
    const value = form.get(name)
    return typeof value === 'string' ? value : undefined
  }
  const { answers, errors } = readLossAnswers(text)
  if (Object.keys(errors).length > 0) return formProblem(form, errors)
  const outcome = await runCommand(page.services, page.actor, saveLossDraft, {
    key: parseId<'loss-report-draft'>(text('key')) ?? notFound(),
    subject,
    seen: parseId<'loss-report-draft'>(text('seen')),
    answers,
  })
  if (outcome.ok) return goTo(`/work/stock/loss/${subject.kind}/${subject.id}?done=saved`)
  if (outcome.reason === 'recorded-otherwise') {
    const again = recordedOtherwise(form, 'form', SAVED_OTHERWISE)
    // It goes on from what was saved with the form: what somebody saved after that is still not written over.
    return { ...again, values: { ...again.values, seen: text('key') ?? '' } }
  }
  if (outcome.reason !== 'saved-meanwhile') return notFound()
  return formProblem(form, {
    form: 'Somebody else has saved this since you opened it. Yours is below and was not saved; open the page in another tab and bring both together.',
  })
}
