import { describe, expect, it } from 'vitest'
import { siteContent } from './content.server.ts'
import { studyById } from './index.server.ts'
import { chosenStudies, studyFilter, studyRow } from './study-rows.ts'
import { studyView } from './study-view.ts'
import { reportHref } from './study-words.ts'

const content = siteContent()
const study = (id: string) => content.studies.get(id)!

describe('the list of studies', () => {
  it('narrows by condition, direction and kind together', () => {
    const chosen = chosenStudies(content, { topic: 'alcohol', direction: 'no-benefit', kind: 'trial' })
    expect(chosen.map(({ id }) => id)).toEqual(['yoon-2025-naltrexone-rct', 'terasaki-2022-inpatient'])
  })

  it('is whole and newest first without a choice, unknown years last', () => {
    const all = chosenStudies(content, {})
    expect(all).toHaveLength(67)
    expect(all[0]!.citation.year).toBe(2026)
    expect(all.at(-1)!.citation.year).toBeNull()
  })

  it('takes what is not a choice as not chosen', () => {
    const query = new URLSearchParams('condition=__proto__&direction=%3Cscript%3E&kind=')
    expect(studyFilter(query)).toEqual({ topic: undefined, direction: undefined, kind: undefined })
    expect(studyFilter(new URLSearchParams('condition=alcohol&direction=mixed&kind=review'))).toEqual({
      topic: 'alcohol',
      direction: 'mixed',
      kind: 'review',
    })
  })

  it('shows no figure of an unverified record', () => {
    const row = studyRow(study('feder-2014-ptsd'))
    expect(row).toMatchObject({ unverified: true, found: 'Unverified: see its page' })
  })

  it('says that the people of a running trial are planned, and leaves unknown unknown', () => {
    expect(studyRow(study('ongoing-more-kare')).people).toBe('280 planned')
    expect(studyRow(study('goldfine-2023-review')).people).toBeNull()
    expect(studyRow(study('withdrawn-aud-ed')).people).toBe('0')
  })
})

describe('the page of a study', () => {
  it('keeps what is not reported as null and never as none', () => {
    const view = studyView(study('vumc-veterans-2019-opioid-detox'))
    expect(view.facts.find(({ term }) => term === 'Dose')?.value).toBeNull()
    expect(studyView(study('das-2019-reconsolidation')).harms).toBeNull()
  })

  it('marks figures that come from a press text or are unverified', () => {
    const marks = studyView(study('loo-2023-kads')).findings.map(({ mark }) => mark)
    expect(marks).toEqual(['Unverified', 'From a press report of the trial, not the paper', 'Unverified'])
  })

  it('does not show the figures of Dakwar 2020 that could not be traced to the paper', () => {
    const told = JSON.stringify(studyView(study('dakwar-2020-alcohol')))
    for (const figure of ['47.1', '59.1', '17.6', '40.9', '6 of 8', '3 of 11'])
      expect(told).not.toContain(figure)
  })

  it('links the report: DOI, else PubMed, else the registry, else nothing', () => {
    expect(reportHref(study('grabski-2022-kare'))).toBe('https://doi.org/10.1176/appi.ajp.2021.21030277')
    expect(reportHref(study('wong-2015-aws'))).toBe('https://pubmed.ncbi.nlm.nih.gov/25325907/')
    expect(reportHref(study('ongoing-more-kare'))).toBe('https://www.isrctn.com/ISRCTN85955128')
    expect(reportHref(study('tobacco-iv-pilot-rct'))).toBeNull()
  })
})

describe('what other slices may say about a study', () => {
  it('is a citation, an address, a direction and a size', () => {
    expect(studyById('grabski-2022-kare')).toEqual({
      id: 'grabski-2022-kare',
      citation: 'Grabski 2022',
      href: '/studies/grabski-2022-kare',
      title: 'Three weekly infusions, with or without therapy, 96 people (KARE)',
      direction: 'Mixed: better on one point, not on another',
      people: 96,
      unverified: false,
      doi: '10.1176/appi.ajp.2021.21030277',
    })
    expect(studyById('feder-2014-ptsd')?.unverified).toBe(true)
    expect(studyById('nobody-1900')).toBeUndefined()
  })
})
