import type { Definition } from '../dataset/definition.ts'

const paper = (words: string) => ({ kind: 'paper', words }) as const

/** What the figures of outside cohorts count, besides the published weekly-urine outcomes of `dataset/urine-definitions.ts`. */
export const outsideTimeDefinition: Definition = {
  id: 'outside-time-to-event',
  version: 1,
  name: 'Time to the event of the file',
  text: 'Counted from the start that the file counts from, until the event happened or the person was last seen. People last seen without it count as observed until then: lost is not the same as did not happen. Months are twelfths of 365.25 days.',
  source: { kind: 'own', words: 'Our own reading of a file.' },
  unit: 'days',
  direction: 'neither',
}

export const logRankDefinition: Definition = {
  id: 'log-rank-test',
  version: 1,
  name: 'Log-rank test',
  text: 'p is the chance of curves at least so far apart if all groups had the same hazard. It says nothing about why they differ, and it supposes that leaving observation has nothing to do with the event. With strata, people are compared only with others of their stratum.',
  source: paper('Mantel, Cancer Chemother Rep 1966;50:163'),
  unit: 'none',
  direction: 'neither',
}

export const meanTimeDefinition: Definition = {
  id: 'restricted-mean-time',
  version: 1,
  name: 'Mean time up to a day',
  text: 'The area under the curve up to one day that is the same for all groups: how long people stayed without the event on average within it. The interval is normal, from Greenwood’s variance.',
  source: paper('Royston & Parmar, BMC Med Res Methodol 2013;13:152'),
  unit: 'days',
  direction: 'neither',
}

export const shareDefinition: Definition = {
  id: 'share-with-wilson-interval',
  version: 1,
  name: 'Share of people',
  text: 'People with a yes of all of whom the definition can say yes or no; its 95 % interval is Wilson’s.',
  source: paper('Wilson, J Am Stat Assoc 1927;22:209'),
  unit: 'share of people',
  direction: 'neither',
}

export const meanDefinition: Definition = {
  id: 'mean-with-t-interval',
  version: 1,
  name: 'Mean and its interval',
  text: 'The sum by the number of people of whom it is known; the 95 % interval is Student’s t. It supposes that those of whom it is not known are like the others.',
  source: paper('Student, Biometrika 1908;6:1'),
  unit: 'none',
  direction: 'neither',
}

export const modelMeanDefinition: Definition = {
  id: 'mixed-model-repeated-measures',
  version: 1,
  name: 'Mean change by a mixed model',
  text: 'Change from the score before, by visit, group and their product, with the score before as covariate and an unstructured covariance of a person’s visits (REML, Satterthwaite’s degrees of freedom). Means are told at the average score before. People with missed visits stay in with what they have: this holds when what is missing may depend on what was seen, not on what was not.',
  source: paper('Mallinckrodt et al., Drug Inf J 2008;42:303'),
  unit: 'points',
  direction: 'neither',
}

export const riskDifferenceDefinition: Definition = {
  id: 'risk-difference',
  version: 1,
  name: 'Difference of two shares',
  text: 'The share in one arm minus the share in the arm it is compared with, in the same study. Drawn with Newcombe’s 95 % interval; the one of Miettinen and Nurminen stands in the table.',
  source: paper('Newcombe, Stat Med 1998;17:873; Miettinen & Nurminen, Stat Med 1985;4:213'),
  unit: 'share of people',
  direction: 'neither',
}

export const riskRatioDefinition: Definition = {
  id: 'risk-ratio',
  version: 1,
  name: 'Ratio of two shares',
  text: 'The share in one arm divided by the share in the arm it is compared with, in the same study, with the 95 % interval on the logarithmic scale. Where nobody had the event in one of them there is none.',
  source: paper('Katz et al., Biometrics 1978;34:469'),
  unit: 'none',
  direction: 'neither',
}

export const pooledDefinition: Definition = {
  id: 'mantel-haenszel',
  version: 1,
  name: 'Studies added up',
  text: 'Arms are compared within each study and the studies added up with the weights of Mantel and Haenszel. It supposes one common ratio; whether the studies agree must be looked at in the picture.',
  source: paper(
    'Mantel & Haenszel, J Natl Cancer Inst 1959;22:719; Greenland & Robins, Biometrics 1985;41:55',
  ),
  unit: 'none',
  direction: 'neither',
}
