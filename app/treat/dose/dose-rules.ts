import type { Fact } from '../../assess/index.ts'
import type { Instant } from '../../platform/time.ts'
import { signsTaken } from '../session/baseline.ts'
import type { SessionState } from '../session/session.ts'

/**
 * What this session's log says to the rules of the day: pressure and heart rate of the newest reading, breath alcohol
 * of the checklist (grams per 210 litres of breath and g/dL of blood are the same figure), and whether an escort is
 * named there with a telephone. What was not measured says
 * nothing.
 *
 * @param at what lies after it is left out
 */
export function observedIn(
  { readings, checklist }: Pick<SessionState, 'readings' | 'checklist'>,
  at: Instant,
): readonly Pick<Fact, 'kind' | 'value' | 'observedAt'>[] {
  const observed: Pick<Fact, 'kind' | 'value' | 'observedAt'>[] = []
  const reading = readings.findLast((each) => each.at <= at)
  const { systolicMmHg, diastolicMmHg, heartRatePerMin } = reading?.values ?? {}
  if (reading && typeof systolicMmHg === 'number' && typeof diastolicMmHg === 'number') {
    observed.push({
      kind: 'blood-pressure',
      value: { systolicMmHg, diastolicMmHg },
      observedAt: reading.at,
    })
  }
  if (reading && typeof heartRatePerMin === 'number') {
    observed.push({ kind: 'heart-rate-per-min', value: heartRatePerMin, observedAt: reading.at })
  }
  if (checklist && checklist.at <= at) {
    const named = checklist.escortNamed && checklist.escortPhoneGiven
    observed.push({ kind: 'escort-named', value: named ? 'yes' : 'no', observedAt: checklist.at })
  }
  if (checklist && checklist.at <= at && checklist.breathAlcoholGPer210L !== null) {
    observed.push({
      kind: 'breath-alcohol',
      value: checklist.breathAlcoholGPer210L,
      observedAt: checklist.at,
    })
  }
  return observed
}

/**
 * What this session measured last says to the interactions of medicines: alertness and oxygen saturation.
 *
 * @param at what lies after it is left out
 */
export function observedForMedicines({ measured }: Pick<SessionState, 'measured'>, at: Instant) {
  const taken = signsTaken(measured.filter((each) => each.at <= at))
  const moaas = taken.find(({ sign }) => sign === 'moaas')
  const oxygen = taken.find(({ sign }) => sign === 'spo2Percent')
  return {
    ...(moaas ? { alertness: { moaas: moaas.value, at: moaas.at } } : {}),
    facts: oxygen ? [{ kind: 'spo2-percent' as const, value: oxygen.value, observedAt: oxygen.at }] : [],
  }
}
