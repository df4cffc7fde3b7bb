import type { ChangeVerdict } from '../result-change.ts'

const SHAPES = {
  up: 'M8 13.5 V3 M3.5 7.5 L8 3 L12.5 7.5',
  down: 'M8 2.5 V13 M3.5 8.5 L8 13 L12.5 8.5',
  level: 'M2.5 8 H13.5',
} as const

/**
 * Which way a value went, as a shape; the words stand beside it. Better is drawn thin, worse heavy, an unknown
 * change as a dashed ring: no meaning hangs on colour.
 */
export function ChangeMark({
  verdict,
  moved,
}: {
  verdict: ChangeVerdict
  moved: 'up' | 'down' | 'level' | null
}) {
  return (
    <svg className={`change-mark change-${verdict}`} viewBox="0 0 16 16" aria-hidden="true">
      {verdict === 'unknown' ? (
        <circle className="change-ring" cx="8" cy="8" r="5.5" />
      ) : verdict === 'first' ? (
        <circle className="change-dot" cx="8" cy="8" r="2.5" />
      ) : (
        <path
          d={moved === null ? (verdict === 'same' ? SHAPES.level : 'M8 3 L13 8 L8 13 L3 8 Z') : SHAPES[moved]}
        />
      )}
    </svg>
  )
}
