import { dateInWords, type LocalDate } from '../../../platform/time.ts'
import type { Scan } from './gs1.ts'
import { type Gtin, gtinOf, mayBePackagesOfOne } from './gtin.ts'
import { RUNS_ON } from './scan-words.ts'

/** A lot as the ledger has it. */
export type LotOnRecord = {
  readonly lotNumber: string
  readonly expiresOn: LocalDate
  /** Of the package that was received; 8 to 14 digits. */
  readonly gtin?: string
}

/**
 * How a scan stands to a lot on record; only `same` may go on. `same` always means that the lot number was in the code and agrees.
 * `nothing-to-compare`: the code names no lot, and what it names does not contradict; somebody has to read the label.
 */
export type LotMatch = {
  readonly kind: 'same' | 'wrong-lot' | 'wrong-expiry' | 'other-product' | 'nothing-to-compare'
  readonly words: string
}

/**
 * Whether what was scanned is the lot the ledger means. The product is judged first, then lot, then expiry. A carton and the vial in it
 * have different product numbers: where they may be packages of one product, lot and expiry decide, and both must be in the code.
 *
 * @param scan of the vial or package in hand
 * @param lot the lot that was chosen
 * @param thing what is in hand, for the words: 'vial', 'device', 'package'
 */
export function matchLot(scan: Scan, lot: LotOnRecord, thing = 'vial'): LotMatch {
  const stop = thing === 'vial' ? 'Do not draw from it' : 'Do not use it'
  const aside = `${stop}: put it aside and scan the other.`
  const onRecord = lot.gtin === undefined ? undefined : gtinOf(lot.gtin)
  const product = compareProducts(scan.gtin, onRecord)
  if (product === 'other') return otherProduct()

  if (scan.lotNumber !== undefined && !sameLotNumber(scan.lotNumber, lot.lotNumber)) {
    const look = scan.mayRunOn ? ` ${RUNS_ON}` : ''
    return {
      kind: 'wrong-lot',
      words: `This ${thing} is lot ${scan.lotNumber}; the ledger says lot ${lot.lotNumber}. ${aside}${look}`,
    }
  }
  if (scan.expiresOn !== undefined && scan.expiresOn !== lot.expiresOn) {
    return {
      kind: 'wrong-expiry',
      words: `This ${thing} may be used through ${dateInWords(scan.expiresOn)}; the ledger says lot ${lot.lotNumber} through ${dateInWords(lot.expiresOn)}. ${stop}: put it aside and tell who keeps the ledger.`,
    }
  }
  if (scan.lotNumber === undefined) {
    const agrees = product === 'same' ? 'The product is the same, but the' : 'The'
    return {
      kind: 'nothing-to-compare',
      words: `${agrees} code names no lot. Compare the label yourself: the ledger says lot ${lot.lotNumber}, usable through ${dateInWords(lot.expiresOn)}.`,
    }
  }
  if (product === 'other-package' && scan.expiresOn === undefined) return otherProduct()
  return { kind: 'same', words: `This ${thing} is lot ${lot.lotNumber}, as the ledger says.` }

  function otherProduct(): LotMatch {
    return {
      kind: 'other-product',
      words: `This ${thing} is another product (${scan.gtin}; the ledger says ${onRecord}). ${aside}`,
    }
  }
}

function compareProducts(scanned: Gtin | undefined, onRecord: Gtin | undefined) {
  if (!scanned || !onRecord) return 'unknown'
  if (scanned === onRecord) return 'same'
  return mayBePackagesOfOne(scanned, onRecord) ? 'other-package' : 'other'
}

/** Lot numbers as people type them: case and spaces do not count, every other character does. */
export function sameLotNumber(one: string, other: string): boolean {
  const plain = (text: string) => text.replace(/\s/g, '').toUpperCase()
  return plain(one) === plain(other)
}
