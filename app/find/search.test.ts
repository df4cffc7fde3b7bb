import { beforeAll, describe, expect, it, test } from 'vitest'
import { siteContent } from './content.server.ts'
import { editDistance, slipsForgiven } from './edit-distance.ts'
import { buildSearchIndex, longestQuery, type SearchIndex } from './search.ts'
import { speaksOfCrisis } from './search-crisis.ts'
import { searchDocuments } from './search-documents.ts'
import { relevanceClinic } from './search-relevance.ts'
import { markWords, passageOf, passagesOf, snippet } from './search-snippet.ts'
import { stem } from './search-stem.ts'
import { words } from './search-words.ts'

let index: SearchIndex

function textOf(href: string): string {
  const document = searchDocuments(siteContent(), relevanceClinic).find((one) => one.href === href)!
  return [document.title, ...document.keywords, document.summary, document.body].join(' ')
}

beforeAll(() => {
  index = buildSearchIndex(searchDocuments(siteContent(), relevanceClinic))
})

describe('studies', () => {
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
    'suici',
    'overdo',
    'i want to kill mys',
    'he is not brea',
    'took too muc',
    'kms',
    'help me',
    'quiero morir',
  ])('%s does so while somebody types', (query) => {
    expect(index.search(query).crisis).toBe(true)
    expect(index.search(query).results[0]?.href).toBe('/help-now')
  })

  test.each([
    'over',
    'overweight',
    'sobre',
    'want to diet',
    'kill time',
    'crisps',
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
    expect(index.search(query).crisis).toBe(false)
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
    expect(index.search('want to dye', 'service').elsewhere[0]?.href).toBe('/help-now')
  })

  it('asks for a subject where there is none', () => {
    for (const query of ['how', 'the', 'the and of', '???', '💥'])
      expect(index.search(query).vague).toBe(true)
    for (const query of ['alcohol', 'zzzzqqqq', 'can']) expect(index.search(query).vague).toBe(false)
  })

  it('does not take one short word for another', () => {
    for (const query of ['mdma', 'adhd', 'scam', 'lsd']) expect(index.search(query).corrected).toEqual([])
    expect(index.search('boze').corrected).toEqual([{ typed: 'boze', used: 'booze' }])
  })

  it('says which substances no page is about, and takes them for nothing else', () => {
    for (const query of ['mdma', 'lsd', 'shrooms', 'molly']) {
      const { unwritten, alike, results, elsewhere } = index.search(query)
      expect({ unwritten, alike, results }).toEqual({ unwritten: [query], alike: [], results: [] })
      expect(elsewhere.length).toBeGreaterThan(2)
    }
    expect(index.search('molly addiction').unwritten).toEqual(['molly'])
    expect(index.search('addiction').unwritten).toEqual([])
  })

  it('takes no Spanish cry for help for a slip', () => {
    expect(index.search('no quiero vivir').corrected).toEqual([])
    expect(index.search('depresion').corrected).not.toEqual([])
  })

  it('falls back to any word when no page has them all', () => {
    expect(index.search('alcohol zzzzqqqq').results.length).toBeGreaterThan(0)
  })

  it('keeps to what stands between quotation marks where it stands anywhere', () => {
    const loose = index.search('blood pressure')
    const strict = index.search('"blood pressure"')
    expect(strict.results.length).toBeGreaterThan(0)
    expect(strict.results.length).toBeLessThanOrEqual(loose.results.length)
    for (const { href } of strict.results) expect(textOf(href)).toMatch(/blood pressure/i)
    expect(index.search('"pressure blood"').results.length).toBeGreaterThan(0)
  })

  it('joins and parts words', () => {
    expect(index.search('sideeffects').results[0]?.href).toMatch(/side-effects/)
    expect(index.search('wheel chair').results[0]?.href).toBe('/questions#access')
  })

  it('takes the last word for a beginning until a space follows it', () => {
    const typing = index.search('alc').results.map(({ href }) => href)
    expect(typing).toContain('/conditions/alcohol')
    expect(index.search('keta').corrected).toEqual([])
  })

  it('names words that look alike when nothing is found', () => {
    const answer = index.search('naltrxnn')
    expect(answer.results).toEqual([])
    expect(answer.alike).toContain('naltrexone')
    expect(index.search('alcohol').alike).toEqual([])
  })
})

describe('hostile queries', () => {
  const all = (text: string) => Array.from({ length: 40 }, () => text).join(' ')
  test.each([
    ['nothing', ''],
    ['spaces', '   '],
    ['two megabytes', 'alcohol '.repeat(260_000)],
    ['two megabytes in one word', 'a'.repeat(2_000_000)],
    ['markup', '<script>alert(1)</script>'],
    ['signs of regular expressions', '(.*)+[a-z]{2,}$^|\\'],
    ['quotation marks that never end', '"""“„"'],
    ['control characters', 'al\u0000co\u0007hol\u001b[31m'],
    ['right to left', 'אלכוהול \u202Egnikrd'],
    ['pictures', '💥👨‍👩‍👧 🍺'],
    ['half a picture', 'beer \ud83d'],
    ['one character that becomes many', 'ﷺ'.repeat(200)],
    ['accents without end', `e${'\u0301'.repeat(5000)}`],
    ['only filler words', 'the and of to'],
    ['names of the language', 'constructor __proto__ hasOwnProperty toString'],
    ['twelve misspelled words', all('alkohoal ketamien')],
  ])('%s', (_, query) => {
    const answer = index.search(query)
    expect(answer.query.length).toBeLessThanOrEqual(longestQuery)
    expect(answer.query).toBe(answer.query.toWellFormed())
    expect(answer.query).not.toMatch(/[\p{Cc}\p{Cf}]/u)
    expect(answer.results.length).toBeLessThanOrEqual(50)
    const sum = Object.values(answer.counts).reduce((total, count) => total + count, 0)
    if (sum === 0) expect(answer.elsewhere.length).toBeGreaterThan(2)
  })

  it('finds what is left of a query when the rest is noise', () => {
    expect(index.search('\u0000\u0007alcohol\u202E').results[0]?.href).toBe('/conditions/alcohol')
    expect(index.search('🍺 alcohol 💥').results[0]?.href).toBe('/conditions/alcohol')
  })

  it('reads no more than twelve words', () => {
    expect(index.search(`${'zzzz '.repeat(12)}alcohol`).results).toEqual([])
    expect(index.search(`${' '.repeat(150)}alcohol`).results[0]?.href).toBe('/conditions/alcohol')
  })
})

describe('words', () => {
  it('are lower case, without accents and apostrophes', () => {
    expect(words("Alcohol’s Effects, crises; café's studies")).toEqual([
      'alcohol',
      'effects',
      'crises',
      'cafe',
      'studies',
    ])
  })

  it('count a swap of neighbors as one slip', () => {
    expect(editDistance('drikning', 'drinking', 2)).toBe(1)
    expect(editDistance('ketmine', 'ketamine', 2)).toBe(1)
    expect(editDistance('abc', 'xyz', 1)).toBe(2)
    expect(editDistance('', 'ab', 2)).toBe(2)
    expect(editDistance('a'.repeat(200), 'a'.repeat(199), 2)).toBe(3)
    expect([3, 4, 7, 8].map(slipsForgiven)).toEqual([0, 1, 1, 2])
  })
})

describe('snippets', () => {
  it('mark every matched word', () => {
    expect(markWords(passageOf('Alcohol, and more alcohols.'), new Set([stem('alcohol')]))).toEqual([
      { text: 'Alcohol', marked: true },
      { text: ', and more ', marked: false },
      { text: 'alcohols', marked: true },
      { text: '.', marked: false },
    ])
  })

  it('choose the sentence with most of the query', () => {
    const text = 'First about nothing. Then ketamine alone. Ketamine and alcohol together here. And an end.'
    const shown = snippet(passagesOf(text), new Set(['ketamine', 'alcohol'].map(stem)), 60)
      .map((segment) => segment.text)
      .join('')
    expect(shown).toMatch(/^Ketamine and alcohol together here/)
  })

  it('keep a far match of a long sentence in view', () => {
    const text = `${'word '.repeat(200)}ketamine ${'tail '.repeat(200)}`
    const shown = snippet(passagesOf(text), new Set([stem('ketamine')]), 120)
    expect(shown.some((segment) => segment.marked)).toBe(true)
    expect(shown.map((segment) => segment.text).join('').length).toBeLessThan(200)
  })
})
