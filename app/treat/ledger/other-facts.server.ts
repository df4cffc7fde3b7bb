import type { Read } from '../../platform/database.server.ts'
import type { ClinicId } from '../../platform/ids.ts'
import { dateInWords } from '../../platform/time.ts'
import { drugInWords } from './counts/count-words.ts'
import { type DrugLot, knownLots } from './lot-queries.server.ts'

/**
 * What to look at before a delivery is taken in: the maker's lot number is on record with another drug, strength, size or last day. It
 * may be right, since makers share no numbers; more often one of both is a slip.
 *
 * @returns a sentence for each that differs; none where everything of this number says the same
 */
export async function otherFactsOnRecord(db: Read, clinicId: ClinicId, lot: DrugLot): Promise<string[]> {
  const number = (each: DrugLot) => each.lotNumber.trim().toLowerCase()
  const same = (await knownLots(db, clinicId)).filter(
    (each) => each.id !== lot.id && number(each) === number(lot),
  )
  const others = new Set(same.map(factsInWords))
  others.delete(factsInWords(lot))
  return [...others].map(
    (facts) => `Lot ${lot.lotNumber} is on record otherwise: ${facts}. Compare with the package.`,
  )
}

function factsInWords(lot: DrugLot): string {
  return `${drugInWords(lot)}, usable through ${dateInWords(lot.expiresOn)}`
}
