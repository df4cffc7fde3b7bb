import type { Route } from '../protocols/protocol.ts'
import { type AppointmentType, DOSING } from './appointment-type.ts'
import type { DiaryFacts } from './diary-facts.ts'

/** A clinic names its kinds of equipment itself: "pump", "infusion-pump", "syringe-pumps". */
const PUMP = /(^|-)pumps?(-|$)/

/**
 * A dosing visit as its route needs it: only a dose into a vein runs through a pump, so a visit by another route holds
 * none, whatever the kind of appointment asks for. Other kinds of appointments stay as they are. Pure.
 *
 * @param route of the protocol; undefined for a visit that is no session of a plan
 */
export function typeForRoute(type: AppointmentType, route: Route | undefined): AppointmentType {
  if (type.code !== DOSING || route === undefined || route === 'intravenous') return type
  const equipment = type.needs.equipment.filter((kind) => !PUMP.test(kind))
  return { ...type, needs: { ...type.needs, equipment } }
}

/** The facts of the diary for visits by one route: see `typeForRoute`. */
export function factsForRoute(facts: DiaryFacts, route: Route | undefined): DiaryFacts {
  return { ...facts, types: facts.types.map((type) => typeForRoute(type, route)) }
}
