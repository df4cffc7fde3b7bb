import { classNames } from './class-names.ts'
import type { StateKind } from './state-kind.ts'

/**
 * A state as colour, word and shape together.
 *
 * @param state which of the five states
 * @param word what it means here, for example `Due in 4 min`; never leave the meaning to the colour
 * @param size `small` inside tables, `big` at the bedside
 */
export function StateChip({
  state,
  word,
  size = 'small',
}: {
  state: StateKind
  word: string
  size?: 'small' | 'big'
}) {
  return (
    <span className={classNames('chip', `chip-${state}`, size === 'big' && 'chip-big')}>
      <StateShape state={state} />
      <span>{word}</span>
    </span>
  )
}

/** The shape alone, for places that already carry the word: small disc, half-filled ring, triangle, octagon, dashed ring. */
export function StateShape({ state }: { state: StateKind }) {
  return (
    <svg className={classNames('shape', `shape-${state}`)} viewBox="0 0 16 16" aria-hidden="true">
      {shapes[state]}
    </svg>
  )
}

const shapes = {
  calm: <circle className="shape-fill" cx="8" cy="8" r="4" />,
  due: (
    <>
      <circle className="shape-outline" cx="8" cy="8" r="6" />
      <path className="shape-fill" d="M8 2 A6 6 0 0 1 8 14 Z" />
    </>
  ),
  amber: <path className="shape-fill" d="M8 1.5 L15 14 H1 Z" />,
  red: <path className="shape-fill" d="M5 1 H11 L15 5 V11 L11 15 H5 L1 11 V5 Z" />,
  unknown: <circle className="shape-outline shape-dashed" cx="8" cy="8" r="6" />,
}
