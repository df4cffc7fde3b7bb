import * as z from 'zod'
import type { ClinicProfile } from '../../../platform/clinic-profile.ts'
import { type Command, runCommand } from '../../../platform/command.server.ts'
import { type FormAnswer, formProblem, parseForm } from '../../../platform/form.ts'
import { parseId } from '../../../platform/ids.ts'
import { done, refused } from '../../../platform/outcome.ts'
import { goTo, notFound, type PageArgs } from '../../../platform/page.server.ts'
import { accountOf } from '../../session/recorder.ts'
import { noteAlert as noteAction } from '../../treat-access.ts'
import { type AlertLook, alertFactsText } from './alert-look.ts'
import { insertLook, lookById } from './alert-look-queries.server.ts'
import { alertsNow } from './load-alerts.server.ts'

export type NotedAlert = {
  /** Becomes the id of the look, so that repeating the form notes it once. */
  readonly key: AlertLook['id']
  readonly alertKey: string
  /** What the alert rested on when the page was read. */
  readonly shown: string
  readonly words: string
  readonly timeZone: ClinicProfile['timeZone']
}

/** Notes what was found when somebody looked into an alert. It stays where it is, as looked at, until something is added to it. */
export const noteAlert: Command<
  NotedAlert,
  Record<never, never>,
  'no-such-alert' | 'not-as-shown' | 'recorded-otherwise'
> = {
  action: noteAction,
  async run({ db, at, actor, audit }, { key, alertKey, shown, words, timeZone }) {
    const by = accountOf(actor)
    const stored = await lookById(db, actor.clinicId, key)
    if (stored) {
      const { alertKey: of, facts: rests } = stored
      const same = of === alertKey && rests === shown && stored.words === words && stored.by === by
      return same ? done({}) : refused('recorded-otherwise')
    }
    const { alerts } = await alertsNow({ db, at }, { id: actor.clinicId, timeZone })
    const alert = alerts.find((each) => each.key === alertKey)
    if (!alert) return refused('no-such-alert')
    const facts = alertFactsText(alert)
    if (facts !== shown) return refused('not-as-shown')
    const look = { id: key, alertKey, facts, words, at, by }
    if (!(await insertLook(db, actor.clinicId, look))) return refused('recorded-otherwise')
    audit.write(noteAction.id, { object: 'stock', detail: { alert: alert.code } })
    return done({})
  },
}

const NOT_NOTED = {
  'no-such-alert': 'What you noted on is not asked any more. Nothing was noted.',
  'not-as-shown':
    'Something was added to it since you opened the page: read it again, then note what you found.',
  'recorded-otherwise':
    'Something else was noted with this form already, and it stands. What you wrote now is below and not noted yet.',
} as const

const lookForm = z.object({
  key: z.uuid('Reload the page and try again.'),
  alert: z.string(),
  shown: z.string(),
  words: z
    .string({ error: 'Say what you found, in a few words.' })
    .max(500, 'Keep this under 500 characters.'),
})

export async function postLook(page: PageArgs & { readonly form: FormData }): Promise<FormAnswer | Response> {
  const parsed = parseForm(lookForm, page.form)
  if (!parsed.ok) return parsed.answer
  const { key, alert, shown, words } = parsed.value
  const outcome = await runCommand(page.services, page.actor, noteAlert, {
    key: parseId<'alert-look'>(key) ?? notFound(),
    alertKey: alert,
    shown,
    words,
    timeZone: page.clinic.timeZone,
  })
  if (outcome.ok) return goTo('/work/stock?done=looked')
  if (outcome.reason === 'not-allowed') return notFound()
  return formProblem(page.form, { form: NOT_NOTED[outcome.reason] })
}
