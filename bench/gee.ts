import { generalizedEstimatingEquations } from '@evenkeel/outcome-statistics'
import { type Figure, type Measure, median, timed } from './figure.ts'
import { designOf, generateVisits } from './gen-visits.ts'
import { secondsInR } from './r-on-visits.ts'
import { byPerson, textbookEquations } from './textbook-visits.ts'

/** Estimating equations over 10,000 people with up to twelve visits, one thread. */
export const measure: Measure = async ({ smoke }) => {
  const count = smoke ? 500 : 10_000
  const rounds = smoke ? 2 : 9
  const visits = generateVisits(count, 20240602)
  const rows = {
    outcome: visits.abstinent,
    person: visits.person,
    visit: visits.visit,
    design: designOf(visits),
  }
  const people = byPerson(visits, visits.abstinent)
  const fit = generalizedEstimatingEquations(rows, { family: 'binomial', correlation: 'exchangeable' })
  if (!fit.ok) throw new Error(fit.reason)
  const peer = textbookEquations(people)
  peer.errors.forEach((error, j) => {
    const apart = Math.abs(peer.coefficients[j]! - fit.coefficients[j]!) / error
    if (apart > 1e-6 || Math.abs(error / fit.robustErrors[j]! - 1) > 1e-6) throw new Error('the fits differ')
  })
  const figures: Figure[] = []
  for (const correlation of ['exchangeable', 'ar1'] as const) {
    const taken = await timed(rounds, () =>
      generalizedEstimatingEquations(rows, { family: 'binomial', correlation }),
    )
    const textbook =
      correlation === 'exchangeable' ? await timed(1, () => textbookEquations(people), 0) : null
    figures.push({
      name: `logistic, ${correlation}, ${count.toLocaleString('en')} people, ${visits.person.length.toLocaleString('en')} visits`,
      unit: 's',
      ours: median(taken) / 1000,
      ...(textbook && {
        peer: { name: 'a matrix inverted for each person', value: median(textbook) / 1000 },
      }),
      how: `target 0.4 s; robust errors included, median of ${rounds}, one thread`,
    })
  }
  const inR = secondsInR(
    visits,
    'geepack',
    'geeglm(z ~ visit * arm + age, binomial, d, id = id, waves = visit, corstr = "exchangeable")',
  )
  if (inR !== null) figures.push({ ...figures[0]!, peer: { name: 'geepack in R, processor', value: inR } })
  return figures
}
