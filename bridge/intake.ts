import { WIRE_SCHEMA, type WireBatch, type WireSample, type WireTechnical } from '@evenkeel/vital-signs'
import { acknowledge, headerOf, type Verdict } from './acknowledgement.ts'
import { decodeHl7, parseHl7 } from './hl7-text.ts'
import type { Mapping } from './mapping.ts'
import type { MllpFault } from './mllp.ts'
import { type MessageRefusal, type ReadMessage, readMessage } from './read-oru.ts'
import { fingerprintOf, type Spool } from './spool.ts'

/** What is told about messages; ids, names of refusals and numbers, never a value and never a person. */
export type IntakeReport =
  | {
      readonly what: 'taken'
      readonly deviceId: string
      readonly samples: number
      readonly technical: number
      readonly zoneAssumed: number
      /** How often each reason kept a row back. */
      readonly rows: Readonly<Record<string, number>>
      /** The same bytes had come before. */
      readonly again: boolean
    }
  | { readonly what: 'heartbeat' }
  | { readonly what: 'not-taken'; readonly reason: string; readonly rows: Readonly<Record<string, number>> }
  | { readonly what: 'broken'; readonly error: unknown }

export type Intake = {
  /** One message as it came; answers with the acknowledgement to send, after what it holds is on disk. */
  receive(bytes: Uint8Array): Promise<string | undefined>
  /** The answer to a message whose envelope was broken. */
  refuse(fault: MllpFault, head: Uint8Array): string | undefined
}

/** Fewer than the wire allows, so that the longest names still fit into its bound, in any script. */
const SAMPLES_PER_BATCH = 300
const NOTICES_PER_BATCH = 50

/**
 * The way of a message: bytes → text → readings → batches on disk → acknowledgement.
 *
 * @param needs.answerAnyway refusals that are answered as if taken, for gateways that stop their whole queue at the first refusal. Nothing of such a
 *   message is kept; it is counted in the log.
 * @param needs.nextId control ids of our answers.
 */
export function createIntake(needs: {
  readonly mapping: Mapping
  readonly spool: Spool
  readonly answerAnyway: readonly MessageRefusal[]
  now(): number
  nextId(): string
  report(said: IntakeReport): void
}): Intake {
  const { mapping, spool } = needs
  const answer = (text: string, verdict: Verdict) =>
    acknowledge(headerOf(text), verdict, needs.now(), needs.nextId())

  async function store(read: ReadMessage & { kind: 'readings' }, bytes: Uint8Array): Promise<Verdict> {
    const sentAt = new Date(needs.now()).toISOString()
    const { deviceId } = read.device
    const fingerprint = fingerprintOf(bytes)
    let again = true
    for (const [index, part] of parts(read).entries()) {
      const result = await spool.append({
        deviceId,
        fingerprint: `${fingerprint}${index === 0 ? '' : `#${index}`}`,
        body: (sequence) =>
          JSON.stringify({ schema: WIRE_SCHEMA, deviceId, sequence, sentAt, ...part } satisfies WireBatch),
      })
      if (!result.ok) {
        needs.report({ what: 'not-taken', reason: result.reason, rows: {} })
        return { taken: false, reason: result.reason }
      }
      again &&= result.again
    }
    needs.report({
      what: 'taken',
      deviceId,
      samples: read.samples.length,
      technical: read.technical.length,
      zoneAssumed: read.zoneAssumed,
      rows: countRows(read.rows),
      again,
    })
    return { taken: true }
  }

  return {
    async receive(bytes) {
      let text = ''
      try {
        const receivedAt = needs.now()
        const decoded = decodeHl7(bytes)
        // What is no text may still begin with a header that is.
        text = 'text' in decoded ? decoded.text : new TextDecoder('latin1').decode(bytes.subarray(0, 4000))
        const read = readMessage('text' in decoded ? parseHl7(text) : decoded.problem, mapping, receivedAt)
        if (read.kind === 'acknowledgement') return undefined
        if (read.kind === 'heartbeat') {
          needs.report({ what: 'heartbeat' })
          return answer(text, { taken: true })
        }
        if (read.kind === 'readings') return answer(text, await store(read, bytes))
        const rows = countRows(read.rows)
        needs.report({ what: 'not-taken', reason: read.reason, rows })
        if (needs.answerAnyway.includes(read.reason)) return answer(text, { taken: true })
        const detail = Object.entries(rows)
          .map(([reason, count]) => `${count} ${reason}`)
          .join(', ')
        return answer(text, { taken: false, reason: read.reason, detail })
      } catch (error) {
        needs.report({ what: 'broken', error })
        return answer(text, { taken: false, reason: 'internal' })
      }
    },
    refuse(fault, head) {
      const header = headerOf(new TextDecoder('latin1').decode(head))
      // Without a control id there is nothing to answer; a message that broke off is sent again by itself.
      if (!header || fault === 'half-message' || fault === 'garbage') return undefined
      return acknowledge(header, { taken: false, reason: fault }, needs.now(), needs.nextId())
    },
  }
}

/** The samples and notices of a message, in pieces that a batch may hold. */
function parts(read: {
  readonly samples: readonly WireSample[]
  readonly technical: readonly WireTechnical[]
}): { samples: readonly WireSample[]; technical?: readonly WireTechnical[] }[] {
  const count = Math.max(
    Math.ceil(read.samples.length / SAMPLES_PER_BATCH),
    Math.ceil(read.technical.length / NOTICES_PER_BATCH),
  )
  return Array.from({ length: count }, (_, index) => {
    const technical = read.technical.slice(index * NOTICES_PER_BATCH, (index + 1) * NOTICES_PER_BATCH)
    const samples = read.samples.slice(index * SAMPLES_PER_BATCH, (index + 1) * SAMPLES_PER_BATCH)
    return technical.length > 0 ? { samples, technical } : { samples }
  })
}

function countRows(rows: readonly { readonly reason: string }[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { reason } of rows) counts[reason] = (counts[reason] ?? 0) + 1
  return counts
}
