import { type PointerEvent, useEffect, useRef, useState } from 'react'
import { DRAWING_BOX, pointInBox } from '../signature-drawing.ts'

/**
 * A field to draw a signature in with a finger, pen or mouse. It appears once our script runs; without it, and for a
 * keyboard, the typed name is the signature. What is drawn is sent as SVG path data in the field `drawing`.
 */
export function SignatureField({
  defaultValue,
  error,
}: {
  defaultValue?: string | undefined
  error?: string | undefined
}) {
  const [ready, setReady] = useState(false)
  const [path, setPath] = useState(defaultValue ?? '')
  const drawing = useRef(false)
  useEffect(() => setReady(true), [])
  const at = (event: PointerEvent<SVGSVGElement>) =>
    pointInBox({ x: event.clientX, y: event.clientY }, event.currentTarget.getBoundingClientRect())
  const begin = (event: PointerEvent<SVGSVGElement>) => {
    if (event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    drawing.current = true
    const point = at(event)
    setPath((before) => `${before}M${point}L${point}`)
  }
  const go = (event: PointerEvent<SVGSVGElement>) => {
    if (!drawing.current) return
    const point = at(event)
    setPath((before) => (before.endsWith(`L${point}`) ? before : `${before}L${point}`))
  }
  const end = () => {
    drawing.current = false
  }
  return (
    <div className={error === undefined ? 'field' : 'field field-wrong'} id="drawing">
      <input type="hidden" name="drawing" value={path} />
      {error !== undefined && <p className="field-error">{error}</p>}
      {ready && (
        <>
          <p className="field-label">
            Draw your signature <span className="field-optional">(optional)</span>
          </p>
          <p className="field-hint">
            With a finger, a pen or the mouse. Your typed name is enough by itself.
          </p>
          <svg
            className="signature-pad"
            viewBox={`0 0 ${DRAWING_BOX.width} ${DRAWING_BOX.height}`}
            role="img"
            aria-label={path === '' ? 'Nothing is drawn' : 'A signature is drawn'}
            onPointerDown={begin}
            onPointerMove={go}
            onPointerUp={end}
            onPointerCancel={end}
          >
            <path className="signature-line" d="M30 140L570 140" />
            <path d={path} />
          </svg>
          <p>
            <button
              type="button"
              className="button button-quiet"
              disabled={path === ''}
              onClick={() => setPath('')}
            >
              Clear the drawing
            </button>
          </p>
        </>
      )}
    </div>
  )
}
