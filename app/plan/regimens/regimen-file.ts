import { expectedDraw } from './expected-draw.ts'
import { beliefsOf, doubtsAbout } from './regimen-doubts.ts'
import { shownNames } from './regimen-name.ts'
import { DRUG_WORDS, peopleInWords, rowInWords } from './regimen-words.ts'
import type { WorkedQuestion } from './work-out.ts'

/** ng/mL beneath which a level is a remainder of rounding: no laboratory sees a thousandth of this. */
const NOTHING_NG_PER_ML = 1e-6

/**
 * The numbers behind the pictures as rows of a CSV file: lines that say what it is, a line that names the columns, then one
 * row for each minute and regimen, which carries its model, site, seed and number of people.
 *
 * @param seenOn when it was made, in words
 * @param link whole address at which the same question is asked again
 */
export function regimenRows(
  { question, regimens, typical }: WorkedQuestion,
  seenOn: string,
  link: string,
): (string | number)[][] {
  const names = shownNames(regimens.map(({ asked }) => asked))
  const all = regimens.map((worked) => {
    const { asked, warnings, typicalFigures, typical: course } = worked
    const beliefs = beliefsOf(asked, question.people, typical, course.timesMin, typicalFigures.peakAtMin)
    return {
      ...worked,
      name: names.get(asked.place)!,
      doubts: doubtsAbout(asked, warnings, beliefs),
      // Of people, bounds belong to the edges of the description and not to the course of the rows.
      beliefs: question.people.kind === 'person' ? beliefs[0] : undefined,
      draw: expectedDraw(asked, typical, course.timesMin, undefined),
    }
  })
  const head: (string | number)[][] = [
    ['Predicted ketamine concentrations, simulated. Not a dosing instruction.'],
    ['seen on', seenOn],
    ['question', link],
    ['people', peopleInWords(question.people)],
    ['drawn people', question.n, 'seed', question.seed],
    ...all.map(({ asked, bands, name }) => [
      `regimen ${asked.place}`,
      name.name,
      DRUG_WORDS[asked.drug],
      asked.model.title,
      `doi or source ${asked.model.source}`,
      `variability ${bands.variability}`,
      asked.rows.map((row) => rowInWords(row, typical.weightKg)).join('; '),
      ...(name.changedFrom === undefined ? [] : [`changed from “${name.changedFrom}”`]),
    ]),
    ...all.flatMap(({ asked, doubts }) =>
      doubts.map(({ words }) => [`regimen ${asked.place}: read with doubt`, words]),
    ),
    ['Concentrations of different sites are not to be compared.'],
    [
      'regimen',
      'name',
      'model',
      'site',
      'people',
      'seed',
      'minute',
      'typical_ng_per_ml',
      'low_5_percent_ng_per_ml',
      'high_95_percent_ng_per_ml',
      'effect_site_typical_ng_per_ml',
      'effect_site_low_5_percent_ng_per_ml',
      'effect_site_high_95_percent_ng_per_ml',
      'expected_venous_draw_estimated_ng_per_ml',
      'expected_venous_draw_low_of_delay_ng_per_ml',
      'expected_venous_draw_high_of_delay_ng_per_ml',
      'typical_low_of_beliefs_ng_per_ml',
      'typical_high_of_beliefs_ng_per_ml',
    ],
  ]
  for (const { asked, typical: course, bands, name, draw, beliefs } of all) {
    const [low, high] = bands.concentrationNgPerMl
    const [effectLow, effectHigh] = bands.effectSiteNgPerMl ?? []
    for (const [i, minute] of course.timesMin.entries()) {
      const cell = (values: Float64Array | null | undefined) => (values ? level(values[i]!) : '')
      head.push([
        asked.place,
        name.name,
        asked.model.id,
        asked.model.sampling,
        question.n,
        question.seed,
        minute,
        cell(course.concentrationNgPerMl),
        cell(low),
        cell(high),
        cell(course.effectSiteNgPerMl),
        cell(effectLow),
        cell(effectHigh),
        cell(draw?.estimated),
        cell(draw?.low),
        cell(draw?.high),
        cell(beliefs?.lower),
        cell(beliefs?.upper),
      ])
    }
  }
  return head
}

function level(ngPerMl: number): number {
  return ngPerMl < NOTHING_NG_PER_ML ? 0 : Number(ngPerMl.toPrecision(6))
}
