import { describe, expect, it } from 'vitest'
import { siteContent } from '../../../find/content.server.ts'
import { readingGrade } from '../../../find/reading-level.ts'
import { libraryIds, protocolById } from '../protocol-library.ts'
import { OFFER_WORDS, offerOf } from './offer-words.ts'
import { DOSE_SENTENCE, publicProtocol, publicProtocolById, publicProtocols } from './public-protocol.ts'
import { CONDITION_PAGE, hoursInWords, publicDayRule, publicStop } from './public-words.ts'

const all = publicProtocols()
const wordsOf = (id: string) => {
  const one = publicProtocolById(id)!
  return JSON.stringify(one)
}

describe('every protocol of the library', () => {
  it('is there once, in its newest version', () => {
    expect(all.map(({ id }) => id).sort()).toEqual([...libraryIds()].sort())
    expect(new Set(all.map(({ fullTitle }) => fullTitle)).size).toBe(all.length)
  })

  it.each(all.map((one) => [one.id, one] as const))('%s says what a patient must read first', (_, one) => {
    expect(one.status.text).toMatch(/FDA/)
    expect(one.sections.find(({ id }) => id === 'given')!.note).toBe(DOSE_SENTENCE)
    expect(one.grade).not.toBe('')
    expect(one.evidence.length).toBeGreaterThan(0)
    for (const section of [...one.sections, ...one.visit]) {
      expect(section.lines.length, section.id).toBeGreaterThan(0)
      for (const { term, value } of section.lines) {
        expect(term).not.toBe('')
        expect(value).not.toMatch(/undefined|null|NaN|\[object/)
      }
    }
  })

  it.each(all.map((one) => [one.id] as const))(
    '%s speaks no clinic’s jargon and spells as the site does',
    (id) => {
      expect(wordsOf(id)).not.toMatch(
        /C-SSRS|PHQ-9|CADSS|MOAA|CIWA|\bmg\/kg\/h|behaviour|counselling|centre|programme|stabiliser|randomised/,
      )
    },
  )

  it.each(all.map((one) => [one.id, one] as const))(
    '%s gives each dose a source or says that it is not known',
    (_, one) => {
      const dose = one.sections
        .find(({ id }) => id === 'given')!
        .lines.find(({ term }) => term === 'Published dose')!
      expect(dose.source ?? '').toMatch(/study|label|unverified/i)
    },
  )

  it('only esketamine is called approved', () => {
    const approved = all.filter(({ status }) => !status.title.startsWith('Off label')).map(({ id }) => id)
    expect(approved.sort()).toEqual(['esk-mdsi', 'esk-trd'])
    for (const id of approved) expect(wordsOf(id)).toContain('not approved for any addiction')
  })

  it('its studies are in the list, and its condition has a page', () => {
    for (const one of all) {
      for (const studyId of one.studyIds) expect(siteContent().studies.has(studyId), studyId).toBe(true)
    }
    const conditions = siteContent().articles.filter(({ kind }) => kind === 'condition')
    for (const href of Object.values(CONDITION_PAGE))
      expect(conditions.map(({ id }) => `/conditions/${id}`)).toContain(href)
  })

  it('what a hospital does says nothing of our visits', () => {
    for (const id of ['aws-icu', 'aud-inpatient']) {
      const one = publicProtocolById(id)!
      expect(one.sections.map((section) => section.id)).toEqual(['given', 'course', 'therapy'])
      expect(one.notATreatmentBecause).toContain('hospital')
      expect(one.visit).toEqual([])
    }
  })
})

describe('in plain words', () => {
  it('the plan after KARE', () => {
    const one = publicProtocol(protocolById('aud-kare')!)
    const lines = new Map(
      [...one.sections, ...one.visit].flatMap(({ lines }) => lines.map((each) => [each.term, each])),
    )
    expect(one.grade).toBe('Results point both ways')
    expect(one.sessions).toBe('3 sessions, about 7 days apart')
    expect(lines.get('Published dose')).toEqual({
      term: 'Published dose',
      value: '0.8 mg for each kilogram of body weight, over 40 minutes',
      source: 'Printed by the study',
    })
    expect(lines.get('How long')!.value).toBe('About 3 hours, from arrival to leaving')
    expect(lines.get('Your body')!.value).toBe(
      'Blood pressure, pulse, oxygen in the blood, breathing and how awake you are. Once before the start, every 10 minutes during the drip, every 15 minutes for 60 minutes after it, then every 30 minutes until you leave. Oxygen in the blood and pulse are watched all the time.',
    )
    expect(lines.get('You ask to stop, you panic, or you cannot lie still safely')!.value).toBe(
      'The drip is stopped. You need not explain it.',
    )
    expect(lines.get('Therapy')!.value).toMatch(/^Mindfulness-based relapse prevention\. 7 sessions\. /)
  })

  it.each([
    [
      'aud-met',
      '0.11 mg for each kilogram of body weight, over 2 minutes; then 0.6 mg for each kilogram of body weight, over 50 minutes',
    ],
    ['oud-kpt', '2 mg for each kilogram of body weight, all at once'],
    ['can-step', '0.71 mg for each kilogram of body weight, over a time that is not confirmed'],
    [
      'oral',
      'No fixed dose: reports range from 25 to 300 mg, or 0.25 to 7 mg/kg. No common schedule exists.',
    ],
    [
      'aws-icu',
      '0.15 to 0.3 mg for each kilogram of body weight in an hour, until it has settled, after 0.3 mg for each kilogram of body weight at once',
    ],
  ])('the dose of %s', (id, words) => {
    const lines = publicProtocolById(id)!.sections.flatMap((section) => section.lines)
    expect(lines.find(({ term }) => term === 'Published dose')!.value).toBe(words)
  })

  it('a rule that plans share is not said to be of the study that a plan follows', () => {
    for (const { visit } of all) expect(JSON.stringify(visit)).not.toMatch(/by the study/i)
    expect(JSON.stringify(publicProtocolById('coc-lab')!.visit)).toContain('A rule of a study')
  })

  it('what is from memory is called unverified', () => {
    expect(wordsOf('aud-kpt')).toContain('Unverified: from memory')
    expect(wordsOf('bd-dep')).toContain('Unverified: from memory')
  })

  it('every rule of the library that is addressed to staff has words for a patient', () => {
    for (const id of libraryIds()) {
      const { stopRules, dayOf } = protocolById(id)!
      for (const rule of stopRules) {
        const said = publicStop(rule)
        expect(`${said.when} ${said.act}`).not.toMatch(/pump|note the time|The person/)
      }
      for (const { rule } of dayOf) expect(publicDayRule(rule)).not.toMatch(/PHQ|SSRS|CIWA/)
    }
  })

  it.each([
    [180, 'About 3 hours'],
    [150, 'About 2 and a half hours'],
    [60, 'About 1 hour'],
    [90, 'About 1 and a half hours'],
  ])('%i minutes: %s', (minutes, words) => {
    expect(hoursInWords(minutes)).toBe(words)
  })

  it('our own sentences read at grade 8 or below', () => {
    const own = [
      DOSE_SENTENCE,
      ...new Set(all.map(({ status }) => status.text)),
      ...Object.values(OFFER_WORDS).map(({ text }) => text),
    ]
    for (const text of own) expect(readingGrade(text), text).toBeLessThanOrEqual(8)
  })

  it('what is not there is not there', () => {
    expect(publicProtocolById('nothing')).toBeUndefined()
    expect(publicProtocolById('constructor')).toBeUndefined()
  })
})

describe('what the clinic offers', () => {
  const published = (version: string) => ({ version, kind: 'published' as const })
  const retired = (version: string) => ({ version, kind: 'retired' as const })
  it.each([
    ['nothing happened', [], 'not-offered'],
    ['only put forward', [{ version: '1', kind: 'submitted' as const }], 'not-offered'],
    ['adopted', [published('1')], 'offered'],
    ['adopted and retired', [published('1'), retired('1')], 'not-offered'],
    ['its own version published', [published('1'), published('own-1')], 'offered-changed'],
    ['its own version retired again', [published('1'), published('own-1'), retired('own-1')], 'offered'],
  ])('%s', (_, events, offer) => {
    expect(offerOf(events)).toBe(offer)
  })
})
