import { DRUG_WORDS, peopleInWords, rowInWords } from './regimen-words.ts'
import type { WorkedQuestion } from './work-out.ts'

/**
 * The numbers behind the pictures as rows of a CSV file: lines that say what it is, a line that names the columns, then one
 * row for each minute and regimen, which carries its model, site, seed and number of people.
 *
 * @param seenOn when it was made, in words
 * @param link address at which the same question is asked again
 */
export function regimenRows(
  { question, regimens, typical }: WorkedQuestion,
  seenOn: string,
  link: string,
): (string | number)[][] {
  const head: (string | number)[][] = [
    ['Predicted ketamine concentrations, simulated. Not a dosing instruction.'],
    ['seen on', seenOn],
    ['question', link],
    ['people', peopleInWords(question.people)],
    ['drawn people', question.n, 'seed', question.seed],
    ...regimens.map(({ asked, bands }) => [
      `regimen ${asked.place}`,
      asked.name,
      DRUG_WORDS[asked.drug],
      asked.model.title,
      `doi or source ${asked.model.source}`,
      `variability ${bands.variability}`,
      asked.rows.map((row) => rowInWords(row, typical.weightKg)).join('; '),
    ]),
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
    ],
  ]
  for (const { asked, typical: course, bands } of regimens) {
    const [low, high] = bands.concentrationNgPerMl
    const [effectLow, effectHigh] = bands.effectSiteNgPerMl ?? []
    for (const [i, minute] of course.timesMin.entries()) {
      const cell = (values: Float64Array | null | undefined) =>
        values ? Number(values[i]!.toPrecision(6)) : ''
      head.push([
        asked.place,
        asked.name,
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
      ])
    }
  }
  return head
}
