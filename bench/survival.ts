import { kaplanMeierByGroup, logRank } from '@evenkeel/outcome-statistics'
import { type Figure, type Measure, median, timed } from './figure.ts'
import { type GeneratedCohort, generateCohort } from './gen.ts'
import { besideR } from './r-beside.ts'

/** The estimator as a textbook writes it: sort each arm's people, then step through their times. */
function textbookCurves({ time, event, arm }: GeneratedCohort): number[][] {
  return [0, 1].map((group) => {
    const people = [...time.keys()].filter((row) => arm[row] === group)
    people.sort((a, b) => time[a]! - time[b]!)
    const curve: number[] = []
    let survival = 1
    let greenwood = 0
    for (let i = 0; i < people.length; ) {
      const t = time[people[i]!]!
      const atRisk = people.length - i
      let events = 0
      for (; i < people.length && time[people[i]!] === t; i++) events += event[people[i]!]!
      survival *= 1 - events / atRisk
      greenwood += events / (atRisk * (atRisk - events))
      curve.push(survival, Math.sqrt(greenwood) * survival)
    }
    return curve
  })
}

/** The log-rank statistic as a textbook writes it. */
function textbookLogRank({ time, event, arm }: GeneratedCohort): number {
  const people = [...time.keys()].sort((a, b) => time[a]! - time[b]!)
  let inArm = people.filter((row) => arm[row] === 1).length
  let difference = 0
  let variance = 0
  for (let i = 0; i < people.length; ) {
    const t = time[people[i]!]!
    const n = people.length - i
    const atRisk = inArm
    let all = 0
    let ofArm = 0
    for (; i < people.length && time[people[i]!] === t; i++) {
      const row = people[i]!
      all += event[row]!
      if (arm[row] === 1) {
        ofArm += event[row]!
        inArm--
      }
    }
    difference += ofArm - (all * atRisk) / n
    if (n > 1) variance += (all * (atRisk / n) * (1 - atRisk / n) * (n - all)) / (n - 1)
  }
  return (difference * difference) / variance
}

const seconds = async (rounds: number, work: () => unknown) => median(await timed(rounds, work, 2)) / 1000

/** Curves of two arms and the test between them, a million people in whole days, one thread. */
export const measure: Measure = async ({ smoke }) => {
  const people = smoke ? 10_000 : 1_000_000
  const rounds = smoke ? 2 : 9
  const cohort = generateCohort(people, 20240601)
  const rows = { time: cohort.time, event: cohort.event, group: cohort.arm }
  const curves = kaplanMeierByGroup(rows)
  const test = logRank(rows)
  if (!curves.ok || !test.ok) throw new Error('refused')
  const last = textbookCurves(cohort)[1]!.at(-2)!
  if (Math.abs(curves.curves[1]!.curve.survival.at(-1)! - last) > 1e-9) throw new Error('the curves differ')
  if (Math.abs(test.chiSquare / textbookLogRank(cohort) - 1) > 1e-9) throw new Error('the tests differ')

  const named = `${people.toLocaleString('en')} people`
  const kaplanMeierSeconds = await seconds(rounds, () => kaplanMeierByGroup(rows))
  const logRankSeconds = await seconds(rounds, () => logRank(rows))
  const peerRounds = smoke ? 1 : 3
  const how = `target 0.15 s; two arms, whole days, median of ${rounds}, one thread`
  const figures: Figure[] = [
    {
      name: `Kaplan–Meier by arm, ${named}`,
      unit: 's',
      ours: kaplanMeierSeconds,
      peer: { name: 'textbook loop', value: await seconds(peerRounds, () => textbookCurves(cohort)) },
      how,
    },
    {
      name: `log-rank test, ${named}`,
      unit: 's',
      ours: logRankSeconds,
      peer: { name: 'textbook loop', value: await seconds(peerRounds, () => textbookLogRank(cohort)) },
      how,
    },
  ]
  const inR = besideR(cohort, (timeInR) => ({
    curves: timeInR('survfit(Surv(days, status) ~ arm, d)', peerRounds),
    test: timeInR('survdiff(Surv(days, status) ~ arm, d)', peerRounds),
  }))
  if (inR) {
    figures.push(
      {
        name: `Kaplan–Meier by arm, ${named}`,
        unit: 's',
        ours: kaplanMeierSeconds,
        peer: { name: 'R survfit', value: inR.curves },
        how: 'R: processor seconds',
      },
      {
        name: `log-rank test, ${named}`,
        unit: 's',
        ours: logRankSeconds,
        peer: { name: 'R survdiff', value: inR.test },
        how: 'R: processor seconds',
      },
    )
  }
  return figures
}
