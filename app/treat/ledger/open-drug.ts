import type { Unsettled } from './dose-movements.ts'
import type { LotForm } from './lot-queries.server.ts'
import { amountInWords } from './movement-words.ts'

/** What of one lot keeps a session open. */
export type OpenDrug = Unsettled & { readonly lotNumber: string; readonly form: LotForm }

/**
 * What a session has open, and what to do about it, a sentence or two for each lot.
 *
 * @example openDrugWords([{ lotNumber: 'L1', form: 'vial', inSyringe: 120, logLessLedger: 0, … }]) // '1.20 mL of lot L1 are still in the syringe …'
 */
export function openDrugWords(open: readonly OpenDrug[]): string {
  return open.map(wordsOf).join(' ')
}

function wordsOf({ inSyringe, logLessLedger, lotNumber, form }: OpenDrug): string {
  const vial = form === 'vial'
  const of = (hundredths: number) => `${amountInWords(hundredths, form)} of lot ${lotNumber}`
  if (inSyringe > 0) {
    return vial
      ? `By the ledger ${of(inSyringe)} are still in the syringe. Record what became of them first: wasted, or not to be found.`
      : `By the ledger ${of(inSyringe)} ${inSyringe === 100 ? 'is' : 'are'} still out and not given. Record first what became of that: back into the safe, wasted, or not to be found.`
  }
  // Less is taken back wherever it is whole; a dose may have half a tablet.
  if (!vial && (logLessLedger < 0 || logLessLedger % (form === 'tablet' ? 50 : 100) !== 0)) {
    return `The mg in the log are not whole ${form === 'tablet' ? 'tablets' : 'devices'}: ${apart(of, logLessLedger)}. Correct the mg given.`
  }
  if (logLessLedger < 0) {
    return `Log and ledger differ: ${apart(of, logLessLedger)}. Correct the mg given.`
  }
  return `Log and ledger differ: ${apart(of, logLessLedger)}, and nothing is left to give. Where the log is wrong, correct the mg given. Where it is right, set the waste right with a witness, or enter from paper what was drawn besides.`
}

function apart(of: (hundredths: number) => string, logLessLedger: number): string {
  return `by the log ${of(Math.abs(logLessLedger))} ${logLessLedger < 0 ? 'less' : 'more'} than the ledger gave`
}
