import { Hl7Message } from '@medplum/core'
import { componentOf, escaped, fieldText } from './hl7-text.ts'
import { errorNames, type Refusal, refusalWords } from './refusal-words.ts'

/** What a monitor is told: taken and safe, or which refusal, and where one helps the words about it. */
export type Verdict =
  | { readonly taken: true }
  | { readonly taken: false; readonly reason: Refusal; readonly detail?: string }

/**
 * The header of whatever came, also of what cannot be read as a message, so that the answer carries its control id. Undefined when no line begins
 * like a header.
 */
export function headerOf(text: string): Hl7Message | undefined {
  const line = /(?:^|[\r\n])(MSH\|\^~\\&#?\|[^\r\n]{0,2000})/.exec(text.slice(0, 4000))?.[1]
  return line === undefined ? undefined : Hl7Message.parse(line)
}

/**
 * The text of an acknowledgement, or nothing when the sender wants none.
 *
 * MSH-15 and MSH-16 empty: original mode, `AA`, `AE`, `AR`. MSH-16 asks for an answer (`AL`, and `SU` or `ER` as it turns out): the same. Only MSH-15
 * asks, as PCD-01 says: `CA`, `CE`, `CR`. Both `NE`: none. Either way the words "accepted" are only given for what is safe on disk.
 *
 * @param at instant of the answer; written in UTC.
 * @param controlId of the answer.
 */
export function acknowledge(
  header: Hl7Message | undefined,
  verdict: Verdict,
  at: number,
  controlId: string,
): string | undefined {
  const field = (index: number) => fieldText(header?.header, index)
  const wants = (asked: string) => asked === 'AL' || asked === (verdict.taken ? 'SU' : 'ER')
  const [accept, application] = [field(15).trim(), field(16).trim()]
  const original = accept === '' && application === ''
  if (!original && !wants(accept) && !wants(application)) return undefined
  const kind = original || wants(application) ? 'A' : 'C'
  const stamp = new Date(at).toISOString().replaceAll(/[-:T]|\.\d+Z$/g, '')
  const event = componentOf(header?.header, 9, 2)
  const structure = componentOf(header?.header, 9, 3) === '' ? '' : '^ACK'
  const refusal = verdict.taken ? undefined : refusalWords[verdict.reason]
  const words =
    refusal && !verdict.taken
      ? escaped(`${verdict.reason}: ${refusal.words}${verdict.detail ? ` ${verdict.detail}` : ''}`)
      : ''
  const lines = [
    `MSH|^~\\&|${field(5)}|${field(6)}|${field(3)}|${field(4)}|${stamp}+0000||ACK${event ? `^${escaped(event)}${structure}` : ''}|${controlId}|${field(11) || 'P'}|${field(12) || '2.6'}`,
    `MSA|${kind}${refusal ? refusal.ack.slice(1) : 'A'}|${field(10)}${words ? `|${words}` : ''}`,
    ...(refusal ? [`ERR|||${refusal.code}^${errorNames[refusal.code]}^HL70357|E||||${words}`] : []),
  ]
  return `${lines.join('\r')}\r`
}
