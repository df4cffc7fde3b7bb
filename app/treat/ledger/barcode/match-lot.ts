import { dateInWords, type LocalDate } from '../../../platform/time.ts'
import type { Scan } from './gs1.ts'
import { type Gtin, gtinOf, mayBePackagesOfOne } from './gtin.ts'

/** A lot as the ledger has it. */
export type LotOnRecord = {
  readonly lotNumber: string
  readonly expiresOn: LocalDate
  /** Of the package that was received; 8 to 14 digits. */
  readonly gtin?: string
}

/**
 * How a scan stands to a lot on record; only `same` may go on. `same` always means that the lot number was in the code and agrees.
 * `nothing-to-compare`: the code names no lot, or one that begins with the lot on record and may have run on (see `mayRunOn`), and nothing it
 * names contradicts; somebody has to read the label.
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
 * @param use what somebody is about to do with it: give it to a person, or move it in the stock, waste included
 */
export function matchLot(
  scan: Scan,
  lot: LotOnRecord,
  thing = 'vial',
  use: 'give' | 'stock' = 'give',
): LotMatch {
  const stop =
    use === 'stock' ? 'Record nothing yet' : thing === 'vial' ? 'Do not draw from it' : 'Do not use it'
  const aside =
    use === 'stock'
      ? `${stop}: choose the lot you have in hand, or take the other one and scan it.`
      : `${stop}: put it aside and scan the other.`
  const onRecord = lot.gtin === undefined ? undefined : gtinOf(lot.gtin)
  const product = compareProducts(scan.gtin, onRecord)
  if (product === 'other') return otherProduct()

  const lotAgrees = scan.lotNumber !== undefined && sameLotNumber(scan.lotNumber, lot.lotNumber)
  const onlyRunsOn = !lotAgrees && mayBeginWith(scan, 'lotNumber', lot.lotNumber)
  if (scan.lotNumber !== undefined && !lotAgrees && !onlyRunsOn) {
    return {
      kind: 'wrong-lot',
      words: `This ${thing} is lot ${scan.lotNumber}; the ledger says lot ${lot.lotNumber}. ${aside}`,
    }
  }
  if (scan.expiresOn !== undefined && scan.expiresOn !== lot.expiresOn) {
    return {
      kind: 'wrong-expiry',
      words: `This ${thing} may be used through ${dateInWords(scan.expiresOn)}; the ledger says lot ${lot.lotNumber} through ${dateInWords(lot.expiresOn)}. ${stop}: put it aside and tell who keeps the ledger.`,
    }
  }
  if (!lotAgrees) {
    const agrees = product === 'same' ? 'The product is the same, but the' : 'The'
    const says = onlyRunsOn
      ? `code came without separators, so its lot (${scan.lotNumber}) may have run together with what follows`
      : 'code names no lot'
    return {
      kind: 'nothing-to-compare',
      words: `${agrees} ${says}. Compare the label yourself: the ledger says lot ${lot.lotNumber}, usable through ${dateInWords(lot.expiresOn)}.`,
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
  return plainLotNumber(one) === plainLotNumber(other)
}

/** Whether a lot or serial that may have run on begins with what somebody read on the label. */
export function mayBeginWith(scan: Scan, part: 'lotNumber' | 'serial', printed: string): boolean {
  return (
    scan.mayRunOn &&
    plainLotNumber(printed) !== '' &&
    plainLotNumber(scan[part] ?? '').startsWith(plainLotNumber(printed))
  )
}

/** A lot number with what does not count taken away: the same text for the same lot. */
export function plainLotNumber(text: string): string {
  return text.replace(/\s/g, '').toUpperCase()
}
