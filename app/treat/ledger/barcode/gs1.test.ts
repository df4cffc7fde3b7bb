import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseLocalDate } from '../../../platform/time.ts'
import { identifierAt } from './application-identifiers.ts'
import { parseScan, type Scan } from './gs1.ts'
import { gtinOf, mayBePackagesOfOne, ndcDigits } from './gtin.ts'
import { scanInWords, scanRefusalWords } from './scan-words.ts'

const GS = '\u001d'
const TODAY = parseLocalDate('2026-11-24')
const day = parseLocalDate

function read(text: string, today = TODAY): Scan {
  const outcome = parseScan(text, today)
  if (!outcome.ok) throw new Error(outcome.reason)
  return outcome.value
}
const whyNot = (text: string) => {
  const outcome = parseScan(text, TODAY)
  return outcome.ok ? undefined : outcome.reason
}

describe('published examples', () => {
  it('GS1 General Specifications, figure 4.15.1-1: a DataMatrix with serial, lot, expiry and a web address', () => {
    expect(
      read(
        `]d201095040000591012112345678p901${GS}101234567p${GS}171411208200http://www.gs1.org/demo/`,
        day('2014-01-10'),
      ),
    ).toEqual({
      gtin: '09504000059101',
      serial: '12345678p901',
      lotNumber: '1234567p',
      expiresOn: '2014-11-20',
      mayRunOn: false,
    })
  })

  it('GS1: how to calculate a check digit, GTIN-13 629104150021 has 3', () => {
    expect(read('6291041500213')).toEqual({ gtin: '06291041500213', mayRunOn: false })
    for (const wrong of [0, 1, 2, 4, 5, 6, 7, 8, 9])
      expect(whyNot(`629104150021${wrong}`)).toBe('wrong-check-digit')
  })

  it('Barcode Writer in Pure PostScript, GS1 element strings: both of its forms say the same', () => {
    const scan = {
      gtin: '09521234543213',
      expiresOn: '2010-01-01',
      lotNumber: '123ABC',
      serial: '1234567890',
      mayRunOn: false,
    }
    const today = day('2010-01-01')
    expect(read('(01)09521234543213(17)100101(10)123ABC(21)1234567890', today)).toEqual(scan)
    expect(read(`]C101095212345432131710010110123ABC${GS}211234567890`, today)).toEqual(scan)
  })

  it('a medicine sold in Switzerland (M. Wiesmann, “GS1 DataMatrix on medical packaging”; the lot is ours): serial before expiry and lot', () => {
    expect(read(`01076806693300192110030376244896${GS}1725113010A1234`)).toMatchObject({
      gtin: '07680669330019',
      serial: '10030376244896',
      expiresOn: '2025-11-30',
    })
  })

  it('biip, issue 137: a code without separators runs lot, expiry and product together and is refused', () => {
    expect(whyNot('1021072911172405310100693570007182')).toBe('value-too-long')
    expect(scanRefusalWords('value-too-long')).toMatch(/separators/)
    expect(read(`1021072911${GS}172405310100693570007182`)).toMatchObject({ lotNumber: '21072911' })
  })
})

describe('what may stand around the parts', () => {
  const whole = `01003123456789061726113010A12${GS}21S7`
  const scan = {
    gtin: '00312345678906',
    expiresOn: '2026-11-30',
    lotNumber: 'A12',
    serial: 'S7',
    mayRunOn: false,
  }

  it.each([']d2', ']C1', ']Q3', ']e0', ']J1', '', GS, `]d2${GS}`])('prefix %j', (prefix) => {
    expect(read(prefix + whole)).toEqual(scan)
  })

  it.each(['{GS}', '{gs}', '[GS]', '{FNC1}', '~', '|', '^', '^]', 'è', '↔', '␝'])(
    '%s in place of the separator',
    (sent) => expect(read(whole.replace(GS, sent))).toEqual(scan),
  )

  it('spaces around it, a separator after every part, spaces in the readable form', () => {
    expect(read(` ${whole}${GS}\r\n`)).toEqual(scan)
    expect(read(`0100312345678906${GS}17261130${GS}10A12${GS}21S7${GS}`)).toEqual(scan)
    expect(read('(01) 00312345678906 (17) 261130 (10) A12 (21) S7')).toEqual(scan)
  })

  it('brackets within a lot stay where no known part begins with them', () => {
    expect(read('(10)A(2)B(05)C(17)261130')).toMatchObject({
      lotNumber: 'A(2)B(05)C',
      expiresOn: '2026-11-30',
    })
  })

  it('parts that nobody asks for are stepped over by their lengths', () => {
    const parts = [
      '11250101',
      '2001',
      '3103001500',
      '4101234567890128',
      `71512345678${GS}`,
      `3010${GS}`,
      `240X${GS}`,
    ]
    expect(read(parts.join('') + whole)).toEqual(scan)
  })

  it('the same part twice may say the same, not two things', () => {
    expect(read(`10A12${GS}10A12${GS}17261130`)).toMatchObject({ lotNumber: 'A12' })
    expect(whyNot(`10A12${GS}10B77`)).toBe('said-twice')
  })
})

describe('linear barcodes name the product alone', () => {
  it.each([
    ['312345678906', '00312345678906'],
    ['0312345678906', '00312345678906'],
    [']E00312345678906', '00312345678906'],
    ['96385074', '00000096385074'],
    [']I130312345678907', '30312345678907'],
  ])('%s is product %s', (text, gtin) => expect(read(text)).toEqual({ gtin, mayRunOn: false }))

  it('a prefix tells element strings of 8 digits from a short product number', () => {
    expect(read(']C117261130')).toMatchObject({ expiresOn: '2026-11-30' })
    expect(whyNot('17261130')).toBe('wrong-check-digit')
  })

  it('a United States drug has its ten digits in it, others have not', () => {
    expect(ndcDigits(gtinOf('312345678906')!)).toBe('1234567890')
    expect(ndcDigits(gtinOf('30312345678907')!)).toBe('1234567890')
    expect(ndcDigits(gtinOf('07680669330019')!)).toBeUndefined()
  })

  it('a carton and its vial may be one product by their first eight digits or the packaging level', () => {
    const vial = gtinOf('312345678906')!
    expect(mayBePackagesOfOne(vial, gtinOf('30312345678907')!)).toBe(true)
    expect(mayBePackagesOfOne(vial, gtinOf('312345678104')!)).toBe(true)
    expect(mayBePackagesOfOne(vial, gtinOf('312345998905')!)).toBe(false)
    expect(mayBePackagesOfOne(gtinOf('07680669330019')!, gtinOf('06291041500213')!)).toBe(false)
  })
})

describe('the day of expiry', () => {
  const expiry = (yymmdd: string, today = '2026-11-24') => read(`]d217${yymmdd}`, day(today)).expiresOn

  it('day 00 is the last of its month', () => {
    expect(['261100', '270200', '280200', '261200'].map((text) => expiry(text))).toEqual([
      '2026-11-30',
      '2027-02-28',
      '2028-02-29',
      '2026-12-31',
    ])
  })

  it.each([
    ['760101', '2026-11-24', '2076-01-01'],
    ['770101', '2026-11-24', '1977-01-01'],
    ['990101', '2026-11-24', '1999-01-01'],
    ['000101', '2026-11-24', '2000-01-01'],
    ['400101', '2090-01-01', '2140-01-01'],
    ['410101', '2090-01-01', '2041-01-01'],
    ['000101', '2099-12-31', '2100-01-01'],
  ])('%s seen on %s is %s (section 7.12)', (text, today, is) => expect(expiry(text, today)).toBe(is))

  it.each(['261301', '260001', '261131', '270229'])('%s is no day', (text) =>
    expect(whyNot(`]d217${text}`)).toBe('not-a-date'),
  )
})

describe('refusals by name', () => {
  it.each([
    ['', 'nothing-scanned'],
    ['  \r\n', 'nothing-scanned'],
    ['0'.repeat(401), 'too-much'],
    ['HELLO', 'not-gs1'],
    ['https://id.gs1.org/01/09506000134352', 'not-gs1'],
    [']d1HELLO', 'not-gs1'],
    ['(99', 'not-gs1'],
    [GS, 'not-gs1'],
    [']d20100312345678907', 'wrong-check-digit'],
    [']d217261130XX', 'unknown-part'],
    [']d2010031234567', 'cut-short'],
    [`]d2010031234${GS}17261130`, 'cut-short'],
    [`]d210${GS}17261130`, 'cut-short'],
    [`10${'A'.repeat(21)}`, 'value-too-long'],
    ['10A 12', 'wrong-characters'],
    [`10A12]d210B77`, 'wrong-characters'],
    [']d20100312345O78906', 'wrong-characters'],
    ['00106141412345678908', 'nothing-of-use'],
  ])('%j: %s', (text, reason) => {
    expect(whyNot(text)).toBe(reason)
    expect(scanRefusalWords(reason as never)).toMatch(/\.$/)
  })
})

describe('a scanner that sends no separators', () => {
  it('a lot is taken to the end, and that it may hold more is said', () => {
    const scan = read('01003123456789061726113010A1221S7')
    expect(scan).toMatchObject({ lotNumber: 'A1221S7', mayRunOn: true })
    expect(scanInWords(scan, TODAY)).toMatch(/check that lot and serial end where they end on the label/)
    expect(read('10A1217261130').mayRunOn).toBe(true)
  })

  it('is not suspected where nothing further can be in it', () => {
    for (const text of ['1726113010A12', `21S7${GS}10A1221`, '10A3417269930', '10A3417261130(', '10A1721'])
      expect(read(text).mayRunOn, text).toBe(false)
    // A part stands in a code once: what looks like a second expiry belongs to the lot.
    expect(read('1726113010B17261130')).toMatchObject({ lotNumber: 'B17261130', mayRunOn: false })
  })
})

it('says in one line what was read', () => {
  expect(scanInWords(read('(10)A12(17)261130(21)77(01)00312345678906'), TODAY)).toBe(
    'Read: lot A12, usable through Mon 30 Nov 2026, serial 77, product 00312345678906.',
  )
  expect(scanInWords(read('(10)A12(17)261123'), TODAY)).toMatch(/23 Nov 2026 \(that day is over\)/)
  expect(scanInWords(read('312345678906'), TODAY)).toMatch(/names no lot/)
})

describe('whatever comes', () => {
  const VALUE = '!"%&\'*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz'
  const value = fc.string({ unit: fc.constantFrom(...VALUE), minLength: 1, maxLength: 20 })
  const gtin = fc
    .integer({ min: 0, max: 9_999_999_999_999 })
    .map((n) => String(n).padStart(13, '0'))
    .map((first) => Array.from({ length: 10 }, (_, check) => gtinOf(first + check)).find(Boolean)!)
  const expiry = fc
    .date({ min: new Date('2000-01-01'), max: new Date('2076-12-31'), noInvalidDate: true })
    .map((date) => day(date.toISOString().slice(0, 10)))
  const scans = fc.record({ gtin, lotNumber: value, expiresOn: expiry, serial: value }, { requiredKeys: [] })
  const other = fc.constantFrom('11250101', '3103001500', '2001', `240ABC`, '91x', '71512345678')
  const AI = { gtin: '01', lotNumber: '10', expiresOn: '17', serial: '21' } as const
  const written = (key: string, text: string) =>
    `${AI[key as keyof typeof AI]}${key === 'expiresOn' ? text.slice(2).replaceAll('-', '') : text}`

  it('parts come out as they went in, in any order, among others, in both forms', () => {
    fc.assert(
      fc.property(scans, fc.array(other, { maxLength: 3 }), fc.infiniteStream(fc.nat()), (scan, more, by) => {
        fc.pre(Object.keys(scan).length > 0)
        const order = [...Object.entries(scan).map(([key, text]) => written(key, text!)), ...new Set(more)]
          .map((part) => ({ part, place: by.next().value! }))
          .sort((a, b) => a.place - b.place)
          .map(({ part }) => part)
        const raw = order
          .map((part, nth) => {
            const terminated = identifierAt(part)!.predefined || nth === order.length - 1
            return terminated ? part : part + GS
          })
          .join('')
        const readable = order.map((part) => part.replace(identifierAt(part)!.ai, (ai) => `(${ai})`)).join('')
        expect(read(`]d2${raw}`)).toEqual({ ...scan, mayRunOn: expect.any(Boolean) })
        expect(read(readable)).toEqual({ ...scan, mayRunOn: false })
      }),
    )
  })

  it('nothing makes it throw, and every answer has words', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(']d2', ']C1', '(', ')', '01', '10', '17', '21', GS, '261100', '00312345678906', '3103'),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const outcome = parseScan(pieces.join(''), TODAY)
        const words = outcome.ok ? scanInWords(outcome.value, TODAY) : scanRefusalWords(outcome.reason)
        expect(words.length).toBeGreaterThan(10)
      }),
      { numRuns: 2000 },
    )
  })

  it('one digit misread in the product is always refused', () => {
    fc.assert(
      fc.property(gtin, fc.nat(13), fc.integer({ min: 1, max: 9 }), (right, place, by) => {
        const digits = [...right]
        digits[place] = String((Number(digits[place]) + by) % 10)
        const wrong = digits.join('')
        expect(read(`]d201${right}`).gtin).toBe(right)
        for (const text of [`]d201${wrong}`, `]d201${wrong}10A12`, `(01)${wrong}(10)A12`, wrong])
          expect(whyNot(text)).toBe('wrong-check-digit')
      }),
    )
  })
})

it('no identifier is the beginning of another', () => {
  const known = Array.from({ length: 10_000 }, (_, n) => String(n).padStart(4, '0')).map(
    (text) => identifierAt(text)?.ai,
  )
  const all = [...new Set(known.filter((ai) => ai !== undefined))]
  expect(all.length).toBeGreaterThan(400)
  expect(all.filter((ai) => all.some((longer) => longer !== ai && longer.startsWith(ai)))).toEqual([])
})
