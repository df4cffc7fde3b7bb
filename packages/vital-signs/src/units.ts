import { type MonitoredSign, vitalSignNames } from './vital-sign.ts'

/** What a unit measures. A unit of another dimension than the sign's is refused, never guessed. */
type Dimension = 'pressure' | 'frequency' | 'fraction' | 'temperature' | 'score'

/**
 * A unit as devices write it. `canonical = value × factor + offset`, in mmHg, per minute, %, °C or points.
 * `source`: `ucum` = the UCUM code; `mdc` = ISO/IEEE 11073-10101, seen in messages of devices; `plain` = how
 * devices and people abbreviate it.
 */
type UnitOfDevices = {
  readonly dimension: Dimension
  readonly factor: number
  readonly offset?: number
  readonly source: 'ucum' | 'mdc' | 'plain'
}

const dimensionOf: Readonly<Record<MonitoredSign, Dimension>> = {
  systolicMmHg: 'pressure',
  diastolicMmHg: 'pressure',
  meanPressureMmHg: 'pressure',
  heartRatePerMin: 'frequency',
  respiratoryRatePerMin: 'frequency',
  spo2Percent: 'fraction',
  temperatureCelsius: 'temperature',
  moaas: 'score',
}

/** UCUM defines the metre of mercury as 133.3220 kPa. */
const MMHG_PER_KPA = 1 / 0.133322

const mmHg = (source: UnitOfDevices['source']): UnitOfDevices => ({
  dimension: 'pressure',
  factor: 1,
  source,
})
const kPa = (source: UnitOfDevices['source']): UnitOfDevices => ({
  dimension: 'pressure',
  factor: MMHG_PER_KPA,
  source,
})
const perMin = (source: UnitOfDevices['source']): UnitOfDevices => ({
  dimension: 'frequency',
  factor: 1,
  source,
})
const percent = (source: UnitOfDevices['source']): UnitOfDevices => ({
  dimension: 'fraction',
  factor: 1,
  source,
})
const celsius = (source: UnitOfDevices['source']): UnitOfDevices => ({
  dimension: 'temperature',
  factor: 1,
  source,
})
const fahrenheit = (source: UnitOfDevices['source']): UnitOfDevices => ({
  dimension: 'temperature',
  factor: 5 / 9,
  offset: -160 / 9,
  source,
})

/**
 * Every unit that is understood, by its code without UCUM annotations (`{beat}/min` is looked up as `/min`).
 * `1` is a fraction for saturation and a point for a score; MDC_DIM_DIMLESS says neither and is not understood.
 */
export const unitsOfDevices: Readonly<Record<string, readonly UnitOfDevices[]>> = {
  'mm[Hg]': [mmHg('ucum')],
  mmHg: [mmHg('plain')],
  MDC_DIM_MMHG: [mmHg('mdc')],
  '266016': [mmHg('mdc')],
  kPa: [kPa('ucum')],
  MDC_DIM_KILO_PASCAL: [kPa('mdc')],
  '265987': [kPa('mdc')],
  '/min': [perMin('ucum')],
  '1/min': [perMin('plain')],
  'min-1': [perMin('plain')],
  bpm: [perMin('plain')],
  rpm: [perMin('plain')],
  MDC_DIM_BEAT_PER_MIN: [perMin('mdc')],
  '264864': [perMin('mdc')],
  MDC_DIM_RESP_PER_MIN: [perMin('mdc')],
  '264928': [perMin('mdc')],
  '/s': [{ dimension: 'frequency', factor: 60, source: 'ucum' }],
  Hz: [{ dimension: 'frequency', factor: 60, source: 'ucum' }],
  '%': [percent('ucum')],
  MDC_DIM_PERCENT: [percent('mdc')],
  '262688': [percent('mdc')],
  '1': [
    { dimension: 'fraction', factor: 100, source: 'ucum' },
    { dimension: 'score', factor: 1, source: 'ucum' },
  ],
  Cel: [celsius('ucum')],
  '°C': [celsius('plain')],
  degC: [celsius('plain')],
  MDC_DIM_DEGC: [celsius('mdc')],
  '268192': [celsius('mdc')],
  '[degF]': [fahrenheit('ucum')],
  '°F': [fahrenheit('plain')],
  degF: [fahrenheit('plain')],
  MDC_DIM_FAHR: [fahrenheit('mdc')],
  '266560': [fahrenheit('mdc')],
  K: [{ dimension: 'temperature', factor: 1, offset: -273.15, source: 'ucum' }],
}

/** The unit every value is kept in, as UCUM writes it. */
export const canonicalUnits: Readonly<Record<MonitoredSign, string>> = {
  systolicMmHg: 'mm[Hg]',
  diastolicMmHg: 'mm[Hg]',
  meanPressureMmHg: 'mm[Hg]',
  heartRatePerMin: '/min',
  respiratoryRatePerMin: '/min',
  spo2Percent: '%',
  temperatureCelsius: 'Cel',
  moaas: '1',
}

export type Converted =
  | { readonly ok: true; readonly value: number; readonly unit: string }
  | {
      readonly ok: false
      readonly reason: 'unknown-unit' | 'unit-of-another-kind' | 'fraction-above-one'
      readonly words: string
    }

/**
 * A value in the unit of the sign's name, from the unit a device gave it in. Converted values are rounded to six
 * decimals, so that 16.0 kPa read twice is the same number twice.
 *
 * @param unit as the device writes it: UCUM (`kPa`, `{beat}/min`), MDC code or name, or a common abbreviation
 * @returns a named refusal when the unit is not understood or measures something else; a share above 1 is refused,
 * since 97 without a unit is more often a percentage than 9,700 %
 * @example convertUnit('systolicMmHg', 16, 'kPa') // { ok: true, value: 120.01044, unit: 'mm[Hg]' }
 */
export function convertUnit(sign: MonitoredSign, value: number, unit: string): Converted {
  const bare = unit.trim().replace(/\{[^{}]*\}/g, '')
  const code = bare === '' && unit.trim() !== '' ? '1' : bare
  const known = Object.hasOwn(unitsOfDevices, code) ? unitsOfDevices[code] : undefined
  const { name } = vitalSignNames[sign]
  if (!known) return refusal('unknown-unit', `${name}: the unit "${unit}" is not understood`)
  const found = known.find(({ dimension }) => dimension === dimensionOf[sign])
  if (!found) return refusal('unit-of-another-kind', `${name} cannot be measured in "${unit}"`)
  if (found.dimension === 'fraction' && found.factor === 100 && value > 1) {
    return refusal('fraction-above-one', `${name}: ${value} is not a share between 0 and 1`)
  }
  const { factor, offset = 0 } = found
  const same = factor === 1 && offset === 0
  const converted = same ? value : Math.round((value * factor + offset) * 1e6) / 1e6
  return { ok: true, value: converted, unit: canonicalUnits[sign] }
}

function refusal(
  reason: 'unknown-unit' | 'unit-of-another-kind' | 'fraction-above-one',
  words: string,
): Converted {
  return { ok: false, reason, words }
}
