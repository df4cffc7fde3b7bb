import type { SessionDose } from '../session/session.ts'
import type { OrderedStep } from '../session/session-event.ts'

/** The order a dose was started by, when it is that one: a dose started on another screen may rest on a newer order. */
export function orderOfDose<Order extends { readonly id: string }>(
  dose: SessionDose | undefined,
  order: Order | undefined,
): Order | undefined {
  return dose && order?.id === dose.orderId ? order : undefined
}

/** A device of a nasal dose that is still to be given, and when: never before its minutes have passed since the first. */
export type DueDevice = { readonly number: number; readonly dueAtMs: number }

/**
 * The device that is next. The minutes between two count from the one before as it was given, so that a late second
 * device does not bring the third nearer.
 *
 * @returns undefined when all were given, the dose has ended, or it is none of devices
 */
export function nextDevice(dose: SessionDose): DueDevice | undefined {
  const { units, devices } = dose
  if (!units || units.atMin.length === 0 || dose.ended || devices.length >= units.count) return undefined
  const last = devices.at(-1)
  if (!last) return { number: 1, dueAtMs: Date.parse(dose.startedAt) }
  const apartMin = (units.atMin[devices.length] ?? 0) - (units.atMin[devices.length - 1] ?? 0)
  return { number: devices.length + 1, dueAtMs: Date.parse(last.at) + apartMin * 60_000 }
}

/** What the pump did from an instant on, as the log says; a pause is 0 mg/h. */
export type PumpStep = { readonly atMs: number; readonly mgPerH: number }

/**
 * The pump as the log says it was run: start, changes of rate, pauses (0 mg/h) and the end (0 mg/h), in order of time.
 * A change made while the pump stood holds from the resumption on. Where two fall on one instant, the later entry holds.
 */
export function pumpSteps(dose: SessionDose): PumpStep[] {
  const endMs = dose.ended ? Date.parse(dose.ended.at) : Number.POSITIVE_INFINITY
  const turns = new Set([Date.parse(dose.startedAt)])
  for (const { at } of dose.rateChanges) turns.add(Date.parse(at))
  for (const { from, until } of dose.pauses) {
    turns.add(Date.parse(from))
    if (until) turns.add(Date.parse(until))
  }
  if (dose.ended) turns.add(endMs)
  const steps: PumpStep[] = []
  for (const atMs of [...turns].sort((a, b) => a - b)) {
    const stands =
      atMs >= endMs ||
      dose.pauses.some(
        ({ from, until }) => Date.parse(from) <= atMs && (until === undefined || atMs < Date.parse(until)),
      )
    const mgPerH = stands ? 0 : rateAt(dose, atMs)
    if (steps.at(-1)?.mgPerH !== mgPerH) steps.push({ atMs, mgPerH })
  }
  return steps
}

/** The rate the pump is set to at an instant, in mg/h, whether it runs or stands. */
export function rateAt(dose: SessionDose, atMs: number): number {
  return dose.rateChanges.findLast(({ at }) => Date.parse(at) <= atMs)?.rateMgPerH ?? dose.rateMgPerH
}

/** mg by rate and times at an instant, without a cap: what the pump would have given had the syringe no end. */
function mgByRate(dose: SessionDose, atMs: number): number {
  const steps = pumpSteps(dose)
  return steps.reduce((sum, { atMs: fromMs, mgPerH }, index) => {
    const untilMs = Math.min(atMs, steps[index + 1]?.atMs ?? Number.POSITIVE_INFINITY)
    return sum + (mgPerH * Math.max(0, untilMs - fromMs)) / 3_600_000
  }, 0)
}

/** Whether the pump stands: paused and not resumed. */
export function isPaused({ pauses }: Pick<SessionDose, 'pauses'>): boolean {
  return pauses.length > 0 && pauses.at(-1)?.until === undefined
}

/** A later step of the order that the pump is to be set to, and when. */
export type DueStep = { readonly step: OrderedStep; readonly atMs: number }

/**
 * The steps of the order that the log does not say the pump was set to yet, in order, each with when it is due: as many
 * minutes of running after the start as the steps before it take. Empty for an infusion at one speed, and once it has ended.
 */
export function dueSteps(dose: SessionDose, nowMs: number): DueStep[] {
  if (!dose.steps || dose.ended) return []
  const due: DueStep[] = []
  const runMin = infusionMinutes(dose, nowMs)
  let afterMin = 0
  for (const [place, step] of dose.steps.entries()) {
    if (place > 0 && !wasSet(dose, step, afterMin)) {
      // Past ones by when the pump had run so long, as far as the minutes of the log tell.
      due.push({ step, atMs: nowMs + (afterMin - runMin) * 60_000 })
    }
    afterMin += step.durationMin
  }
  return due
}

/** Whether a step was set: its own rate at any time, or any rate from a minute before it is due on. */
function wasSet(dose: SessionDose, step: OrderedStep, afterMin: number): boolean {
  return dose.rateChanges.some(
    ({ at, rateMlPerH }) =>
      Math.abs(rateMlPerH - step.rateMlPerH) < 0.05 || infusionMinutes(dose, Date.parse(at)) >= afterMin - 1,
  )
}

/** The fastest the pump may be set to at an instant, in mL/h: the rate of the step that the minutes of running are in. */
export function fastestMlPerH(dose: SessionDose, orderedMlPerH: number, atMs: number): number {
  if (!dose.steps) return orderedMlPerH
  const runMin = infusionMinutes(dose, atMs)
  let untilMin = 0
  for (const step of dose.steps) {
    untilMin += step.durationMin
    if (runMin < untilMin) return step.rateMlPerH
  }
  return dose.steps.at(-1)!.rateMlPerH
}

/** Minutes the pump has run by `atMs`, without its pauses. */
export function infusionMinutes(dose: SessionDose, atMs: number): number {
  const startMs = Date.parse(dose.startedAt)
  const endMs = Math.min(atMs, dose.ended ? Date.parse(dose.ended.at) : Number.POSITIVE_INFINITY)
  const pausedMs = dose.pauses.reduce((sum, pause) => {
    const from = Math.max(startMs, Date.parse(pause.from))
    const until = Math.min(endMs, pause.until ? Date.parse(pause.until) : endMs)
    return sum + Math.max(0, until - from)
  }, 0)
  return Math.max(0, endMs - startMs - pausedMs) / 60_000
}

/** The most that can have been given, in mg: what was ordered, and never more than what was drawn holds. */
export function mostMg({ orderedMg, drawnMl, lotConcentrationMgPerMl }: SessionDose): number {
  if (drawnMl === undefined || lotConcentrationMgPerMl === undefined) return orderedMg
  return Math.min(orderedMg, Math.floor(drawnMl * lotConcentrationMgPerMl * 100 + 1e-6) / 100)
}

/**
 * mg given by `atMs` as computed from the pump's rates and its running time, never more than ordered or drawn.
 * An aid for the person at the pump, whose reading counts.
 */
export function computedMg(dose: SessionDose, atMs: number): number {
  if (dose.units) return mgInUnits(dose, atMs)
  return Math.round(Math.min(mostMg(dose), mgByRate(dose, atMs)) * 100) / 100
}

function mgInUnits({ units, devices, orderedMg, startedAt }: SessionDose, atMs: number): number {
  if (units?.atMin.length === 0) return Date.parse(startedAt) <= atMs ? orderedMg : 0
  return devices.reduce((sum, { at, mg }) => (Date.parse(at) <= atMs ? sum + mg : sum), 0)
}

/**
 * When the ordered mg will have run in, at the rate the pump is set to; for a pump that stands, if it were resumed now.
 * Slower moves it back. In the past once the time is over.
 *
 * @returns ms since 1970, to the millisecond
 */
export function expectedEndMs(dose: SessionDose, nowMs: number): number {
  if (dose.units) {
    const next = nextDevice(dose)
    if (!next) return Date.parse(dose.devices.at(-1)?.at ?? dose.startedAt)
    const { atMin } = dose.units
    return next.dueAtMs + ((atMin.at(-1) ?? 0) - (atMin[next.number - 1] ?? 0)) * 60_000
  }
  let leftMg = dose.orderedMg - mgByRate(dose, nowMs)
  let fromMs = nowMs
  let mgPerH = rateAt(dose, nowMs)
  // Steps still ahead are taken as ordered; one that is overdue is not: the pump goes on as the log says.
  for (const { step, atMs } of dueSteps(dose, nowMs).filter((each) => each.atMs > nowMs)) {
    const mgUntil = (mgPerH * (atMs - fromMs)) / 3_600_000
    if (mgUntil >= leftMg) break
    leftMg -= mgUntil
    fromMs = atMs
    mgPerH = step.rateMgPerH
  }
  return fromMs + Math.round((leftMg / mgPerH) * 3_600_000)
}

/** Minutes the whole infusion takes with the rates so far, pauses not counted; longer than ordered once it was slowed. */
export function wholeRunMin(dose: SessionDose, nowMs: number): number {
  return Math.round(infusionMinutes(dose, nowMs) + (expectedEndMs(dose, nowMs) - nowMs) / 60_000)
}

/** mL of the lot left in the syringe once the infusion has ended; undefined before, and where nothing was drawn. */
export function leftOverMl(dose: SessionDose): number | undefined {
  if (!dose.ended || dose.drawnMl === undefined || !dose.lotConcentrationMgPerMl) return undefined
  const ml = dose.drawnMl - dose.ended.mgGiven / dose.lotConcentrationMgPerMl
  return Math.max(0, Math.round(ml * 100) / 100)
}
