import { studiesOfAddiction } from '../../find/index.server.ts'
import { csvDownload } from '../../platform/csv-download.server.ts'
import { writeCsv } from '../../platform/csv-file.ts'
import { guardedLoader } from '../../platform/page.server.ts'
import { besideStudies } from '../literature/beside-studies.ts'
import { readResults } from '../measure-access.ts'

/** The studies' points with their sources, and every study without one and why. Our own figure has a download of its own. */
export const loader = guardedLoader(readResults, async () => {
  const { points, without } = besideStudies(studiesOfAddiction())
  return csvDownload(
    'beside-the-literature.csv',
    writeCsv([
      [
        'study',
        'source',
        'outcome',
        'when',
        'group',
        'without_use',
        'of',
        'share',
        'lower_95',
        'upper_95',
        'not_comparable',
      ],
      ...points.flatMap(({ citation, href, outcome, when, arms, notComparable }) =>
        arms.map((arm) => [
          citation,
          href,
          outcome,
          when,
          arm.name,
          arm.count,
          arm.of,
          arm.share,
          arm.lower,
          arm.upper,
          notComparable.join(' '),
        ]),
      ),
      [],
      ['study', 'source', 'what it found', 'why it has no point'],
      ...without.map(({ citation, href, direction, why }) => [citation, href, direction, why]),
    ]),
  )
})
