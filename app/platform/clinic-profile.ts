import * as z from 'zod'
import type { ClinicId } from './ids.ts'

const openingSchema = z.object({ days: z.string(), opens: z.string(), closes: z.string() })

/** What a clinic is called and where it is. Every name, place and price is configuration, none is code. */
export const clinicProfileSchema = z.object({
  name: z.string().min(1).max(120),
  city: z.string().max(80).default(''),
  region: z.string().max(40).default(''),
  addressLines: z.array(z.string().max(120)).max(6).default([]),
  phoneDisplay: z.string().max(40).default(''),
  email: z.string().max(254).default(''),
  timeZone: z.string().default('America/New_York'),
  openingHours: z.array(openingSchema).default([]),
  directions: z.array(z.string()).default([]),
  services: z.array(z.object({ name: z.string(), summary: z.string(), price: z.string() })).default([]),
  /** Grams of pure alcohol in what people here call one drink: United States 14, UK 8, Australia 10, Canada 13.45, WHO 10. */
  gramsPerStandardDrink: z.number().min(5).max(25).default(14),
  /** Where that figure comes from, when it is not one of those known by their grams. */
  standardDrinkSource: z.string().max(120).optional(),
  /** What a board on the wall calls a person: nothing, or their initials. Whole names are for screens that somebody sits at. */
  wallNames: z.enum(['none', 'initials']).default('initials'),
  /** People and data are invented: every page says so. */
  demonstration: z.boolean().default(false),
})

export type ClinicProfile = z.infer<typeof clinicProfileSchema> & {
  readonly id: ClinicId
  readonly slug: string
}

/** "tel:" address of a displayed telephone number; undefined when the clinic has none. */
export function phoneHref(phoneDisplay: string): string | undefined {
  const digits = phoneDisplay.replace(/[^\d+]/g, '')
  return digits.length >= 7 ? `tel:${digits.length === 10 ? `+1${digits}` : digits}` : undefined
}
