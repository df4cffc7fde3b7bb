import * as z from 'zod'

/** What a browser may send about an order beside the dose, which `readDose` reads. */
export const orderForm = z.object({
  key: z.uuid({ error: 'This page is out of date. Reload it and try again.' }).toLowerCase(),
  reason: z.string().max(1000, 'Please keep this under 1000 characters.').optional(),
  weightChangeAcknowledged: z.literal('yes').optional(),
  /** The figures that were on the screen when the form was signed. */
  shown: z.string().max(1000).optional(),
  secondEmail: z.string().max(254).optional(),
})
