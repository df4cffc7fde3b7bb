/** The box a signature is drawn in, in units of its own: the stored path scales to any size. */
export const DRAWING_BOX = { width: 600, height: 180 } as const

/** Longest path that is kept, in characters: about 4,000 points, far more than a name needs. */
export const MAX_DRAWING = 32_000

const STROKE = /^(?:M\d{1,3} \d{1,3}(?:L\d{1,3} \d{1,3})*)+$/

/**
 * A drawn signature as it may be stored: strokes of absolute whole coordinates inside the box, as SVG path data. Pure.
 *
 * @param path what the browser sent; empty when nothing was drawn
 * @returns the path, `none`, or why it is not kept
 */
export function readDrawing(
  path: string,
): { readonly is: 'drawn'; readonly path: string } | { readonly is: 'none' | 'too-large' | 'not-a-drawing' } {
  const text = path.trim()
  if (text === '') return { is: 'none' }
  if (text.length > MAX_DRAWING) return { is: 'too-large' }
  if (!STROKE.test(text)) return { is: 'not-a-drawing' }
  for (const [, x, y] of text.matchAll(/(\d+) (\d+)/g))
    if (Number(x) > DRAWING_BOX.width || Number(y) > DRAWING_BOX.height) return { is: 'not-a-drawing' }
  return { is: 'drawn', path: text }
}

/** A point of the page as a point of the box, whole and inside. */
export function pointInBox(
  point: { readonly x: number; readonly y: number },
  box: { readonly left: number; readonly top: number; readonly width: number; readonly height: number },
): string {
  const within = (value: number, most: number) => Math.round(Math.min(Math.max(value, 0), most))
  const x = within(((point.x - box.left) / box.width) * DRAWING_BOX.width, DRAWING_BOX.width)
  const y = within(((point.y - box.top) / box.height) * DRAWING_BOX.height, DRAWING_BOX.height)
  return `${x} ${y}`
}
