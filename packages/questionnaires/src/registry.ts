import type { Instrument } from './instrument.ts'
import { audit } from './instruments/audit.ts'
import { cravingNrs } from './instruments/craving-nrs.ts'
import { gad7 } from './instruments/gad-7.ts'
import { phq9 } from './instruments/phq-9.ts'

const INSTRUMENTS: readonly Instrument[] = [phq9, gad7, audit, cravingNrs]
const BY_ID: ReadonlyMap<string, Instrument> = new Map(
  INSTRUMENTS.map((instrument) => [instrument.id, instrument]),
)

/** Every instrument we ship, in a fixed order. */
export function listInstruments(): readonly Instrument[] {
  return INSTRUMENTS
}

/** The instrument of that id, or undefined when we do not ship it. */
export function instrumentById(id: string): Instrument | undefined {
  return BY_ID.get(id)
}

/** @throws RangeError when there is no such instrument: ids come from our own code and data, never from a form */
export function requireInstrument(id: string): Instrument {
  const instrument = BY_ID.get(id)
  if (instrument === undefined) throw new RangeError(`no instrument ${id}`)
  return instrument
}
