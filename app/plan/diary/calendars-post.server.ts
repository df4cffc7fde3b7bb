import { runCommand } from '../../platform/command.server.ts'
import { type FormAnswer, formProblem, parseForm } from '../../platform/form.ts'
import { parseId } from '../../platform/ids.ts'
import { goTo, notFound, type PageArgs } from '../../platform/page.server.ts'
import { type LocalDate, localDateOf } from '../../platform/time.ts'
import { clockProblems, wallInstant } from './diary-form.ts'
import {
  enterClosures,
  enterLeave,
  removeClosure,
  removeLeave,
  setWorkingWeek,
} from './set-calendars.server.ts'
import { closureForm, leaveForm, weekForm, weekHours } from './settings-form.ts'
import { usFederalHolidays } from './us-holidays.ts'

type Posted = PageArgs & { readonly form: FormData }
type Answer = Promise<FormAnswer | Response>

const back = (done: string) => goTo(`/work/calendars?done=${done}`)
const NOBODY = 'This person no longer works here. Choose somebody else.'

export async function postWeek({ services, actor, form }: Posted): Answer {
  const parsed = parseForm(weekForm, form, ['noHours'])
  if (!parsed.ok) return parsed.answer
  const { weekMember: membershipId, validFrom } = parsed.value
  const outcome = await runCommand(services, actor, setWorkingWeek, {
    key: parseId(form.get('key')) ?? notFound(),
    membershipId,
    validFrom,
    hours: weekHours(parsed.value),
  })
  if (outcome.ok) return back('week')
  return outcome.reason === 'hours-overlap'
    ? formProblem(form, { monday: 'Two stretches of one day overlap.' })
    : formProblem(form, { weekMember: NOBODY })
}

export async function postLeave({ services, actor, clinic, form }: Posted): Answer {
  const parsed = parseForm(leaveForm, form)
  if (!parsed.ok) return parsed.answer
  const { leaveFrom, leaveUntil } = parsed.value
  const clock = clockProblems({ leaveFrom, leaveUntil }, clinic.timeZone)
  if (Object.keys(clock).length > 0) return formProblem(form, clock)
  const outcome = await runCommand(services, actor, enterLeave, {
    key: parseId<'leave'>(form.get('key')) ?? notFound(),
    membershipId: parsed.value.leaveMember,
    from: wallInstant(leaveFrom, clinic.timeZone),
    until: wallInstant(leaveUntil, clinic.timeZone),
    kind: parsed.value.leaveKind,
  })
  if (outcome.ok) return back('leave')
  return outcome.reason === 'ends-before-it-begins'
    ? formProblem(form, { leaveUntil: 'It must end after it begins.' })
    : formProblem(form, { leaveMember: NOBODY })
}

export async function postLeaveRemoved({ services, actor, form }: Posted): Answer {
  const leaveId = parseId<'leave'>(form.get('id')) ?? notFound()
  const outcome = await runCommand(services, actor, removeLeave, { leaveId })
  return outcome.ok ? back('leave-removed') : notFound()
}

export async function postClosure({ services, actor, form }: Posted): Answer {
  const parsed = parseForm(closureForm, form)
  if (!parsed.ok) return parsed.answer
  const { closedDay: day, closedTitle: title, opens, closes } = parsed.value
  const outcome = await runCommand(services, actor, enterClosures, {
    days: [
      {
        id: parseId<'closure'>(form.get('key')) ?? notFound(),
        day,
        title,
        hours: opens && closes ? { opens, closes } : 'closed',
      },
    ],
  })
  return outcome.ok ? back('closure') : formProblem(form, { closedDay: 'This day has an entry already.' })
}

/** Only days that a person ticked are entered, and only those the rule proposes. */
export async function postHolidays({ services, actor, clinic, form }: Posted): Answer {
  const year = Number(localDateOf(services.clock.now(), clinic.timeZone).slice(0, 4))
  const proposed = new Map<string, string>(
    [year, year + 1].flatMap((y) => usFederalHolidays(y)).map((h) => [h.observed, h.title]),
  )
  const ticked = form.getAll('holiday').filter((day) => typeof day === 'string')
  if (ticked.length === 0)
    return formProblem(form, { holiday: 'Tick the days on which the clinic is closed.' })
  const outcome = await runCommand(services, actor, enterClosures, {
    days: ticked.map((day) => ({
      id: services.ids.next(),
      day: day as LocalDate,
      title: proposed.get(day) ?? notFound(),
      hours: 'closed' as const,
    })),
  })
  return outcome.ok
    ? back('holidays')
    : formProblem(form, { holiday: 'One of these days was entered in the meantime. Reload the page.' })
}

export async function postClosureRemoved({ services, actor, form }: Posted): Answer {
  const closureId = parseId<'closure'>(form.get('id')) ?? notFound()
  const outcome = await runCommand(services, actor, removeClosure, { closureId })
  return outcome.ok ? back('closure-removed') : notFound()
}
