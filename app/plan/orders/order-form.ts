import * as z from 'zod'
import { CONCENTRATIONS_MG_PER_ML, type ConcentrationMgPerMl } from './dose-arithmetic.ts'

/** A figure as it is typed, with a point or a comma. */
function figure(message: string) {
  return z
    .string({ error: message })
    .regex(/^\d{1,4}([.,]\d{1,3})?$/, message)
    .transform((text) => Number(text.replace(',', '.')))
}

/** What a browser may send about an order. Whether the dose can be is decided by the arithmetic. */
export const orderForm = z.object({
  key: z.uuid({ error: 'This page is out of date. Reload it and try again.' }).toLowerCase(),
  mgPerKg: figure('Enter the dose in mg/kg, such as 0.8.'),
  durationMin: figure('Enter the duration in minutes, such as 40.'),
  weightBasis: z.enum(['actual', 'ideal', 'adjusted'], {
    error: 'Choose which weight the dose is counted from.',
  }),
  concentrationMgPerMl: z
    .enum(CONCENTRATIONS_MG_PER_ML.map(String), { error: 'Choose the vial.' })
    .transform((text) => Number(text) as ConcentrationMgPerMl),
  totalVolumeMl: figure('Enter the whole volume the pump infuses, in mL, such as 50.'),
  reason: z.string().max(1000, 'Please keep this under 1000 characters.').optional(),
  weightChangeAcknowledged: z.literal('yes').optional(),
  /** The figures that were on the screen when the form was signed. */
  shown: z.string().max(200).optional(),
  secondEmail: z.string().max(254).optional(),
})
