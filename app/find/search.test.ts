import { beforeAll, describe, expect, it, test } from 'vitest'
import { siteContent } from './content.server.ts'
import { editDistance } from './edit-distance.ts'
import { buildSearchIndex, longestQuery, type SearchIndex } from './search.ts'
import { searchDocuments } from './search-documents.ts'
import { markWords, snippet } from './search-snippet.ts'
import { speaksOfCrisis, words } from './search-words.ts'

let index: SearchIndex

beforeAll(() => {
  index = buildSearchIndex(
    searchDocuments(siteContent(), [
      { name: 'First consultation', summary: 'An hour with a prescriber.' },
      { name: 'Aftercare group', summary: 'A weekly group after the course.' },
    ]),
  )
})

/** What people type, and the page that should come first. */
const expected: readonly (readonly [query: string, first: string])[] = [
  ['alcohol', '/conditions/alcohol'],
  ['alchohol', '/conditions/alcohol'],
  ['alcohool', '/conditions/alcohol'],
  ['drinking', '/conditions/alcohol'],
  ['drikning', '/conditions/alcohol'],
  ['booze', '/conditions/alcohol'],
  ['beer', '/conditions/alcohol'],
  ['alcoholism', '/conditions/alcohol'],
  ['ketamine', '/questions#what-is-ketamine'],
  ['what is ketamine', '/questions#what-is-ketamine'],
  ['ketmine', '/questions#what-is-ketamine'],
  ['K', '/questions#what-is-ketamine'],
  ['special k', '/questions#what-is-ketamine'],
  ['naltrexone', '/questions#what-else-works'],
  ['naltrexon', '/questions#what-else-works'],
  ['naltrexnoe', '/questions#what-else-works'],
  ['vivitrol', '/questions#what-else-works'],
  ['side effects', '/questions#side-effects'],
  ['is it safe', '/questions#side-effects'],
  ['bladder', '/questions#bladder'],
  ['bladdr', '/questions#bladder'],
  ['pee hurts', '/questions#bladder'],
  ['can I drive home', '/questions#driving'],
  ['is it addictive', '/questions#addictive'],
  ['FDA', '/questions#is-it-approved'],
  ['off-label', '/questions#is-it-approved'],
  ['does it work', '/questions#does-it-work'],
  ['pregnant', '/questions#pregnant'],
  ['schizophrenia', '/questions#psychosis'],
  ['my husband', '/for-families'],
  ['bad trip', '/questions#what-it-feels-like'],
  ['price', '/services'],
  ['how much does it cost', '/services'],
  ['insurence', '/questions#insurance'],
  ['address', '/location'],
  ['opening hours', '/location'],
  ['direktions', '/location'],
  ['how treatment works', '/how-treatment-works'],
  ['what to expect', '/how-treatment-works'],
  ['aftercare group', '/services#aftercare-group'],
  ['consultation', '/services#first-consultation'],
  ['book an appointment', '/request'],
  ['studies', '/studies'],
  ['research', '/studies'],
  ['grabski', '/studies/grabski-2022-kare'],
  ['KARE', '/studies/grabski-2022-kare'],
  ['krupitsky 1997', '/studies/krupitsky-1997-alcohol'],
  ['more-kare', '/studies/ongoing-more-kare'],
  ['benzos', '/conditions/benzodiazepines'],
  ['xanax', '/conditions/benzodiazepines'],
  ['gambling', '/conditions/gambling'],
  ['gmabling', '/conditions/gambling'],
  ['weed', '/conditions/cannabis'],
  ['smoking', '/conditions/nicotine'],
  ['suicide', '/help-now'],
  ['overdose', '/help-now'],
  ['detox', '/questions#stop-first'],
  ['who should not have ketamine', '/questions#who-should-not'],
  ['will it show up in a drug test', '/questions#drug-test'],
  ['can i still drink', '/questions#still-drink'],
  ['suboxone and ketamine', '/questions#methadone-buprenorphine'],
  ['i take methadone', '/questions#methadone-buprenorphine'],
  ['antidepressants', '/questions#antidepressants'],
  ['zoloft', '/questions#antidepressants'],
  ['breastfeeding', '/questions#pregnant'],
  ['high blood pressure', '/questions#blood-pressure'],
  ['panic', '/questions#panic'],
  ['wheelchair', '/questions#access'],
  ['spanish', '/questions#access'],
  ['español', '/questions#access'],
  ['my dog', '/questions#phone-music'],
  ['police', '/questions#employer-police'],
  ['will my boss find out', '/questions#employer-police'],
  ['out of state', '/questions#other-state'],
  ['refund', '/questions#cost-if-i-stop'],
  ['uber home', '/questions#getting-home'],
  ['teenager', '/questions#teenager'],
  ['how many sessions', '/questions#how-many-sessions'],
  ['street ketamine', '/questions#street-ketamine'],
  ['spravato', '/questions#esketamine-spray'],
  ['relapse', '/questions#use-again'],
  ['refuses treatment', '/questions#unwilling-friend'],
  ['NMDA receptor', '/glossary#nmda-receptor'],
  ['hazard ratio', '/glossary#hazard-ratio'],
  ['confidence interval', '/glossary#confidence-interval'],
  ['number needed to treat', '/glossary#nnt'],
  ['glossary', '/glossary'],
  ['42 cfr part 2', '/questions#employer-police'],
]

describe('what comes first', () => {
  test.each(expected)('%s → %s', (query, first) => {
    expect(index.search(query).results[0]?.href).toBe(first)
  })

  /** Subjects with several good pages: the first result must be about it. */
  test.each([
    ['depresion', 'depression'],
    ['depressed', 'depression'],
    ['heroin', 'opioids'],
    ['cocaine', 'cocaine'],
    ['coke', 'cocaine'],
    ['meth', 'methamphetamine'],
    ['ptsd', 'ptsd'],
    ['trauma', 'ptsd'],
    ['ocd', 'ocd'],
    ['bipolar', 'bipolar'],
  ])('%s finds a study of %s', (query, topic) => {
    const first = index.search(query, 'study').results[0]!.href.replace('/studies/', '')
    expect(siteContent().studies.get(first)?.topics).toContain(topic)
  })

  it('has a mean reciprocal rank of at least 0.95 over the table', () => {
    const ranks = expected.map(([query, first]) => {
      const at = index.search(query).results.findIndex((result) => result.href === first)
      return at < 0 ? 0 : 1 / (at + 1)
    })
    expect(ranks.reduce((sum, rank) => sum + rank, 0) / ranks.length).toBeGreaterThanOrEqual(0.95)
  })
})

describe('crisis', () => {
  test.each([
    'suicide',
    'sucide',
    'suicidel thoughts',
    'I want to die',
    'i wnat to die',
    'i just want to die',
    'kill myself',
    'kil my self',
    'killing myself',
    'overdose',
    'overdoze',
    'my brother took too many pills',
    'he is not breathing',
    'self-harm',
    "I can't go on",
    'end my life',
  ])('%s puts help first', (query) => {
    expect(index.search(query).crisis).toBe(true)
  })

  test.each([
    'alcohol',
    'dose',
    'diet',
    'depression',
    'how long does it take',
    'self help',
    'side effects',
    '',
  ])('%s does not', (query) => {
    expect(speaksOfCrisis(query)).toBe(false)
  })
})

describe('the answer', () => {
  it('filters by kind and counts every kind', () => {
    const all = index.search('alcohol')
    const studies = index.search('alcohol', 'study')
    expect(studies.results.length).toBe(Math.min(50, all.counts.study))
    expect(studies.results.every((result) => result.kind === 'study')).toBe(true)
    expect(studies.counts).toEqual(all.counts)
  })

  it('says what it corrected', () => {
    expect(index.search('alchohol').corrected).toEqual([{ typed: 'alchohol', used: 'alcohol' }])
    expect(index.search('alcohol').corrected).toEqual([])
  })

  it('marks the match in title and snippet and never makes HTML', () => {
    const [first] = index.search('alchohol').results
    expect(first!.title).toContainEqual({ text: 'Alcohol', marked: true })
    const joined = first!.snippet.map((segment) => segment.text).join('')
    expect(joined).not.toMatch(/[<>]|\[\[/)
  })

  it('leads somewhere when nothing is found', () => {
    const answer = index.search('zzzzqqqq')
    expect(answer.results).toEqual([])
    expect(answer.elsewhere.length).toBeGreaterThan(2)
    expect(index.search('want to dye').elsewhere[0]?.href).toBe('/help-now')
  })

  it('falls back to any word when no page has them all', () => {
    expect(index.search('alcohol zzzzqqqq').results.length).toBeGreaterThan(0)
  })

  it('survives hostile and empty queries', () => {
    for (const query of [
      '',
      '   ',
      '<script>',
      '*',
      '"',
      'a'.repeat(100_000),
      '💥',
      '\u0000',
      'constructor __proto__',
    ]) {
      const answer = index.search(query)
      expect(answer.query.length).toBeLessThanOrEqual(longestQuery)
      expect(Array.isArray(answer.results)).toBe(true)
    }
  })
})

describe('words', () => {
  it('are lower case, without accents and plural endings', () => {
    expect(words("Alcohol’s Effects, crises; café's studies")).toEqual([
      'alcohol',
      'effect',
      'crise',
      'cafe',
      'study',
    ])
    expect(words('this illness is news')).toEqual(['this', 'illness', 'is', 'news'])
  })

  it('count a swap of neighbors as one slip', () => {
    expect(editDistance('drikning', 'drinking', 2)).toBe(1)
    expect(editDistance('ketmine', 'ketamine', 2)).toBe(1)
    expect(editDistance('abc', 'xyz', 1)).toBe(2)
    expect(editDistance('', 'ab', 2)).toBe(2)
  })
})

describe('snippets', () => {
  it('mark every matched word', () => {
    expect(markWords('Alcohol, and more alcohols.', new Set(['alcohol']))).toEqual([
      { text: 'Alcohol', marked: true },
      { text: ', and more ', marked: false },
      { text: 'alcohols', marked: true },
      { text: '.', marked: false },
    ])
  })

  it('choose the sentence with most of the query', () => {
    const text = 'First about nothing. Then ketamine alone. Ketamine and alcohol together here. And an end.'
    const shown = snippet(text, new Set(['ketamine', 'alcohol']), 60)
      .map((segment) => segment.text)
      .join('')
    expect(shown).toMatch(/^Ketamine and alcohol together here/)
  })

  it('keep a far match of a long sentence in view', () => {
    const text = `${'word '.repeat(200)}ketamine ${'tail '.repeat(200)}`
    const shown = snippet(text, new Set(['ketamine']), 120)
    expect(shown.some((segment) => segment.marked)).toBe(true)
    expect(shown.map((segment) => segment.text).join('').length).toBeLessThan(200)
  })
})
