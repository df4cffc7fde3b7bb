import { type Reading, type VitalSign, vitalSignNames, vitalSigns, writeValue } from '@evenkeel/vital-signs'
import { ROUTE_WORDS } from '../../plan/index.ts'
import type { Instant } from '../../platform/time.ts'
import { STEP_TITLES } from '../leaving/discharge-gate.ts'
import type { Baseline } from './baseline.ts'
import { careWords } from './care-words.ts'
import type { SessionDose, SessionPhase } from './session.ts'
import type { Answer, SessionEvent } from './session-event.ts'

/** Signs a nurse takes by hand, in the order they are asked for. */
export const HAND_SIGNS = [
  'systolicMmHg',
  'diastolicMmHg',
  'heartRatePerMin',
  'spo2Percent',
  'respiratoryRatePerMin',
  'moaas',
] as const satisfies readonly VitalSign[]

/** Where a session stands, in words. */
export const PHASE_WORDS: Readonly<Record<SessionPhase, string>> = {
  arrive: 'Before arrival',
  check: 'Checks',
  dose: 'Ready for the dose',
  monitor: 'Infusion',
  recover: 'Recovery',
  leave: 'Left',
}

/** A reading in one line: "BP 128/76 mmHg, HR 72/min, SpO₂ 98%". What was not measured is left out, and said to be. */
export function readingWords(values: Reading): string {
  const { systolicMmHg: systolic, diastolicMmHg: diastolic } = values
  const parts: string[] = []
  if (typeof systolic === 'number' || typeof diastolic === 'number') {
    parts.push(`BP ${systolic ?? 'unknown'}/${diastolic ?? 'unknown'} mmHg`)
  }
  for (const sign of vitalSigns) {
    if (sign === 'systolicMmHg' || sign === 'diastolicMmHg') continue
    const value = values[sign]
    if (typeof value === 'number') parts.push(`${vitalSignNames[sign].short} ${writeValue(sign, value)}`)
  }
  return parts.length > 0 ? parts.join(', ') : 'nothing measured'
}

/** The values before a dose with when they were measured: "at 14:52: BP 128/76 mmHg; at 14:58: SpO₂ 98%". */
export function baselineWords({ signs }: Baseline, time: (instant: Instant) => string): string {
  const instants = [...new Set(signs.map(({ at }) => at))].sort()
  return instants
    .map((at) => {
      const then = signs.filter((taken) => taken.at === at).map(({ sign, value }) => [sign, value])
      return `at ${time(at)}: ${readingWords(Object.fromEntries(then))}`
    })
    .join('; ')
}

const ANSWER_WORDS: Readonly<Record<Answer, string>> = { yes: 'yes', no: 'no', unknown: 'not known' }

const TOPIC_WORDS = {
  general: 'Observation',
  distress: 'Distress',
  nausea: 'Nausea',
  comfort: 'Comfort',
  call: 'Call',
} as const

const IDENTIFIER_WORDS = {
  'full-name': 'full name',
  'birth-date': 'date of birth',
  'photo-id': 'photo identity card',
} as const

/** mg or mg/h to two decimals, without zeros at the end. */
function roundedMg(mg: number): number {
  return Math.round(mg * 100) / 100
}

/**
 * What an event says, in words: a title for the timeline and what more there is to it.
 *
 * @param dose of the same session, where it is known: the end of devices is no end of an infusion
 */
export function eventWords(
  event: SessionEvent,
  dose?: Pick<SessionDose, 'units' | 'atOnce'>,
): {
  readonly title: string
  readonly text: string | undefined
} {
  const words = event.words ?? {}
  const say = (title: string, ...more: (string | false | undefined)[]) => {
    const text = more.filter(Boolean).join('. ')
    return { title, text: text === '' ? undefined : text }
  }
  switch (event.kind) {
    case 'arrived':
      return say('Arrived')
    case 'identity-checked':
      return say(
        `Identity checked by ${event.data.identifiers.map((each) => IDENTIFIER_WORDS[each]).join(' and ')}`,
      )
    case 'checklist': {
      const { escortNamed, fasted, noUseSince, breathAlcoholGPer210L: alcohol } = event.data
      return say(
        'Checklist before the dose',
        `Escort ${escortNamed ? (words.escortName ?? 'named') : 'not named'}${words.escortPhone ? `, ${words.escortPhone}` : ''}`,
        `Fasting: ${ANSWER_WORDS[fasted]}`,
        `No use since the last visit: ${ANSWER_WORDS[noUseSince]}`,
        `Breath alcohol: ${alcohol === null ? 'not measured' : `${alcohol.toFixed(2)} g/210 L`}`,
      )
    }
    case 'reading':
      return say(
        readingWords(event.data.values),
        event.data.confirmed.length > 0 &&
          `Unlikely but confirmed: ${event.data.confirmed.map((sign) => vitalSignNames[sign].name).join(', ')}`,
        words.text,
      )
    case 'dose-started': {
      const { orderedMg, drawnMl, lotConcentrationMgPerMl, durationMin, steps, atOnce, units } = event.data
      if (units) {
        return say(
          units.atMin.length === 0
            ? `Dose given: ${orderedMg} mg`
            : `Nasal dose begun: ${orderedMg} mg in ${units.count} devices`,
          `${units.count} of ${units.unitMg} mg`,
        )
      }
      if (atOnce) {
        return say(
          `Dose given: ${orderedMg} mg ${ROUTE_WORDS[atOnce]}`,
          `${drawnMl} mL of ${lotConcentrationMgPerMl} mg/mL drawn`,
        )
      }
      return say(
        `Infusion started: ${orderedMg} mg over ${durationMin} min`,
        steps
          ?.map((step) => `${step.title} ${step.rateMlPerH} mL/h for ${step.durationMin} min`)
          .join(', then '),
        `${drawnMl} mL of ${lotConcentrationMgPerMl} mg/mL drawn`,
      )
    }
    case 'dose-paused':
      return say('Infusion paused', words.reason)
    case 'dose-resumed':
      return say('Infusion resumed', words.reason)
    case 'dose-rate-changed': {
      const { rateMlPerH, rateMgPerH } = event.data
      return say(`Pump set to ${rateMlPerH} mL/h`, `${roundedMg(rateMgPerH)} mg/h`, words.reason)
    }
    case 'dose-stopped':
    case 'dose-finished': {
      const { mgGiven, computedMg } = event.data
      if ('atOnce' in event.data && event.data.atOnce)
        return say(`${mgGiven} mg were given at once`, words.reason)
      const ended = event.kind === 'dose-stopped' ? 'stopped' : 'finished'
      if (dose?.units) return say(`Nasal dose ${ended}: ${mgGiven} mg given`, words.reason)
      return say(`Infusion ${ended}: ${mgGiven} mg given`, `By rate and times ${computedMg} mg`, words.reason)
    }
    case 'observation':
      return say(TOPIC_WORDS[event.data.topic], words.text)
    case 'device-given':
      return say(`Device ${event.data.deviceNumber}: ${event.data.mg} mg sprayed`, words.text)
    case 'bolus-given':
      return say(`Bolus by hand: ${roundedMg(event.data.mg)} mg`, `${event.data.ml} mL`, words.reason)
    case 'correction':
      return say('Earlier entry corrected', words.reason)
    case 'discharge-step':
      return say(`${STEP_TITLES[event.data.step]}: ${ANSWER_WORDS[event.data.met]}`)
    case 'discharged':
      return say(
        event.data.overrideBy ? 'Left, released by a second clinician' : 'Left',
        event.data.notMet.length > 0 && `Conditions not met or not known: ${event.data.notMet.length}`,
        words.reason,
      )
    case 'session-closed':
      return say(
        event.data.outcome === 'completed' ? 'Session closed' : 'Session ended without a dose',
        words.reason,
      )
    default:
      return careWords(event, say)
  }
}
