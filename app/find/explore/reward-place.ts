/** Where things lie in the drawing of the story; its units, shared by the drawing and the page's script. */
export const trialWidth = 10
export const drawingHeight = 232
/** Where "as expected" lies. */
export const middleY = 112
/** How tall the whole of the model's scale is. */
const scaleHeight = 104
/** Where the row of what came lies. */
export const cameY = 225

/** Left edge of a trial's column; trials count from 1. */
export function trialLeft(number: number): number {
  return (number - 1) * trialWidth
}

/** Height of a value of the model from −1 to 1. */
export function valueY(value: number): number {
  return Math.round((middleY - value * scaleHeight) * 10) / 10
}
