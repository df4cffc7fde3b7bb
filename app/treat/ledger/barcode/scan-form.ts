import { dateInWords, type LocalDate, parseLocalDate } from '../../../platform/time.ts'
import { parseScan, type Scan } from './gs1.ts'
import { gtinOf } from './gtin.ts'
import { mayBeginWith, sameLotNumber } from './match-lot.ts'
import { RUNS_ON, scanRefusalWords } from './scan-words.ts'

/** The fields of a form that a scan can fill, by their usual names. */
export const SCAN_PARTS = ['lotNumber', 'expiresOn', 'gtin', 'serial'] as const
type ScanPart = (typeof SCAN_PARTS)[number]

/** What can run on where no separator ends it. */
const RUNNING = ['lotNumber', 'serial'] as const

const NAMES: Readonly<Record<ScanPart, string>> = {
  lotNumber: 'lot',
  expiresOn: 'expiry',
  gtin: 'product',
  serial: 'serial',
}

/**
 * What a scan adds to fields already typed, and where it contradicts them.
 *
 * @param typed what stands in each field, empty or missing when nothing does
 * @returns `fill`: values for empty fields; `differs`: for each field with another value, what to do
 */
export function againstTyped(scan: Scan, typed: Partial<Record<ScanPart, string>>) {
  const fill: Partial<Record<ScanPart, string>> = {}
  const differs: Partial<Record<ScanPart, string>> = {}
  for (const part of SCAN_PARTS) {
    const scanned = scan[part]
    if (scanned === undefined) continue
    const there = typed[part]?.trim() ?? ''
    if (there === '') fill[part] = scanned
    else if (!agree(scan, part, there)) {
      const [code, field] = part === 'expiresOn' ? [dayInWords(scanned), dayInWords(there)] : [scanned, there]
      differs[part] =
        `The code says ${NAMES[part]} ${code}, but ${field} was typed. Compare with the label, then empty the field or the scan.`
    }
  }
  return { fill, differs }
}

function dayInWords(day: string): string {
  try {
    return dateInWords(parseLocalDate(day))
  } catch {
    return day
  }
}

function agree(scan: Scan, part: ScanPart, typed: string): boolean {
  if (part === 'gtin') return gtinOf(typed.replace(/[\s-]/g, '')) === scan.gtin
  if (part === 'lotNumber' && sameLotNumber(scan.lotNumber!, typed)) return true
  // Who read on the label where it ends knows better than a code that ran on.
  if (part !== 'expiresOn' && mayBeginWith(scan, part, typed)) return true
  return scan[part] === typed
}

/**
 * For an action, before `parseForm`: reads the field `scanned` of a posted form as the browser's script would have, fills the form's
 * empty fields `lotNumber`, `expiresOn`, `gtin`, `serial`, and answers by field where the code contradicts what was typed, cannot be read,
 * or would fill in a lot that may have run together with what follows.
 *
 * @param form as posted; it is not changed
 * @param today the clinic's day
 * @param field name of the scan's field
 * @returns the form to parse (the same when nothing was scanned), the scan, and errors for `formProblem` (empty when there are none)
 * @example
 * const read = withScan(page.form, today)
 * if (Object.keys(read.errors).length > 0) return formProblem(page.form, read.errors)
 * const parsed = parseForm(receiveForm, read.form)
 */
export function withScan(
  form: FormData,
  today: LocalDate,
  field = 'scanned',
): {
  readonly form: FormData
  readonly scan?: Scan
  readonly errors: Readonly<Record<string, string>>
} {
  const text = form.get(field)
  if (typeof text !== 'string' || text.trim() === '') return { form, errors: {} }
  const read = parseScan(text, today)
  if (!read.ok) return { form, errors: { [field]: scanRefusalWords(read.reason) } }
  const typed = Object.fromEntries(SCAN_PARTS.map((part) => [part, String(form.get(part) ?? '')]))
  const { fill, differs } = againstTyped(read.value, typed)
  const errors: Record<string, string> = { ...differs }
  // Nobody has seen yet what the code would put there: the person answers by typing what is printed.
  if (read.value.mayRunOn)
    for (const part of RUNNING) if (fill[part]) errors[part] = `${RUNS_ON} Type what is printed there.`
  const filled = new FormData()
  for (const [name, value] of form) if (!(name in fill)) filled.append(name, value)
  for (const [name, value] of Object.entries(fill)) filled.append(name, value)
  return { form: filled, scan: read.value, errors }
}
