import { px, type Scale } from './chart-scale.ts'

/** A value that holds from `time` until the next one. */
export interface Step {
  readonly time: number
  readonly value: number
}

/**
 * Path of a step curve: level from each step to the next, then straight up or down.
 *
 * @param steps ascending by time; empty gives an empty path
 * @param untilTime where the last level ends
 */
export function stepPath(steps: readonly Step[], untilTime: number, x: Scale, y: Scale): string {
  const first = steps[0]
  if (first === undefined) return ''
  let path = `M${px(x(first.time))} ${px(y(first.value))}`
  for (const step of steps.slice(1)) path += ` H${px(x(step.time))} V${px(y(step.value))}`
  const last = steps[steps.length - 1] ?? first
  if (untilTime > last.time) path += ` H${px(x(untilTime))}`
  return path
}

/**
 * Closed path of a band between two step curves over the same times.
 *
 * @param band ascending by time, `lower` and `upper` both known
 */
export function bandPath(
  band: readonly { time: number; lower: number; upper: number }[],
  untilTime: number,
  x: Scale,
  y: Scale,
): string {
  if (band.length === 0) return ''
  const upper = stepPath(
    band.map(({ time, upper: value }) => ({ time, value })),
    untilTime,
    x,
    y,
  )
  let path = upper
  for (const { time, lower } of [...band].reverse()) path += ` V${px(y(lower))} H${px(x(time))}`
  return `${path} Z`
}
