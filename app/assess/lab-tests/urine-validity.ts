/** What was measured of a specimen to see whether it can be trusted. Undefined: not measured. */
export type SpecimenChecks = {
  readonly temperatureC?: number
  /** Whether the temperature was read within 4 minutes. */
  readonly temperatureInTime?: boolean
  readonly creatinineMgDl?: number
  readonly specificGravity?: number
  readonly ph?: number
  readonly nitriteUgMl?: number
}

export type Validity = 'valid' | 'dilute' | 'substituted' | 'adulterated' | 'invalid' | 'not-checked'

export type ValidityVerdict = {
  readonly validity: Validity
  /** The rules that decided, or what was not measured. */
  readonly because: readonly string[]
  readonly temperature: 'in-range' | 'out-of-range' | 'not-in-time' | 'not-measured'
}

export const VALIDITY_SOURCE =
  'HHS Mandatory Guidelines for Federal Workplace Drug Testing Programs (urine), specimen validity'

/**
 * Whether a urine specimen can be trusted, by the rules of the HHS guidelines. The gravest finding holds:
 * adulterated, substituted, invalid, dilute. "Valid" needs creatinine and pH; what was not measured is never fine.
 *
 * The temperature is a finding of its own: out of 32 to 38 °C within 4 minutes asks for another, observed specimen.
 */
export function urineValidity(checks: SpecimenChecks): ValidityVerdict {
  const { creatinineMgDl: creatinine, specificGravity: gravity, ph, nitriteUgMl: nitrite } = checks
  const temperature = temperatureOf(checks)
  const adulterated = [
    ph !== undefined && (ph < 4 || ph >= 11) ? `pH ${ph} (below 4 or from 11)` : undefined,
    nitrite !== undefined && nitrite >= 500 ? `nitrite ${nitrite} µg/mL (from 500)` : undefined,
  ].filter((one) => one !== undefined)
  if (adulterated.length > 0) return { validity: 'adulterated', because: adulterated, temperature }

  if (creatinine !== undefined && creatinine < 2 && gravity !== undefined) {
    const words = `creatinine ${creatinine} mg/dL (below 2) with specific gravity ${gravity}`
    return gravity <= 1.001 || gravity >= 1.02
      ? { validity: 'substituted', because: [words], temperature }
      : { validity: 'invalid', because: [`${words}: these do not fit together`], temperature }
  }
  const invalid = [
    creatinine !== undefined && creatinine >= 2 && gravity !== undefined && gravity <= 1.001
      ? `specific gravity ${gravity} with creatinine ${creatinine} mg/dL: these do not fit together`
      : undefined,
    ph !== undefined && ((ph >= 4 && ph < 4.5) || (ph >= 9 && ph < 11))
      ? `pH ${ph} (4 to 4.5, or 9 to 11)`
      : undefined,
    nitrite !== undefined && nitrite >= 200 ? `nitrite ${nitrite} µg/mL (200 to 500)` : undefined,
  ].filter((one) => one !== undefined)
  if (invalid.length > 0) return { validity: 'invalid', because: invalid, temperature }

  const thin = creatinine !== undefined && creatinine < 20
  if (thin && creatinine >= 2 && gravity !== undefined && gravity > 1.001 && gravity < 1.003) {
    return {
      validity: 'dilute',
      because: [
        `creatinine ${creatinine} mg/dL (2 to 20) with specific gravity ${gravity} (1.0010 to 1.0030)`,
      ],
      temperature,
    }
  }
  const lacking = [
    creatinine === undefined ? 'creatinine was not measured' : undefined,
    thin && gravity === undefined ? 'creatinine is low and specific gravity was not measured' : undefined,
    ph === undefined ? 'pH was not measured' : undefined,
  ].filter((one) => one !== undefined)
  return lacking.length > 0
    ? { validity: 'not-checked', because: lacking, temperature }
    : { validity: 'valid', because: [], temperature }
}

function temperatureOf({ temperatureC, temperatureInTime }: SpecimenChecks): ValidityVerdict['temperature'] {
  if (temperatureC === undefined) return 'not-measured'
  if (temperatureInTime !== true) return 'not-in-time'
  return temperatureC >= 32 && temperatureC <= 38 ? 'in-range' : 'out-of-range'
}

/** A specimen of which no result says anything: neither negative nor positive. */
export function saysNothing(validity: Validity): boolean {
  return validity === 'substituted' || validity === 'adulterated' || validity === 'invalid'
}
