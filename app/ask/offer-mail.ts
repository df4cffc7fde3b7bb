import type { ClinicProfile } from '../platform/clinic-profile.ts'
import { neutralSender } from './neutral-words.ts'

export type OfferMailClinic = Pick<ClinicProfile, 'name' | 'phoneDisplay'>

/**
 * The message that times wait to be chosen. Somebody else may read it: it names no times and not what they are for.
 *
 * @param stateHref the page of the request, by a link of its own
 */
export function offerMail(
  clinic: OfferMailClinic,
  request: { readonly reference: string; readonly stateHref: string },
): { readonly subject: string; readonly body: string } {
  const sender = neutralSender(clinic.name)
  return {
    subject: `${sender ? `${sender}: please` : 'Please'} choose a time, reference ${request.reference}`,
    body: [
      'Hello,',
      `there are some times to choose from:\n${request.stateHref}`,
      'The link is yours alone: whoever has it can see where this stands.',
      clinic.phoneDisplay
        ? `You can also call ${clinic.phoneDisplay} and say ${request.reference}.`
        : undefined,
      'This address is not watched around the clock. In an emergency call 911.',
    ]
      .filter((paragraph) => paragraph !== undefined)
      .join('\n\n'),
  }
}
