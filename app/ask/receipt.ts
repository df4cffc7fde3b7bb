import type { ClinicProfile } from '../platform/clinic-profile.ts'
import type { Language } from '../platform/language.ts'
import { type Instant, momentInWords } from '../platform/time.ts'
import { neutralSender } from './neutral-words.ts'
import { wordsIn } from './words/words-in.ts'

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
    readonly language?: Language | undefined
  },
): { readonly subject: string; readonly body: string } {
  const language = request.language ?? 'en'
  const { receipt: words } = wordsIn[language]
  const sender = neutralSender(clinic.name)
  const paragraphs = [
    words.hello,
    words.received(sender, request.reference),
    request.answerBy === undefined
      ? undefined
      : words.answerBy(momentInWords(request.answerBy, clinic.timeZone, language)),
    request.stateHref === undefined ? undefined : `${words.address}\n${request.stateHref}`,
    clinic.phoneDisplay ? words.call(clinic.phoneDisplay) : undefined,
    words.unwatched,
    words.notYou,
  ]
  return {
    subject: words.subject(sender, request.reference),
    body: paragraphs.filter((paragraph) => paragraph !== undefined).join('\n\n'),
  }
}
