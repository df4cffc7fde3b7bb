/** Counts that studies print, to be looked at; a test holds each against its record. */
export const shareExamples: readonly {
  readonly count: number
  readonly people: number
  readonly studyId: string
  readonly what: string
}[] = [
  {
    count: 73,
    people: 111,
    studyId: 'krupitsky-1997-alcohol',
    what: 'did not drink for a year, with ketamine and therapy; people chose it themselves',
  },
  {
    count: 24,
    people: 100,
    studyId: 'krupitsky-1997-alcohol',
    what: 'did not drink for a year, in usual care of the same report',
  },
  {
    count: 13,
    people: 27,
    studyId: 'dakwar-2019-cocaine',
    what: 'used no cocaine in the last two weeks, with ketamine; chance decided',
  },
  {
    count: 3,
    people: 28,
    studyId: 'dakwar-2019-cocaine',
    what: 'used no cocaine in the last two weeks, with midazolam',
  },
  {
    count: 20,
    people: 22,
    studyId: 'garel-2023-benzodiazepine',
    what: 'had stopped a benzodiazepine after four weeks; nobody to compare with',
  },
  {
    count: 4,
    people: 8,
    studyId: 'rodriguez-2013-ocd',
    what: 'with obsessions were much better after a week, with ketamine',
  },
  {
    count: 0,
    people: 10,
    studyId: 'bloch-2012-ocd',
    what: 'with obsessions were much better within three days; nobody to compare with',
  },
]
