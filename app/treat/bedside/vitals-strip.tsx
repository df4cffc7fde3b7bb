import { type SignState, type VitalSign, vitalSignNames } from '@evenkeel/vital-signs'
import { BigReading } from '../../ui/index.ts'
import type { NewestValue } from '../session/newest-values.ts'
import { STATE_KIND } from './vitals-panel.tsx'

/** A value as the strip shows it: measured at an instant, or the same as milliseconds. */
export type ShownValue = Pick<SignState, 'state' | 'reason' | 'value'> & {
  readonly sign: VitalSign
  readonly at?: string | undefined
  readonly atMs?: number | undefined
  readonly source?: NewestValue['source']
}

/** What stands in one field of the strip; both pressures are read together. */
const FIELDS: readonly {
  readonly label: string
  readonly unit: string
  readonly signs: readonly VitalSign[]
}[] = [
  { label: 'BP', unit: 'mmHg', signs: ['systolicMmHg', 'diastolicMmHg'] },
  ...(['heartRatePerMin', 'spo2Percent', 'respiratoryRatePerMin'] as const).map((sign) => ({
    label: vitalSignNames[sign].short,
    unit: vitalSignNames[sign].unit,
    signs: [sign],
  })),
  { label: 'MOAA/S', unit: 'of 5', signs: ['moaas'] },
]

const RANK = { red: 3, amber: 2, unknown: 1, within: 0 } as const

/**
 * The newest value of each sign with colour, word, sign and age. It stays at the upper edge while the page moves and
 * whatever is opened.
 */
export function VitalsStrip({
  signs,
  nowMs,
  staleAfterMs,
}: {
  signs: readonly ShownValue[]
  nowMs: number
  staleAfterMs: number
}) {
  return (
    <section className="vitals-strip" aria-label="Newest values">
      {FIELDS.map(({ label, unit, signs: names }) => {
        const found = names.map((name) => signs.find(({ sign }) => sign === name)!)
        const [worst] = [...found].sort((a, b) => RANK[b.state] - RANK[a.state])
        const known = found.some(({ value }) => value !== null)
        // The older of two pressures is how old the pair is.
        const atMs = Math.min(...found.flatMap((value) => measuredAtMs(value) ?? []))
        return (
          <BigReading
            key={label}
            label={label}
            value={known ? found.map(({ value }) => value ?? '–').join('/') : undefined}
            unit={unit}
            state={STATE_KIND[worst!.state]}
            stateWord={stateWord(worst!)}
            ageMs={Number.isFinite(atMs) ? Math.max(0, nowMs - atMs) : undefined}
            staleAfterMs={staleAfterMs}
            {...(found.some(({ source }) => source?.by === 'monitor') ? { source: 'monitor' } : {})}
          />
        )
      })}
    </section>
  )
}

/** "amber ≥ 160": the state's own word and its first reason; the log has all of them. What is old has its age beside it. */
export function stateWord({ state, reason }: Pick<ShownValue, 'state' | 'reason'>): string {
  if (state === 'within') return 'within limits'
  if (state === 'unknown') return reason.endsWith('too old') ? 'too old to say' : 'unknown'
  const [first = ''] = reason.slice(reason.indexOf(':') + 1).split(/[;(]/)
  const short = first
    .trim()
    .replace(/^at or above /, '≥ ')
    .replace(/^at or below /, '≤ ')
    .replace(/^above /, '> ')
    .replace(/^below /, '< ')
    .replace(/(\d) ?(mmHg|\/min|%)$/, '$1')
  return short === '' ? state : `${state} ${short}`
}

function measuredAtMs({ at, atMs }: ShownValue): number | undefined {
  return atMs ?? (at === undefined ? undefined : Date.parse(at))
}
