import type { ClinicProfile } from '../platform/clinic-profile.ts'
import { type Instant, momentInWords } from '../platform/time.ts'
import { neutralSender } from './neutral-words.ts'

/**
 * The message that says a request arrived. Somebody else may read it: it holds a number, never what was asked for or what
 * the clinic treats, and the clinic's name only when that tells nothing either.
 *
 * @param stateHref address of the state page; undefined when the clinic has not said where it is reached
 */
export function receipt(
  clinic: Pick<ClinicProfile, 'name' | 'phoneDisplay' | 'timeZone'>,
  request: {
    readonly reference: string
    readonly answerBy: Instant | undefined
    readonly stateHref: string | undefined
  },
): { readonly subject: string; readonly body: string } {
  const sender = neutralSender(clinic.name)
  const paragraphs = [
    'Hello,',
    `${sender ?? 'We'} ${sender ? 'has' : 'have'} received what you sent. Your reference is ${request.reference}.`,
    request.answerBy === undefined
      ? undefined
      : `We aim to answer by ${momentInWords(request.answerBy, clinic.timeZone)} (local time of the clinic).`,
    request.stateHref === undefined
      ? undefined
      : `This address shows where it stands. Anyone who has it can see that:\n${request.stateHref}`,
    clinic.phoneDisplay ? `You can also call ${clinic.phoneDisplay} and say the reference.` : undefined,
    'This address is not watched around the clock. In an emergency call 911.',
    'If you did not write to us, you need not do anything.',
  ]
  return {
    subject: `${sender ? `${sender}: received` : 'Received'}, reference ${request.reference}`,
    body: paragraphs.filter((paragraph) => paragraph !== undefined).join('\n\n'),
  }
}
