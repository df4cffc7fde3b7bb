import { hash } from 'node:crypto'
import type { ClinicId } from '../../platform/ids.ts'
import type { Instant } from '../../platform/time.ts'
import type { Movement, Place } from './movement.ts'

/** The hash before the first movement. */
export const CHAIN_START = '0'.repeat(64)

/** Parts the fields of a row; no text of a movement may hold it (the database refuses it too). */
export const FIELD_END = '\u001F'

/**
 * What the hash of a movement covers: every field in fixed order. The database makes the same text from its own columns
 * (`public.ledger_text`), so a reader of the table need not trust what the application remembers.
 *
 * @param detail the JSON text that is stored
 */
export function movementText(clinicId: ClinicId, movement: Movement, detail: string): string {
  const { from, to } = movement
  return [
    clinicId,
    movement.seq,
    movement.id,
    movement.actId,
    movement.kind,
    microseconds(movement.at),
    microseconds(movement.recordedAt),
    movement.lotId,
    from.place.at,
    idOf(from.place),
    from.container ?? '',
    to.place.at,
    idOf(to.place),
    to.container ?? '',
    movement.hundredths,
    movement.micrograms,
    movement.by,
    movement.witness ?? '',
    movement.sessionId ?? '',
    movement.reason,
    detail,
  ].join(FIELD_END)
}

/** SHA-256 in hex over the hash before and the text of the row. */
export function movementHash(previousHash: string, text: string): string {
  return hashOf(`${previousHash}${FIELD_END}${text}`)
}

/** The same over what stands together already: the hash before, the sign that parts fields, the text. */
export function hashOf(hashed: string): string {
  return hash('sha256', hashed)
}

function idOf(place: Place): string {
  return 'id' in place ? place.id : ''
}

const microseconds = (at: Instant) => at.replace('Z', '000Z')
