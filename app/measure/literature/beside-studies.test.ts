import { describe, expect, it } from 'vitest'
import { type StudyFacts, studiesOfAddiction } from '../../find/index.server.ts'
import { besideStudies, notDrawn } from './beside-studies.ts'

const studies = studiesOfAddiction()
const { points, without, reviews } = besideStudies(studies)

describe('the same outcome in published studies', () => {
  it('has the counts as the studies print them, with intervals', () => {
    const arms = points.find(({ key }) => key === 'dakwar-2019-cocaine weeks 4 to 5')!.arms
    expect(arms.map(({ name, count, of }) => [name, count, of])).toEqual([
      ['With ketamine', 13, 27],
      ['Comparison', 3, 28],
    ])
    // Wilson by hand for 3 of 28: 0.0371 to 0.2720.
    expect(arms[1]!.lower).toBeCloseTo(0.0371, 3)
    expect(arms[1]!.upper).toBeCloseTo(0.272, 3)
  })

  it('shows an arm in which nobody went without use as 0 of 28, with its interval', () => {
    const none = points.find(({ when }) => when === '6 months')!.arms[1]!
    expect([none.count, none.of, none.lower]).toEqual([0, 28, 0])
    expect(none.upper).toBeGreaterThan(0.1)
  })

  it('lists every study once: with a point, with a reason, or as a review', () => {
    const ids = [...new Set(points.map(({ id }) => id)), ...without.map(({ id }) => id)]
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.length + reviews).toBe(studies.length)
  })

  it('does not lose nulls, harms and trials that were stopped', () => {
    const reasonOf = (id: string) => without.find((study) => study.id === id)?.why
    expect(reasonOf('yoon-2025-naltrexone-rct')).toMatch(/no counts/)
    expect(reasonOf('terasaki-2022-inpatient')).toMatch(/no clear difference/)
    expect(reasonOf('dakwar-2020-alcohol')).toMatch(/press text/)
    expect(reasonOf('vumc-veterans-2019-opioid-detox')).toMatch(/percentages without the counts/)
    expect(reasonOf('grabski-2022-kare')).toMatch(/no clear difference/)
    expect(reasonOf('withdrawn-aud-ed')).toMatch(/Withdrawn/)
    expect(without.find(({ id }) => id === 'yoon-2025-naltrexone-rct')!.direction).toBe('No benefit found')
  })

  it('names beside the picture the trials whose news is not good and which have no point', () => {
    const named = notDrawn({ without }).map(({ id }) => id)
    for (const id of [
      'yoon-2025-naltrexone-rct',
      'grabski-2022-kare',
      'terasaki-2022-inpatient',
      'tobacco-iv-pilot-rct',
    ])
      expect(named).toContain(id)
  })

  it('says of every point why it is not comparable, first of all who, what and when', () => {
    for (const point of points) {
      expect(point.notComparable.length).toBeGreaterThanOrEqual(5)
      expect(point.notComparable.join(' ')).not.toMatch(
        /success|better than|superior|because of|caused|thanks to/i,
      )
    }
    const blinded = points.filter(({ notComparable }) =>
      notComparable.some((why) => why.startsWith('Blinding')),
    )
    expect([...new Set(blinded.map(({ id }) => id))]).toEqual(['dakwar-2019-cocaine'])
  })

  it('refuses a judgement whose figure is gone from the record', () => {
    const changed = studies.map(
      (study): StudyFacts =>
        study.id === 'krupitsky-2007-heroin'
          ? { ...study, findings: study.findings.map((finding) => ({ ...finding, ketamine: '50%' })) }
          : study,
    )
    // One arm alone is left, the comparison: shown. Without either it is refused.
    expect(besideStudies(changed).points.find(({ id }) => id === 'krupitsky-2007-heroin')!.arms).toHaveLength(
      1,
    )
    expect(() => besideStudies(studies.filter(({ id }) => id !== 'krupitsky-2007-heroin'))).toThrow(
      /no checked counts/,
    )
  })
})
