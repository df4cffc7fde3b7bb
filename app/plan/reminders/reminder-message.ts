import type { ClinicProfile } from '../../platform/clinic-profile.ts'
import { type Instant, momentInWords } from '../../platform/time.ts'

/** Words that would say what somebody is treated for, or with. */
const TELLING =
  /ketamin|addict|recover|rehab|substance|alcohol|drug|detox|psychedelic|psychiatr|depress|clinic/i

export type ReminderMessage = { readonly subject: string; readonly body: string }

/**
 * What a reminder says: when and where, and nothing that tells a stranger what for. The clinic's name is left out when it
 * tells, and never stands in the subject.
 *
 * @param link to the questions of the day before; undefined when there are none to answer
 */
export function reminderMessage({
  clinic,
  visit,
  link,
}: {
  readonly clinic: Pick<ClinicProfile, 'name' | 'phoneDisplay' | 'addressLines' | 'city' | 'timeZone'>
  readonly visit: { readonly startsAt: Instant; readonly neutralName: string }
  readonly link: string | undefined
}): ReminderMessage {
  const when = momentInWords(visit.startsAt, clinic.timeZone)
  const name = TELLING.test(visit.neutralName) ? 'Visit' : visit.neutralName
  const sender = [TELLING.test(clinic.name) ? '' : clinic.name, clinic.phoneDisplay]
    .filter(Boolean)
    .join(', ')
  const place = [...clinic.addressLines, clinic.city].filter(Boolean).join(', ')
  return {
    subject: `${name} on ${when}`,
    body: [
      `This is a reminder: ${name.toLowerCase()} on ${when}.`,
      ...(place ? [place] : []),
      ...(link
        ? [
            '',
            'Please answer a few questions before you come. It takes about three minutes:',
            '',
            link,
            '',
            'The link is yours alone.',
          ]
        : []),
      '',
      'You can turn these messages off on the page Reminders after signing in, or by telling us.',
      ...(sender ? [sender] : []),
    ].join('\n'),
  }
}
