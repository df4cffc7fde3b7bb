/**
 * The recovery score after Aldrete: five parts of 0 to 2 points, 10 in all; a person may leave from 9 on. Parts and sum
 * from memory of the published score, in our own words; a clinic compares before it relies on them.
 */
export const ALDRETE_PARTS = {
  activity: {
    title: 'Movement',
    choices: ['moves no limb', 'moves two limbs', 'moves all four limbs'],
  },
  breathing: {
    title: 'Breathing',
    choices: ['does not breathe unaided', 'short or shallow breaths', 'breathes deeply, coughs'],
  },
  circulation: {
    title: 'Pressure against before',
    choices: ['differs by more than half', 'differs by a fifth to a half', 'within a fifth'],
  },
  consciousness: {
    title: 'Waking',
    choices: ['does not answer', 'wakes when called', 'fully awake'],
  },
  saturation: {
    title: 'Oxygen',
    choices: ['below 90 % even with oxygen', 'needs oxygen to stay above 90 %', 'above 92 % on room air'],
  },
} as const
export type AldretePart = keyof typeof ALDRETE_PARTS
export const ALDRETE_NAMES = Object.keys(ALDRETE_PARTS) as AldretePart[]

/**
 * The sum of all five parts; undefined when one was left out, since a sum of four says nothing.
 *
 * @param parts points of each part, 0 to 2
 */
export function aldreteSum(parts: Readonly<Partial<Record<AldretePart, number>>>): number | undefined {
  let sum = 0
  for (const name of ALDRETE_NAMES) {
    const points = parts[name]
    if (points === undefined) return undefined
    sum += points
  }
  return sum
}
