import { runCommand } from '../../platform/command.server.ts'
import { type PersonId, parseId } from '../../platform/ids.ts'
import { goTo, notFound, type PageArgs } from '../../platform/page.server.ts'
import { CHANNELS } from './cadence.ts'
import { chooseReminders } from './send-reminders.server.ts'

/** Turns a channel on or off from a page. @param personOf whom staff speak for; undefined for one's own */
export function chooseFrom(choice: 'on' | 'off', personOf: (page: PageArgs) => PersonId | undefined) {
  return async (page: PageArgs & { form: FormData }) => {
    const key = parseId<'reminder-choice'>(page.form.get('key')) ?? notFound()
    const channel = CHANNELS.find((each) => each === page.form.get('channel')) ?? notFound()
    const personId = personOf(page)
    const outcome = await runCommand(page.services, page.actor, chooseReminders, {
      key,
      channel,
      choice,
      ...(personId ? { personId } : {}),
    })
    if (!outcome.ok) notFound()
    return goTo(`${page.url.pathname}?done=${choice}`)
  }
}
