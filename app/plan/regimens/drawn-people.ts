import { log, type Person } from '@evenkeel/pharmacokinetics'
import type { AskedPeople, Sex } from './regimen-question.ts'

/** Most different weights among drawn people: those of one weight are computed together. */
const MOST_WEIGHTS = 40

/** Kilograms between the weights that are drawn. */
export function weightStepKg(least: number, most: number): number {
  return Math.max(1, Math.ceil((most - least) / MOST_WEIGHTS))
}

/** The one for whom single lines are drawn: the person, or the mean weight and the middle age. */
export function typicalPerson(people: AskedPeople): Person & { readonly weightKg: number } {
  if (people.kind === 'person') {
    const { weightKg, ageYears, sex } = people
    return { weightKg, ...(ageYears === undefined ? {} : { ageYears }), ...(sex ? { sex } : {}) }
  }
  return {
    weightKg: people.weightKg.mean,
    ageYears: (people.ageYears.least + people.ageYears.most) / 2,
  }
}

/**
 * People of a description, lightest first. Weight is normal and drawn again outside its limits, then rounded to
 * `weightStepKg`; age is even over whole years; sex does not act on either, because no model here uses it.
 *
 * @param count how many
 * @param seed whole number of 32 bits; the same seed gives the same people
 */
export function drawPeople(people: AskedPeople, count: number, seed: number): Person[] {
  if (people.kind === 'person') return Array.from({ length: count }, () => typicalPerson(people))
  const { weightKg, ageYears, womenPercent } = people
  const next = uniformOf(seed)
  const step = weightStepKg(weightKg.least, weightKg.most)
  const drawn = Array.from({ length: count }, () => {
    const rounded = Math.round(weightWithin() / step) * step
    const age = ageYears.least + Math.floor(next() * (ageYears.most - ageYears.least + 1))
    const sex: Sex = next() * 100 < womenPercent ? 'female' : 'male'
    return {
      weightKg: Math.min(weightKg.most, Math.max(weightKg.least, rounded)),
      ageYears: Math.min(ageYears.most, age),
      sex,
    }
  })
  return drawn.sort((a, b) => a.weightKg - b.weightKg)

  function weightWithin(): number {
    // Limits that leave almost nothing of the curve are met by drawing evenly between them instead.
    for (let attempt = 0; attempt < 200; attempt += 1) {
      const weight = weightKg.mean + weightKg.sd * normal()
      if (weight >= weightKg.least && weight <= weightKg.most) return weight
    }
    return weightKg.least + next() * (weightKg.most - weightKg.least)
  }

  /** Marsaglia's polar method; the second of each pair is left. */
  function normal(): number {
    for (;;) {
      const u = 2 * next() - 1
      const v = 2 * next() - 1
      const s = u * u + v * v
      if (s > 0 && s < 1) return u * Math.sqrt((-2 * log(s)) / s)
    }
  }
}

/** Where people of one weight begin and end in a list sorted by weight. */
export function weightGroups(people: readonly Person[]): { weightKg: number; from: number; to: number }[] {
  const groups: { weightKg: number; from: number; to: number }[] = []
  for (const [at, { weightKg }] of people.entries()) {
    const last = groups.at(-1)
    if (last?.weightKg === weightKg) last.to = at + 1
    else groups.push({ weightKg, from: at, to: at + 1 })
  }
  return groups
}

/** The seed of the k-th person of a seed: far apart, so that neighbours share nothing. */
export function seedOf(seed: number, k: number): number {
  let mixed = (seed ^ Math.imul(k + 1, 0x9e3779b1)) >>> 0
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}

/** Numbers from 0 up to 1 of a seed (mulberry32). */
function uniformOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
