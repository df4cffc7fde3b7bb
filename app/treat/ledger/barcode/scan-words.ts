import { dateInWords, type LocalDate } from '../../../platform/time.ts'
import type { Scan, ScanRefusal } from './gs1.ts'

const AGAIN = 'Empty the field and scan once more'

const WORDS: Readonly<Record<ScanRefusal, string>> = {
  'nothing-scanned': 'Nothing was scanned. Put the cursor into the field and scan.',
  'too-much': `This is more than one barcode. ${AGAIN}.`,
  'not-gs1':
    'This barcode does not name the drug in a way we can read. Scan another one on the package, or type what is printed.',
  'wrong-check-digit': `The product number does not add up, so it was misread. ${AGAIN}, or type what is printed.`,
  'unknown-part': `A part of this barcode is not known. ${AGAIN}; if it stays, type what is printed.`,
  'cut-short': `The barcode ends too early. ${AGAIN}.`,
  'value-too-long':
    'A part of this barcode is longer than it may be: most likely the scanner leaves out the separators (GS). Set it to send them, or type what is printed.',
  'wrong-characters': `The barcode came with characters that cannot be in it. Check that Caps Lock is off and the keyboard is set to English, empty the field and scan once more.`,
  'not-a-date': 'The expiry date in this barcode is no day of the calendar. Type what is printed.',
  'said-twice': `This barcode says two different things of the same kind, as two scans in a row do. ${AGAIN}.`,
  'nothing-of-use':
    'This barcode names no product, lot or expiry: it is for shipping. Scan the one on the drug’s own package.',
}

/** What happened and what to do, for the person with the scanner in their hand. */
export function scanRefusalWords(reason: ScanRefusal): string {
  return WORDS[reason]
}

/**
 * What was read, in one line.
 *
 * @param today says whether the last day of use is over
 * @example 'Read: lot A12, usable through Mon 30 Nov 2026, serial 77, product 00312345678906.'
 */
export function scanInWords(
  { lotNumber, expiresOn, serial, gtin, mayRunOn }: Scan,
  today: LocalDate,
): string {
  const parts = [
    lotNumber && `lot ${lotNumber}`,
    expiresOn && `usable through ${dateInWords(expiresOn)}${expiresOn < today ? ' (that day is over)' : ''}`,
    serial && `serial ${serial}`,
    gtin && `product ${gtin}`,
  ].filter(Boolean)
  const alone = gtin && !lotNumber ? ' The code names no lot: read it on the label.' : ''
  return `Read: ${parts.join(', ')}.${alone}${mayRunOn ? ` ${RUNS_ON}` : ''}`
}

/** For a scan that `mayRunOn`. */
export const RUNS_ON =
  'No separators came with the code: check that lot and serial end where they end on the label.'
