/** The ways of giving that the page shows, in the order of its list. Alone here, so that no page carries the models. */
export const sessionRouteIds = ['drip', 'im', 'spray', 'lozenge'] as const
export type SessionRouteId = (typeof sessionRouteIds)[number]
