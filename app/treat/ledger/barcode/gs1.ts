import { done, type Outcome, refused } from '../../../platform/outcome.ts'
import { addDays, type LocalDate, parseLocalDate } from '../../../platform/time.ts'
import { identifierAt } from './application-identifiers.ts'
import { type Gtin, gtinOf } from './gtin.ts'

/** What a barcode on a drug's package says. What it does not say is missing, never empty. */
export type Scan = {
  /** AI 01, or the whole of a linear barcode. */
  readonly gtin?: Gtin
  /** AI 10, as it stands there: letters keep their case. */
  readonly lotNumber?: string
  /** AI 17: the last day of use. */
  readonly expiresOn?: LocalDate
  /** AI 21. */
  readonly serial?: string
  /**
   * No separator came with the code and its last value could hold a further part: a scanner or camera that drops separators runs a lot and
   * what follows it together, and nothing in the text tells. The value is taken to the end, as the standard says; somebody has to look.
   */
  readonly mayRunOn: boolean
}

/** Why a text is not taken as a scan; `scanRefusalWords` says what to do. */
export type ScanRefusal =
  | 'nothing-scanned'
  | 'too-much'
  | 'not-gs1'
  | 'wrong-check-digit'
  | 'unknown-part'
  | 'cut-short'
  | 'value-too-long'
  | 'wrong-characters'
  | 'not-a-date'
  | 'said-twice'
  | 'nothing-of-use'

const GS = '\u001d'
/** Far above any code on a package; what is longer is several scans in one field. */
const LONGEST = 400
/** GS1-128, GS1 DataMatrix, GS1 QR, GS1 DataBar and GS1 DotCode (GS1 General Specifications, symbology identifiers). */
const ELEMENT_STRINGS = new Set([']C1', ']d2', ']Q3', ']e0', ']J1'])
/** EAN-13 with UPC-A, EAN-8, ITF-14. */
const LINEAR = new Set([']E0', ']E4', ']I1'])
/**
 * What arrives in place of the separator (0x1D) when a scanner types: `{GS}`, `[GS]`, `{FNC1}`, `^]`, `~`, `|`, `^`, `è` (the codeword 0xE8 of
 * FNC1 in a DataMatrix, taken for Latin-1), `↔` (Alt+29 on a keyboard), `␝`. None of these can stand in a value of GS1's
 * 82 characters, so none is taken for a separator by mistake.
 */
const SENT_FOR_GS = /\{GS\}|\[GS\]|\{FNC1\}|\^\]|[~|^è↔␝]/gi
/** The 82 characters of a value (GS1 General Specifications, figure 7.11-1), and `#` for the few identifiers that have 39. */
const VALUE = /^[!-#%-?A-Z_a-z]+$/

/**
 * Reads what a scanner sent for a barcode on a drug's package or vial: element strings of a GS1 DataMatrix, GS1-128 or GS1 QR code in any
 * order, with or without symbology prefix; their readable form `(01)…(17)…`; or the digits of a linear barcode, which name the product alone.
 * A text of 8, 12, 13 or 14 digits without prefix is taken for a linear barcode.
 *
 * @param text as it came, at most 400 characters; spaces around it are left out. Separators: 0x1D, or what `SENT_FOR_GS` lists
 * @param today decides the century of the expiry's year
 * @returns what the code says, or the first reason against it. Parts not asked for (weights, dates of making …) are stepped over
 * @example parseScan(']d201003123456789061726113010A12', today) // lot A12, expires 2026-11-30
 */
export function parseScan(text: string, today: LocalDate): Outcome<Scan, ScanRefusal> {
  const sent = text.trim()
  if (sent === '') return refused('nothing-scanned')
  if (sent.length > LONGEST) return refused('too-much')
  const prefix = sent.startsWith(']') ? sent.slice(0, 3) : undefined
  const body = prefix ? sent.slice(3) : sent
  if (prefix && LINEAR.has(prefix)) return linear(body)
  if (prefix && !ELEMENT_STRINGS.has(prefix)) return refused('not-gs1')
  if (!prefix && /^(\d{8}|\d{12,14})$/.test(body)) return linear(body)
  const readable = body.startsWith('(')
  const raw = readable ? fromReadable(body) : body.replace(SENT_FOR_GS, GS)
  const first = raw?.split(GS).find((part) => part !== '')
  if (raw === undefined || first === undefined || !identifierAt(first)) return refused('not-gs1')
  const elements = readElements(raw)
  return elements.ok ? scanOf(elements.value, raw, today) : elements
}

function linear(digits: string): Outcome<Scan, ScanRefusal> {
  if (!/^(\d{8}|\d{12,14})$/.test(digits)) return refused('not-gs1')
  const gtin = gtinOf(digits)
  return gtin ? done({ gtin, mayRunOn: false }) : refused('wrong-check-digit')
}

/** The readable form with a separator after each part; brackets within a value stay, unless a known identifier stands in them. */
function fromReadable(body: string): string | undefined {
  const text = body.replace(/\s/g, '')
  const heads = [...text.matchAll(/\((\d{2,4})\)/g)].filter(([, ai]) => identifierAt(ai!)?.ai === ai)
  if (heads[0]?.index !== 0) return undefined
  return heads
    .map(({ 0: head, 1: ai, index }, nth) => {
      const value = text.slice(index + head.length, heads[nth + 1]?.index)
      return `${ai}${value}${GS}`
    })
    .join('')
}

type Elements = ReadonlyMap<string, string>

function readElements(raw: string): Outcome<Elements, ScanRefusal> {
  const found = new Map<string, string>()
  let at = 0
  while (at < raw.length) {
    // Some scanners send the first FNC1 too, and a separator after a value of predefined length is to be borne.
    if (raw[at] === GS) {
      at++
      continue
    }
    const known = identifierAt(raw.slice(at, at + 4))
    if (!known) return refused('unknown-part', { place: at })
    const from = at + known.ai.length
    const stop = raw.indexOf(GS, from)
    const end = stop === -1 ? raw.length : stop
    const to = known.predefined ? Math.min(from + known.longest, end) : end
    const value = raw.slice(from, to)
    if (value.length < known.shortest) return refused('cut-short', { ai: known.ai })
    if (value.length > known.longest) return refused('value-too-long', { ai: known.ai })
    if (!(known.digitsOnly ? /^\d+$/ : VALUE).test(value))
      return refused('wrong-characters', { ai: known.ai })
    if ((found.get(known.ai) ?? value) !== value) return refused('said-twice', { ai: known.ai })
    found.set(known.ai, value)
    at = to
  }
  return done(found)
}

function scanOf(elements: Elements, raw: string, today: LocalDate): Outcome<Scan, ScanRefusal> {
  const [product, lotNumber, expiry, serial] = ['01', '10', '17', '21'].map((ai) => elements.get(ai))
  if (!(product ?? lotNumber ?? expiry ?? serial)) return refused('nothing-of-use')
  const gtin = product && gtinOf(product)
  if (product && !gtin) return refused('wrong-check-digit')
  const expiresOn = expiry && dayOf(expiry, today)
  if (expiry && !expiresOn) return refused('not-a-date')
  return done({
    ...(gtin ? { gtin } : {}),
    ...(lotNumber ? { lotNumber } : {}),
    ...(expiresOn ? { expiresOn } : {}),
    ...(serial ? { serial } : {}),
    mayRunOn: !raw.includes(GS) && mayHoldMore(elements, today),
  })
}

/**
 * The day of a YYMMDD, day 00 being the last of its month.
 *
 * The century (GS1 General Specifications, section 7.12): the year 51 to 99 above the current one's last two digits lies in the century
 * before, 50 to 99 below it in the next, every other in the current one.
 */
function dayOf(yymmdd: string, today: LocalDate): LocalDate | undefined {
  const [year, month, day] = [yymmdd.slice(0, 2), yymmdd.slice(2, 4), yymmdd.slice(4)]
  const thisYear = Number(today.slice(0, 4))
  const ahead = Number(year) - (thisYear % 100)
  const century = Math.floor(thisYear / 100) + (ahead >= 51 ? -1 : ahead <= -50 ? 1 : 0)
  try {
    if (day !== '00') return parseLocalDate(`${century}${year}-${month}-${day}`)
    const first = parseLocalDate(`${century}${year}-${month}-01`)
    const nextMonth = parseLocalDate(`${addDays(first, 31).slice(0, 8)}01`)
    return addDays(nextMonth, -1)
  } catch {
    return undefined
  }
}

/** Whether lot or serial, standing last, could end in further parts that are not in the code otherwise. */
function mayHoldMore(elements: Elements, today: LocalDate): boolean {
  const [ai, value] = [...elements].at(-1)!
  if (ai !== '10' && ai !== '21') return false
  return Array.from({ length: value.length - 1 }, (_, place) => value.slice(place + 1)).some((rest) => {
    if (!/^(01|10|17|21)/.test(rest)) return false
    const more = readElements(rest)
    if (!more.ok || [...more.value.keys()].some((key) => elements.has(key))) return false
    const [gtin, expiry] = [more.value.get('01'), more.value.get('17')]
    return (!gtin || gtinOf(gtin) !== undefined) && (!expiry || dayOf(expiry, today) !== undefined)
  })
}
