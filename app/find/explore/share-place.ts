/** How many dots stand in a row. */
export function dotsInRow(people: number): number {
  return people <= 50 ? 10 : 20
}

/** Left edge and width of a span on the axis of 0 to 100; a span of nothing keeps a line's width. */
export function spanPlace(lowerPercent: number, upperPercent: number): { x: number; width: number } {
  return { x: lowerPercent, width: Math.max(0.6, upperPercent - lowerPercent) }
}

/** Where the mark of the group itself lies on the axis, in tenths. */
export function sharePlace(count: number, people: number): number {
  return Math.round((1000 * count) / people) / 10
}

/** The look of a dot, counted from 0: filled for the people with the outcome, a ring for the others. */
export function dotsFilled(index: number, count: number): string {
  return index < count ? 'share-dot share-yes' : 'share-dot'
}
