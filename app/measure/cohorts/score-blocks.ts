import type { NumberTable } from '../clinic/figure-block.ts'
import { pValue } from '../percent-words.ts'
import type { CohortBlock, MeanLine } from './cohort-block.ts'
import { meanDefinition, modelMeanDefinition } from './cohort-definitions.ts'
import type { RepeatedScoresMapping } from './cohort-mapping.ts'
import { type ScoreRow, visitWords } from './cohort-rows.ts'
import { countedPeople } from './counted.ts'
import { LEAST_PEOPLE } from './enough-to-test.ts'
import { type ModelVisit, type ScoreFigures, scoreFigures, type VisitMean } from './score-figures.ts'

/**
 * The score by visit and group, and the change from the score before.
 *
 * @param reference the group that the other one is compared with
 */
export function scoreBlocks(
  rows: readonly ScoreRow[],
  mapping: RepeatedScoresMapping,
  reference?: string,
): CohortBlock[] {
  const figures = scoreFigures(rows, reference)
  return [scoresBlock(figures, mapping), changeBlock(figures, mapping)]
}

function linesOf(groups: readonly string[], means: readonly VisitMean[]): MeanLine[] {
  return groups.map((label) => ({
    label,
    points: means.flatMap((one) =>
      one.group === label && one.mean !== undefined
        ? [{ visit: one.visit, mean: one.mean, lower: one.limits?.lower, upper: one.limits?.upper }]
        : [],
    ),
  }))
}

function visitLabel({ visitUnit, visit }: RepeatedScoresMapping): string {
  return visitUnit === 'visits'
    ? `Visit (${visit})`
    : `${visitUnit[0]!.toUpperCase()}${visitUnit.slice(1)} (${visit})`
}

function betterWords({ better }: RepeatedScoresMapping): string {
  return `${better} is better`
}

function scoresBlock({ groups, people, scores }: ScoreFigures, mapping: RepeatedScoresMapping): CohortBlock {
  const said = groups.map((label, g) => {
    const known = scores.filter((one) => one.group === label && one.mean !== undefined)
    const [first, last] = [known[0], known.at(-1)]
    if (first === undefined || last === undefined)
      return `${label}: ${countedPeople(people[g]!)}, no score known.`
    const at = ({ mean, visit, known: of }: VisitMean) =>
      `${mean!.toFixed(1)} at ${visitWords(visit, mapping.visitUnit)} (${of} of ${countedPeople(people[g]!)})`
    return `${label}: ${at(first)}${last === first ? '' : `, ${at(last)}`}.`
  })
  return {
    id: 'scores',
    title: `Mean of ${mapping.score} by visit, as observed (${betterWords(mapping)})`,
    finding: said,
    facts: [],
    drawing: {
      kind: 'means',
      lines: linesOf(groups, scores),
      scoreLabel: `${mapping.score}, mean · ${betterWords(mapping)}`,
      visitLabel: visitLabel(mapping),
    },
    tables: [visitTable('scores', `Mean of ${mapping.score}`, scores, mapping)],
    numbers: [],
    definitions: [meanDefinition],
    caution: 'At later visits those who stayed are counted; they need not be like those who left.',
  }
}

function changeBlock(
  { groups, people, changes, model }: ScoreFigures,
  mapping: RepeatedScoresMapping,
): CohortBlock {
  const from = mapping.baseline ?? 'the first visit'
  const observed = visitTable('change-observed', `Mean change from ${from}, as observed`, changes, mapping)
  if (!model.ok) {
    return {
      id: 'change',
      title: `Mean change of ${mapping.score} from ${from}, as observed`,
      finding: groups.flatMap((label) => {
        const last = changes.findLast((one) => one.group === label && one.mean !== undefined)
        return last
          ? [
              `${label}: ${signed(last.mean!)} at ${visitWords(last.visit, mapping.visitUnit)}, ${countedPeople(last.known)}.`,
            ]
          : []
      }),
      facts: [],
      drawing: {
        kind: 'means',
        lines: linesOf(groups, changes),
        scoreLabel: `Change of ${mapping.score} · ${betterWords(mapping)}`,
        visitLabel: visitLabel(mapping),
      },
      tables: [observed],
      numbers: [['mixed model', model.why]],
      definitions: [meanDefinition],
      caution: `Observed means, not a model: ${model.why}.`,
    }
  }
  const last = model.visits.at(-1)!
  return {
    id: 'change',
    title: `Mean change of ${mapping.score} from ${from}, by a mixed model`,
    finding: [
      `At ${visitWords(last.visit, mapping.visitUnit)}: ${groups[0]} ${signed(last.means[0].estimate)}, ${groups[1]} ${signed(last.means[1].estimate)}; difference ${signed(last.difference.estimate)} (95 % interval ${last.difference.lower.toFixed(1)} to ${last.difference.upper.toFixed(1)}${last.difference.p === undefined ? '' : `, p ${pValue(last.difference.p)}`}).`,
      notKnownWords(groups, people, model.visits, mapping),
      `${model.observations} scores of ${countedPeople(model.people)}.`,
    ],
    facts: [
      { term: 'Scores', value: model.observations },
      { term: 'People', value: model.people },
    ],
    drawing: {
      kind: 'means',
      lines: groups.map((label, g) => ({
        label,
        points: model.visits.map(({ visit, means }) => {
          const { estimate, lower, upper } = means[g as 0 | 1]
          return { visit, mean: estimate, lower, upper }
        }),
      })),
      scoreLabel: `Change of ${mapping.score} · ${betterWords(mapping)}`,
      visitLabel: visitLabel(mapping),
    },
    tables: [modelTable(groups, model.visits, mapping), observed],
    numbers: model.visits.flatMap(({ visit, difference }) => [
      [`difference at ${visit}, standard error`, difference.standardError] as const,
      [`difference at ${visit}, df`, difference.df] as const,
      [`difference at ${visit}, p`, difference.p ?? 'too few'] as const,
    ]),
    definitions: [modelMeanDefinition, meanDefinition],
    caution: [
      ...(model.few === undefined ? fewAtVisit(model.visits, mapping) : [model.few]),
      'Whether people were assigned to these groups at random is not in the file.',
    ].join(' '),
  }
}

/** Of how many the change is not known at each visit, by group: "… week 1: 2 of 84 and 3 of 88; …". */
function notKnownWords(
  groups: readonly string[],
  people: readonly number[],
  visits: readonly ModelVisit[],
  { visitUnit }: RepeatedScoresMapping,
): string {
  const at = visits.map(
    ({ visit, notKnown: [first, second] }) =>
      `${visitWords(visit, visitUnit)}: ${first} of ${people[0]} and ${second} of ${people[1]}`,
  )
  return `Not known, ${groups[0]} and ${groups[1]}: ${at.join('; ')}.`
}

function fewAtVisit(visits: readonly ModelVisit[], { visitUnit }: RepeatedScoresMapping): string[] {
  const few = visits.filter(({ difference }) => difference.p === undefined)
  return few.length === 0
    ? []
    : [
        `No p value at ${few.map(({ visit }) => visitWords(visit, visitUnit)).join(', ')}: fewer than ${LEAST_PEOPLE} people of a group have a score there.`,
      ]
}

function signed(value: number): string {
  return `${value > 0 ? '+' : value < 0 ? '−' : ''}${Math.abs(value).toFixed(1)}`
}

function visitTable(
  id: string,
  caption: string,
  means: readonly VisitMean[],
  { visitUnit }: RepeatedScoresMapping,
): NumberTable {
  return {
    id,
    caption,
    columns: [
      { key: 'group', head: 'Group', kind: 'words', names: true },
      { key: 'visit', head: visitUnit === 'visits' ? 'Visit' : visitUnit, kind: 'count' },
      { key: 'known', head: 'Known of', unit: 'people', kind: 'count' },
      { key: 'not_known', head: 'Not known of', unit: 'people', kind: 'count' },
      { key: 'mean', head: 'Mean', unit: 'points', kind: 'value', digits: 2 },
      { key: 'limits_95', head: '95 % interval', kind: 'value-limits', digits: 2 },
    ],
    rows: means.map(({ group, visit, known, notKnown, mean, limits }) => ({
      group,
      visit,
      known,
      not_known: notKnown,
      mean: mean ?? null,
      limits_95: limits ?? null,
    })),
  }
}

function modelTable(
  groups: readonly string[],
  visits: readonly ModelVisit[],
  { visitUnit }: RepeatedScoresMapping,
): NumberTable {
  const limits = ({ lower, upper }: { lower: number; upper: number }) => ({ lower, upper })
  return {
    id: 'change-model',
    caption: 'Mean change by the model, and the difference of the groups',
    columns: [
      { key: 'visit', head: visitUnit === 'visits' ? 'Visit' : visitUnit, kind: 'count', names: true },
      { key: 'first', head: groups[0]!, unit: 'points', kind: 'value', digits: 2 },
      { key: 'first_95', head: '95 % interval', kind: 'value-limits', digits: 2 },
      { key: 'second', head: groups[1]!, unit: 'points', kind: 'value', digits: 2 },
      { key: 'second_95', head: '95 % interval', kind: 'value-limits', digits: 2 },
      { key: 'difference', head: `${groups[1]} minus ${groups[0]}`, kind: 'value', digits: 2 },
      { key: 'difference_95', head: '95 % interval', kind: 'value-limits', digits: 2 },
      { key: 'p', head: 'p', kind: 'words' },
      { key: 'first_not_known', head: `Not known, ${groups[0]}`, unit: 'people', kind: 'count' },
      { key: 'second_not_known', head: `Not known, ${groups[1]}`, unit: 'people', kind: 'count' },
    ],
    rows: visits.map(({ visit, means: [first, second], difference, notKnown }) => ({
      visit,
      first_not_known: notKnown[0],
      second_not_known: notKnown[1],
      first: first.estimate,
      first_95: limits(first),
      second: second.estimate,
      second_95: limits(second),
      difference: difference.estimate,
      difference_95: limits(difference),
      p: difference.p === undefined ? 'too few' : pValue(difference.p),
    })),
  }
}
