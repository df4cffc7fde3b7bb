import { linearMixedModel, mixedModelRepeatedMeasures } from '@evenkeel/outcome-statistics'
import { type Figure, type Measure, median, timed } from './figure.ts'
import { designOf, type GeneratedVisits, generateVisits } from './gen-visits.ts'
import { secondsInR } from './r-on-visits.ts'
import { byPerson, textbookRepeatedMeasures } from './textbook-visits.ts'

const VISITS = 6

/** The first six visits; later ones are left out as if they had not been planned. */
function firstVisits(visits: GeneratedVisits): GeneratedVisits {
  const keep = (values: Float64Array) => values.filter((_, row) => visits.visit[row]! <= VISITS)
  const { person, visit, arm, ageYears, score, abstinent } = visits
  return {
    person: keep(person),
    visit: keep(visit),
    arm: keep(arm),
    ageYears: keep(ageYears),
    score: keep(score),
    abstinent: keep(abstinent),
  }
}

/** An unstructured covariance of six visits in a thousand people, and own lines of ten thousand, one thread. */
export const measure: Measure = async ({ smoke }) => {
  const count = smoke ? 200 : 1000
  const rounds = smoke ? 2 : 9
  const visits = firstVisits(generateVisits(count, 20240602))
  const rows = { outcome: visits.score, person: visits.person, visit: visits.visit, design: designOf(visits) }
  const people = byPerson(visits, visits.score)
  const fit = mixedModelRepeatedMeasures(rows)
  if (!fit.ok) throw new Error(fit.reason)
  textbookRepeatedMeasures(people, VISITS).forEach((value, j) => {
    if (Math.abs(value - fit.coefficients[j]!) > 1e-5 * fit.standardErrors[j]!)
      throw new Error('the fits differ')
  })
  const how = `median of ${rounds}, one thread`
  const repeated: Figure = {
    name: `unstructured, ${count.toLocaleString('en')} people × ${VISITS} visits`,
    unit: 's',
    ours: median(await timed(rounds, () => mixedModelRepeatedMeasures(rows))) / 1000,
    peer: {
      name: 'a matrix inverted for each person',
      value: median(await timed(1, () => textbookRepeatedMeasures(people, VISITS), 0)) / 1000,
    },
    how: `target 0.5 s; REML, Satterthwaite, ${how}`,
  }
  const figures = [repeated]
  const inR = secondsInR(
    visits,
    'nlme',
    'gls(y ~ visit * arm + age, d, correlation = corSymm(form = ~ visit | id), weights = varIdent(form = ~ 1 | visit))',
  )
  if (inR !== null) figures.push({ ...repeated, peer: { name: 'nlme::gls in R, processor', value: inR } })

  const many = generateVisits(smoke ? 500 : 10_000, 20240602)
  const design = designOf(many)
  const random = { names: ['(Intercept)', 'visit'], columns: [design.columns[0]!, many.visit] }
  const lines = { outcome: many.score, person: many.person, design, random }
  if (!linearMixedModel(lines).ok) throw new Error('the own lines were refused')
  figures.push({
    name: `own level and slope, ${many.person.length.toLocaleString('en')} visits of ${(smoke ? 500 : 10_000).toLocaleString('en')} people`,
    unit: 's',
    ours: median(await timed(rounds, () => linearMixedModel(lines))) / 1000,
    how: `REML, Satterthwaite, Kenward–Roger, conditional modes, ${how}`,
  })
  return figures
}
