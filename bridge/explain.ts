import { decodeHl7, messagesOfFile } from './hl7-text.ts'
import type { Mapping } from './mapping.ts'
import { readText } from './read-oru.ts'
import { refusalWords } from './refusal-words.ts'

/**
 * What the bridge would make of a file with messages, line by line for the person who connects a monitor: readings with instant and unit, and every
 * row or message that gives none with its reason. Nothing is stored or sent.
 */
export function explain(bytes: Uint8Array, mapping: Mapping, nowMs: number): string[] {
  const decoded = decodeHl7(bytes)
  if ('problem' in decoded) return [`refused, ${decoded.problem}: ${refusalWords[decoded.problem].words}`]
  return messagesOfFile(decoded.text).flatMap((text, index) => {
    const read = readText(text, mapping, nowMs)
    const title = `message ${index + 1}:`
    if (read.kind === 'heartbeat' || read.kind === 'acknowledgement') return [`${title} ${read.kind}`]
    const rows = read.rows.map(({ row, code, reason }) => `  row ${row} ${code}: ${reason}`)
    if (read.kind === 'refused')
      return [`${title} refused, ${read.reason}: ${refusalWords[read.reason].words}`, ...rows]
    return [
      `${title} ${read.device.deviceId} (${read.device.room})${read.zoneAssumed > 0 ? ', in the zone of the configuration' : ''}`,
      ...read.samples.map(
        ({ measuredAt, sign, value, unit, quality = 'ok' }) =>
          `  ${measuredAt} ${sign} ${value} ${unit} ${quality}`,
      ),
      ...read.technical.map(({ at, kind, phase = 'start' }) => `  ${at} ${kind} ${phase}`),
      ...rows,
    ]
  })
}
