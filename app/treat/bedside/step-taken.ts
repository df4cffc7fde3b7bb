/** What is brought into view after a form was answered. */
export type BroughtIntoView = 'errors' | 'next' | 'nothing'

/**
 * Forms of one tap, and those whose place stays the same: the page does not move under the finger, and what they say is
 * seen on them.
 */
const STAY: readonly string[] = [
  'acknowledge',
  'comfort',
  'music',
  'sitter-in',
  'sitter-out',
  'call',
  'scale',
  'pause',
  'resume',
  'stop',
  'rate',
  'step',
  'take-watch',
  'take-offer',
  'offer',
]

/**
 * Where the eye belongs after a form was answered: at what is to be changed; after a step at the next thing due; after a tap
 * where it is. Somebody who is typing elsewhere by now is left alone unless something went wrong.
 *
 * @param intent of the form that was answered
 * @param typingElsewhere the cursor stands in a field outside of the form that was sent
 */
export function broughtIntoView(
  intent: string | undefined,
  hasErrors: boolean,
  typingElsewhere: boolean,
): BroughtIntoView {
  if (hasErrors) return 'errors'
  return intent === undefined || STAY.includes(intent) || typingElsewhere ? 'nothing' : 'next'
}
