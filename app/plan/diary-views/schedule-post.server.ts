import { runCommand, runQuery } from '../../platform/command.server.ts'
import { type FormAnswer, formProblem, parseForm } from '../../platform/form.ts'
import { parseId } from '../../platform/ids.ts'
import { goTo, notFound, type PageArgs } from '../../platform/page.server.ts'
import { type Instant, localDateOf, parseInstant } from '../../platform/time.ts'
import { cancelAppointment } from '../diary/cancel-appointment.server.ts'
import { CANCEL_REASONS } from '../diary/cancel-reason.ts'
import { clockProblems, wallInstant } from '../diary/diary-form.ts'
import { refusalWords } from '../diary/diary-words.ts'
import { entryById } from '../diary/entry-queries.server.ts'
import { loadDiary } from '../diary/load-diary.server.ts'
import { moveAppointment } from '../diary/move-appointment.server.ts'
import type { WantedWith } from '../diary/place-visit.ts'
import { entryMoveForm } from './entry-form.ts'
import { daysShown, readScheduleAddress, scheduleHref } from './schedule-address.ts'
import { scheduleColumns } from './schedule-columns.ts'

type Posted = PageArgs & { readonly form: FormData }
type Answer = Promise<FormAnswer | Response>

const SAME = 'people and place'

/** A visit dropped on a free time of the grid: what the column means is worked out here, not taken from the browser. */
export async function postDrop({ services, actor, clinic, form, url }: Posted): Answer {
  const appointmentId = parseId<'appointment'>(form.get('appointment')) ?? notFound()
  const [startsAt, key] = readDrop(String(form.get('to') ?? ''))
  const today = localDateOf(services.clock.now(), clinic.timeZone)
  const address = readScheduleAddress(url.searchParams, today)
  const column = await runQuery(services, actor, async ({ db, at }) => {
    const entry = (await entryById(db, clinic.id, appointmentId)) ?? notFound()
    const facts = await loadDiary(db, clinic.id, at)
    return scheduleColumns(facts, [], address.view, daysShown(address), entry).find((c) => c.key === key)
  })
  if (!startsAt || !column) return formProblem(form, { form: 'Choose one of the free times.' })
  // A room of several chairs: the first that is free is taken, as the grid showed.
  const ways: readonly WantedWith[] = column.ways.length > 0 ? column.ways : [{}]
  let words = ''
  for (const way of ways) {
    const outcome = await runCommand(services, actor, moveAppointment, {
      ...way,
      appointmentId,
      startsAt,
      seen: String(form.get('seen') ?? ''),
    })
    if (outcome.ok)
      return goTo(
        `${scheduleHref({ view: address.view, day: localDateOf(startsAt, clinic.timeZone) })}&moved=${appointmentId}`,
      )
    words ||= refusalWords(outcome, clinic.timeZone, SAME)
    if (outcome.reason !== 'taken') break
  }
  return formProblem(form, { form: words })
}

/** "2026-11-24T17:15:00.000Z~chair 0199…" */
function readDrop(text: string): [Instant | undefined, string] {
  const [instant = '', key = ''] = text.split('~')
  try {
    return [parseInstant(instant), key]
  } catch {
    return [undefined, key]
  }
}

/** A visit moved by the form on its own page. */
export async function postMove({ services, actor, clinic, form, params }: Posted): Answer {
  const appointmentId = parseId<'appointment'>(params.id) ?? notFound()
  const parsed = parseForm(entryMoveForm, form)
  if (!parsed.ok) return parsed.answer
  const clock = clockProblems({ start: parsed.value.start }, clinic.timeZone)
  if (clock.start) return formProblem(form, clock)
  const startsAt = wallInstant(parsed.value.start, clinic.timeZone)
  const outcome = await runCommand(services, actor, moveAppointment, {
    appointmentId,
    startsAt,
    chairId: parseId<'chair'>(parsed.value.chair),
    roomId: parseId<'room'>(parsed.value.room),
    nurseMembershipId: parseId<'membership'>(parsed.value.nurse),
    therapistMembershipId: parseId<'membership'>(parsed.value.therapist),
    prescriberMembershipId: parseId<'membership'>(parsed.value.prescriber),
    ...(parsed.value.seen === undefined ? {} : { seen: parsed.value.seen }),
  })
  if (outcome.ok) return goTo(`/work/appointments/${appointmentId}?done=moved`)
  if (outcome.reason === 'no-such-appointment') return notFound()
  return formProblem(form, {
    [FIELD_OF[outcome.reason] ?? 'start']: refusalWords(outcome, clinic.timeZone, SAME),
  })
}

const FIELD_OF: Readonly<Record<string, string>> = {
  'no-such-chair': 'chair',
  'no-such-room': 'room',
  'no-such-nurse': 'nurse',
  'changed-meanwhile': 'form',
}

export async function postCancel({ services, actor, clinic, form, params }: Posted): Answer {
  const appointmentId = parseId<'appointment'>(params.id) ?? notFound()
  const reason = CANCEL_REASONS.find((r) => r.id === form.get('reason'))?.id
  if (!reason) return formProblem(form, { reason: 'Choose why.' })
  const outcome = await runCommand(services, actor, cancelAppointment, { appointmentId, reason })
  if (outcome.ok) return goTo(`/work/appointments/${appointmentId}?done=cancelled`)
  if (outcome.reason === 'no-such-appointment') return notFound()
  return formProblem(form, { reason: refusalWords(outcome, clinic.timeZone) })
}
