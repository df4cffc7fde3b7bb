import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { gzipSync } from 'node:zlib'
import { parseHTML } from 'linkedom'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { sourcesHash } from '../../../scripts/build.ts'
import { siteContent } from '../content.server.ts'
import { shareChosenFrom } from './share-chosen.ts'
import { shareExamples } from './share-examples.ts'
import { ShareExplorer } from './share-explorer.tsx'
import { packedShares, shareReading } from './share-figures.ts'
import { startShareExplorer } from './share-script.ts'
import { often, shareInWords } from './share-words.ts'

function draw(query: string) {
  const chosen = shareChosenFrom(new URLSearchParams(query))
  const page = renderToStaticMarkup(
    <ShareExplorer
      chosen={chosen}
      reading={shareReading(chosen.count, chosen.people)}
      packed={packedShares(chosen.people)}
    />,
  )
  const { document, window } = parseHTML(`<html><body>${page}</body></html>`)
  return { page, document, window }
}

const said = (page: Document) =>
  ['share', 'fits', 'chance'].map((what) => page.querySelector(`[data-say=${what}]`)!.textContent)
const drawn = (page: Document) => ({
  filled: page.querySelectorAll('.share-yes').length,
  dots: page.querySelectorAll('.share-dot').length,
  label: page.querySelector('[data-dots]')!.getAttribute('aria-label'),
  span: ['x', 'width'].map((name) => page.querySelector('[data-span]')!.getAttribute(name)),
  mark: page.querySelector('[data-mark]')!.getAttribute('d'),
})

/** P(X ≤ k) with p = 13/20, in whole numbers: the sum of C(n, i) 13^i 7^(n − i), of 20^n. */
function lowerTail(k: number, n: number): number {
  let sum = 0n
  let ways = 1n
  for (let i = 0; i <= k; i++) {
    sum += ways * 13n ** BigInt(i) * 7n ** BigInt(n - i)
    ways = (ways * BigInt(n - i)) / BigInt(i + 1)
  }
  return Number((sum * 10n ** 18n) / 20n ** BigInt(n)) / 1e18
}

describe('figures', () => {
  it.each([
    // Clopper–Pearson: none of ten 1 − 0.025^(1/10) = 0.3085; one of one 0.025
    [0, 10, 0, 31],
    [10, 10, 69, 100],
    [1, 1, 2.5, 100],
    // 7 of 20, the package's own example: 0.154 to 0.592
    [7, 20, 15, 59],
    [13, 20, 41, 85],
    [130, 200, 58, 72],
  ])('%i of %i: from %d to %d of every 100', (count, people, lower, upper) => {
    const { lowerPercent, upperPercent } = shareReading(count, people)
    expect(Math.abs(lowerPercent - lower)).toBeLessThanOrEqual(0.5)
    expect(Math.abs(upperPercent - upper)).toBeLessThanOrEqual(0.5)
  })

  it('9 or fewer of 20, were the truth 65: as summed in whole numbers', () => {
    expect(lowerTail(9, 20)).toBeCloseTo(0.0532, 4)
    expect(shareReading(9, 20).chance).toBeCloseTo(lowerTail(9, 20), 12)
  })

  it.each([
    [5, 20],
    [12, 20],
    [100, 200],
    [129, 200],
  ])('%i or fewer of %i', (count, people) => {
    expect(shareReading(count, people).chance).toBeCloseTo(lowerTail(count, people), 12)
  })

  it.each([
    [14, 20],
    [20, 20],
    [131, 200],
    [3, 3],
  ])('%i or more of %i', (count, people) => {
    expect(shareReading(count, people).chance).toBeCloseTo(1 - lowerTail(count - 1, people), 12)
  })

  it('just 65 of every 100 asks for exactly that', () => {
    expect(shareReading(13, 20).chance).toBeCloseTo(lowerTail(13, 20) - lowerTail(12, 20), 12)
  })

  it.each([
    [21, 20],
    [-1, 20],
    [1.5, 20],
    [0, 0],
    [1, 201],
    [Number.NaN, 20],
  ])('refuses %s of %s', (count, people) => {
    expect(() => shareReading(count, people)).toThrow(RangeError)
  })
})

describe('words', () => {
  it('say 13 of 20', () => {
    expect(shareInWords(shareReading(13, 20))).toEqual({
      share: '13 of 20: 65 of every 100',
      fits: 'If all people like these could be treated, a true share from about 41 to about 85 of every 100 would fit with this group. A truth of 65 fits.',
      chance:
        'Say the truth were 65 of every 100. Then a group of 20 would show exactly 13 about 18 times in 100.',
      spoken: '13 of 20, 65 of every 100; from about 41 to about 85 of every 100 fits',
      dots: '13 of 20 dots are filled.',
    })
  })

  it('say the ends and what does not fit', () => {
    expect(shareInWords(shareReading(0, 10)).fits).toContain('from none to about 31')
    expect(shareInWords(shareReading(0, 10)).fits).toContain('A truth of 65 does not fit.')
    // Ends of 65.29 and 64.86: the words round them, and do not decide by what they round.
    expect(shareInWords(shareReading(16, 18)).fits).toContain('A truth of 65 does not fit.')
    expect(shareInWords(shareReading(5, 14)).fits).toContain('A truth of 65 does not fit.')
    // Somebody was seen, so none cannot be the truth, nor all where somebody was not.
    expect(shareInWords(shareReading(1, 20)).fits).toContain('from less than 1 to about 25')
    expect(shareInWords(shareReading(199, 200)).fits).toContain('to more than 99 of')
    expect(shareInWords(shareReading(8, 8)).chance).toContain('show all 8')
    expect(shareInWords(shareReading(1, 3)).share).toBe('1 of 3: about 33 of every 100')
    expect(shareInWords(shareReading(9, 20)).chance).toContain('9 or fewer about 5 times in 100')
  })

  it.each([
    [1, 'nearly always'],
    [0.994, 'about 99 times in 100'],
    [0.0532, 'about 5 times in 100'],
    [0.0101, 'about 1 time in 100'],
    [0.0042, 'about once in 240 times'],
    [0.00011, 'about once in 9,100 times'],
    [0.00001, 'less than once in 10,000 times'],
    [0, 'less than once in 10,000 times'],
  ])('%d is “%s”', (probability, words) => {
    expect(often(probability)).toBe(words)
  })
})

describe('what the page carries for its script', () => {
  it.each([1, 20, 50, 100, 200])('says the same of every count of %i', (people) => {
    const packed = packedShares(people)
    const [low, high, chance] = [packed.low, packed.high, packed.chance].map((list) =>
      list.split(' ').map(Number),
    )
    for (let count = 0; count <= people; count++) {
      expect(
        shareInWords({
          count,
          people,
          lowerPercent: low![count]!,
          upperPercent: high![count]!,
          chance: chance![count]!,
        }),
      ).toEqual(shareInWords(shareReading(count, people)))
    }
  })
})

describe('without script', () => {
  it.each(['', 'n=20&k=13', 'n=200', 'n=200&k=0', 'n=1&k=1', 'n=27&k=27'])(
    '“%s” is drawn and read',
    (query) => {
      const { document } = draw(query)
      const chosen = shareChosenFrom(new URLSearchParams(query))
      expect(drawn(document)).toMatchObject({ filled: chosen.count, dots: chosen.people })
      expect(said(document).join(' ')).not.toMatch(/NaN|undefined|null|-/)
      expect(document.querySelectorAll('[style], script')).toHaveLength(0)
    },
  )

  it('asks for nothing but two numbers, by GET', () => {
    const { document } = draw('n=50&k=10')
    expect(document.querySelector('form')!.getAttribute('method')).toBe('get')
    expect(
      [...document.querySelectorAll('input')].map((i) => [i.getAttribute('name'), i.getAttribute('value')]),
    ).toEqual([
      ['n', '50'],
      ['k', '10'],
    ])
    expect([...document.querySelectorAll('nav a')].map((a) => a.getAttribute('href'))).toContain(
      '/what-does-65-percent-mean?n=200&k=130',
    )
  })

  it.each([
    ['n=many', 'from 1 to 200', 'many'],
    ['n=0', 'from 1 to 200', '0'],
    ['n=1000000', 'from 1 to 200', '1000000'],
    ['n=20&k=21', 'from 0 to 20', '21'],
    ['n=20&k=-1', 'from 0 to 20', '-1'],
    ['n=20&k=6.5', 'from 0 to 20', '6.5'],
  ])('“%s” is answered in place and kept', (query, problem, typed) => {
    const { document } = draw(query)
    expect(document.querySelector('.field-error')!.textContent).toContain(problem)
    expect([...document.querySelectorAll('input')].map((i) => i.getAttribute('value'))).toContain(typed)
    expect(drawn(document).filled).toBe(13)
  })
})

describe('with script', () => {
  it.each([20, 200])('shows at every count of %i what the server would draw and say', (people) => {
    const { document, window } = draw(`n=${people}`)
    const addresses: string[] = []
    startShareExplorer(document, (href) => addresses.push(href))
    const field = document.querySelector('input[name=k]') as unknown as HTMLInputElement
    expect(field.getAttribute('max')).toBe(String(people))
    for (let count = 0; count <= people; count += people / 20) {
      field.value = String(count)
      for (const kind of ['input', 'change']) field.dispatchEvent(new window.Event(kind))
      const server = draw(`n=${people}&k=${count}`).document
      expect(drawn(document)).toEqual(drawn(server))
      expect(said(document)).toEqual(said(server))
      expect(field.getAttribute('aria-valuetext')).toBe(shareInWords(shareReading(count, people)).spoken)
    }
    expect(addresses.at(-1)).toBe(`?n=${people}&k=${people}`)
  })

  it('does nothing on another page', () => {
    const { document } = parseHTML('<html><body><form></form></body></html>')
    expect(() => startShareExplorer(document, () => {})).not.toThrow()
  })
})

describe('groups from studies', () => {
  it.each(shareExamples)('$count of $people stands in $studyId', ({ count, people, studyId }) => {
    const study = siteContent().studies.get(studyId)!
    const printed = study.findings
      .filter(({ checked }) => checked === 'source')
      .map(({ ketamine, control }) => `${ketamine} | ${control}`)
      .join(' | ')
    expect(printed).toContain(`${count} of ${people}`)
    expect(people).toBeLessThanOrEqual(200)
  })
})

describe('what a phone must load', () => {
  it('the script reaches the words and the places alone: no statistics', () => {
    const reached = new Set<string>()
    const walk = (file: string) => {
      if (reached.has(file)) return
      reached.add(file)
      for (const [, from] of readFileSync(file, 'utf8').matchAll(/^import [^'\n]*'([^']+)'/gm))
        walk(join(dirname(file), from!))
    }
    walk(join(import.meta.dirname, 'share-script.ts'))
    expect([...reached].map((file) => relative(import.meta.dirname, file)).sort()).toEqual([
      'share-place.ts',
      'share-script.ts',
      'share-words.ts',
    ])
  })

  const root = join(import.meta.dirname, '../../..')
  const stamp = join(root, 'build/.sources')
  const built = existsSync(stamp) && readFileSync(stamp, 'utf8') === sourcesHash()
  const title = built ? '' : ' (skipped: the build is not of these sources; `npm test` builds first)'
  it.skipIf(!built)(`is one file of less than 3 kB${title}`, () => {
    const files = globSync('share-script-*.js', { cwd: join(root, 'build/client/assets') })
    expect(files).toHaveLength(1)
    expect(gzipSync(readFileSync(join(root, 'build/client/assets', files[0]!))).length).toBeLessThan(3_000)
  })

  it('the figure of 200 is less than 6 kB on the wire', () => {
    expect(gzipSync(draw('n=200').page).length).toBeLessThan(6_000)
  })
})
