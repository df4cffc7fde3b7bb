import type { Dose } from './dose.ts'

/**
 * Something about a person that changes exposure or effect. Ranges multiply exposure (area) and include 1, because a
 * single study's mean is not this person's: they widen an interval and are never applied as a shift.
 */
export type ExposureFactor = {
  readonly id: string
  readonly words: string
  /** Into a vein, muscle, nose or mouth: past the liver at first. */
  readonly vein: readonly [number, number]
  /** Extra for what is swallowed; absent = as for a vein. */
  readonly swallowed?: readonly [number, number]
  readonly source: string
  /** Of the range for a vein, or of the words where it has none. D: our use of a figure that was measured as something else. */
  readonly confidence: 'P' | 'R' | 'D'
  /** Of the range for what is swallowed. */
  readonly swallowedConfidence?: 'P' | 'R'
}

const NONE = [1, 1] as const

/** Flags and how far each may widen. Recalled figures (R) and uses of our own (D) are marked in their words. */
export const exposureFactors: readonly ExposureFactor[] = [
  {
    id: 'clarithromycin',
    words:
      'clarithromycin: swallowed S-ketamine reached 2.6 times the area; nasal 1.04 times (recalled, not verified), taken for a vein too',
    vein: [1, 1.04],
    swallowed: [1, 2.6],
    source: 'swallowed: 10.1016/j.ejpain.2009.10.003; nasal: esketamine label, recalled',
    confidence: 'R',
    swallowedConfidence: 'P',
  },
  {
    id: 'ticlopidine',
    words:
      'ticlopidine: swallowed S-ketamine reached 2.4 times the area; nasal 1.29 times, which we take for a vein too',
    vein: [1, 1.29],
    swallowed: [1, 2.4],
    source: 'swallowed: 10.1038/clpt.2011.140; nasal: esketamine label',
    confidence: 'D',
    swallowedConfidence: 'P',
  },
  {
    id: 'grapefruit',
    words: 'grapefruit juice: swallowed S-ketamine reached 3 times the area',
    vein: NONE,
    swallowed: [1, 3],
    source: 'published cross-over study of oral S-ketamine',
    confidence: 'P',
    swallowedConfidence: 'P',
  },
  {
    id: 'rifampicin',
    words: 'rifampicin: area 14 % lower into a vein, 86 % lower when swallowed',
    vein: [0.86, 1],
    swallowed: [0.14, 1],
    source: '10.1111/j.1742-7843.2012.00908.x',
    confidence: 'P',
    swallowedConfidence: 'P',
  },
  {
    id: 'st-johns-wort',
    words: 'St John’s wort: swallowed S-ketamine about 58 % lower (recalled, not verified)',
    vein: NONE,
    swallowed: [0.42, 1],
    source: 'recalled',
    confidence: 'R',
    swallowedConfidence: 'R',
  },
  {
    id: 'liver-moderate',
    words:
      'moderate liver impairment raises exposure and lengthens it; about double (size recalled, not verified)',
    vein: [1, 2.03],
    source: 'esketamine label',
    confidence: 'R',
  },
  {
    id: 'liver-severe',
    words:
      'severe liver impairment was not studied: no interval is known, this one is that of moderate impairment (recalled)',
    vein: [1, 2.03],
    source: 'esketamine label',
    confidence: 'R',
  },
  {
    id: 'kidney',
    words: 'kidney impairment: area 13 to 36 % higher (recalled, not verified)',
    vein: [1, 1.36],
    source: 'esketamine label',
    confidence: 'R',
  },
  {
    id: 'diazepam',
    words:
      'diazepam: half-life 36 to 58 minutes after IM in children, a ratio that we take for the area; adds sedation; may dampen dissociation and benefit',
    vein: [1, 58 / 36],
    source: 'half-lives: 10.1097/00000542-197509000-00007; their ratio for the area of adults: derived here',
    confidence: 'D',
  },
  {
    id: 'benzodiazepine',
    words:
      'a benzodiazepine adds sedation, lowers dissociation and may dampen the antidepressant effect; level unchanged',
    vein: NONE,
    source: 'PMC7572586 and reviews',
    confidence: 'P',
  },
  {
    id: 'clonidine',
    words:
      'clonidine: little dissociation or rise of pressure was seen at 156 and 424 ng/mL; level unchanged',
    vein: NONE,
    source: 'Lenze 2016, World J Biol Psychiatry 17:230',
    confidence: 'P',
  },
  {
    id: 'stimulant-or-maoi',
    words: 'stimulants and MAO inhibitors: blood pressure may rise more; level unchanged',
    vein: NONE,
    source: 'esketamine label',
    confidence: 'P',
  },
  {
    id: 'sedative',
    words: 'drugs that calm or sedate add to sedation; level unchanged',
    vein: NONE,
    source: 'esketamine label',
    confidence: 'P',
  },
]

export function exposureFactorById(id: string): ExposureFactor | undefined {
  return exposureFactors.find((factor) => factor.id === id)
}

/** Range by which a factor may multiply the exposure of a route; null when it does not act on the level. */
export function rangeFor(factor: ExposureFactor, route: Dose['route']): readonly [number, number] | null {
  const range = route === 'oral' && factor.swallowed ? factor.swallowed : factor.vein
  return range[0] === 1 && range[1] === 1 ? null : range
}
