/**
 * Words that would tell whoever else reads a message what somebody is treated for, or with. A message goes through
 * strangers' screens: its subject and its text hold none of them.
 */
const TELLING =
  /\b(ketamin\w*|esketamin\w*|addict\w*|alcohol\w*|drinking|opioid\w*|heroin|fentanyl|cocaine|meth(amphetamine)?|cannabis|drugs?|substances?|detox\w*|rehab\w*|overdos\w*|psychiatr\w*|depress\w*|suicid\w*|trauma\w*|psychedelic\w*|relaps\w*|recovery)\b/i

/**
 * The first telling word of a text.
 *
 * @param allowed text that may stand there all the same, such as the clinic's own name inside a signature
 * @returns undefined when the text tells nothing
 * @example tellingWord('About your ketamine visit') // 'ketamine'
 */
export function tellingWord(text: string, allowed = ''): string | undefined {
  const rest = allowed === '' ? text : text.replaceAll(allowed, ' ')
  return TELLING.exec(rest)?.[0]
}

/** A subject or sender as one line: line breaks and control signs, which could begin a header of their own, become spaces. */
export function oneLine(text: string): string {
  return text
    .replace(/\p{Cc}+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}

/** How a message names its sender: the clinic's name, or none when the name itself tells. */
export function neutralSender(clinicName: string): string | undefined {
  return tellingWord(clinicName) === undefined ? oneLine(clinicName) : undefined
}
