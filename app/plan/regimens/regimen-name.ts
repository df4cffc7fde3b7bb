import { READY_MADE } from './ready-made.ts'
import type { AskedRegimen, DoseRow, DrugForm } from './regimen-question.ts'
import { ROUTE_WORDS } from './regimen-words.ts'

/** What a regimen is called in a result, and what it was called before its fields were changed. */
export type ShownName = {
  readonly name: string
  /** The ready-made name that no longer says what is given. */
  readonly changedFrom: string | undefined
}

/**
 * Names of regimens as they may stand beside figures, by place. A name that came with a ready-made regimen or with an order and
 * no longer says what is given is replaced by what is given; a name that somebody wrote stays. Equal names get their place.
 *
 * @example shownNames([{ …'0.5 mg/kg into muscle', now 1 mg/kg swallowed }]).get(1)
 * // { name: '1 mg/kg swallowed', changedFrom: '0.5 mg/kg into muscle' }
 */
export function shownNames(regimens: readonly AskedRegimen[]): ReadonlyMap<number, ShownName> {
  const named = regimens.map((asked) => {
    const stale = isStale(asked)
    const name = stale ? givenInShort(asked.rows, asked.drug) : asked.name
    return { place: asked.place, name, changedFrom: stale ? asked.name : undefined }
  })
  return new Map(
    named.map(({ place, name, changedFrom }) => {
      const twice = named.filter((other) => other.name === name).length > 1
      return [place, { name: twice ? `${name} (regimen ${place})` : name, changedFrom }]
    }),
  )
}

/** Whether a name made by the product says another dose than the rows do. */
function isStale({ name, drug, rows }: AskedRegimen): boolean {
  const ready = READY_MADE.find((each) => each.name === name)
  if (ready) return ready.drug !== drug || !sameRows(ready.rows, rows)
  // As `orderLinkValues` writes them.
  const [, amount, unit, over] = /^([\d.]+) (mg\/kg|mg) over ([\d.]+) min(?:, |$)/.exec(name) ?? []
  if (amount === undefined) return false
  const [row] = rows
  return !(
    rows.length === 1 &&
    row!.route === 'infusion' &&
    row!.times === 1 &&
    row!.amount === Number(amount) &&
    row!.unit === unit &&
    row!.overMin === Number(over)
  )
}

function sameRows(ready: readonly DoseRow[], rows: readonly DoseRow[]): boolean {
  return (
    ready.length === rows.length &&
    ready.every((one, at) =>
      (Object.keys(one) as (keyof DoseRow)[]).every((field) => one[field] === rows[at]![field]),
    )
  )
}

/** What is given, short enough for a line's label: "0.5 mg/kg over 40 min", "1 mg/kg swallowed". */
function givenInShort(rows: readonly DoseRow[], drug: DrugForm): string {
  const substance = drug === 'esketamine' ? ' esketamine' : ''
  const rates = rows.filter(({ route, amount }) => route === 'rate' && amount > 0)
  const said = rows
    .filter(({ route }) => route !== 'rate')
    .map(({ route, amount, unit, overMin, times }) => {
      const way =
        route === 'infusion' ? `over ${overMin} min` : route === 'bolus' ? 'at once' : ROUTE_WORDS[route]
      return `${amount} ${unit}${substance} ${way}${times > 1 ? `, ${times} times` : ''}`
    })
  if (rates.length > 0) {
    said.push(`pump${substance} at ${rates.map(({ amount, unit }) => `${amount} ${unit}`).join(', ')}`)
  }
  return said.join(', then ') || 'nothing given'
}
