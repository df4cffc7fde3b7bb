import type { ReactNode } from 'react'
import { Age } from './age.tsx'
import { classNames } from './class-names.ts'
import { StateShape } from './state-chip.tsx'
import type { StateKind } from './state-kind.ts'

/**
 * One reading at the bedside: figure first, then unit, state and age.
 *
 * @param label what is measured, for example `SpO₂`
 * @param value the figure as it is read; undefined shows a dash, and the state should then be `unknown`
 * @param unit for example `%`
 * @param stateWord what the state means, for example `within limits`, `above 160`
 * @param ageMs time since it was taken, in ms
 * @param staleAfterMs from this age on the age itself is marked
 * @param source for example `by hand` or `monitor`
 * @param flash marks a value that has just changed; it fades once
 */
export function BigReading({
  label,
  value,
  unit,
  state,
  stateWord,
  ageMs,
  staleAfterMs,
  source,
  flash = false,
}: {
  label: ReactNode
  value: string | number | undefined
  unit: string
  state: StateKind
  stateWord: string
  ageMs: number | undefined
  staleAfterMs?: number
  source?: string
  flash?: boolean
}) {
  const shown: StateKind = value === undefined ? 'unknown' : state
  return (
    <div className={classNames('reading', `reading-${shown}`, flash && 'reading-flash')}>
      <p className="reading-label">{label}</p>
      <p className="reading-figure">
        <span className="reading-value">{value ?? '–'}</span> <span className="reading-unit">{unit}</span>
      </p>
      <p className="reading-state">
        <StateShape state={shown} />
        <span>{value === undefined ? 'no reading' : stateWord}</span>
      </p>
      {value !== undefined && (
        <p className="reading-age">
          <Age ageMs={ageMs} staleAfterMs={staleAfterMs} />
          {source !== undefined && <> · {source}</>}
        </p>
      )}
    </div>
  )
}
