/** The signs taken at the bedside. Names end in their unit; `moaas` is the 0 to 5 score of responsiveness (MOAA/S). */
export const vitalSigns = [
  'systolicMmHg',
  'diastolicMmHg',
  'heartRatePerMin',
  'spo2Percent',
  'respiratoryRatePerMin',
  'moaas',
  'temperatureCelsius',
] as const

export type VitalSign = (typeof vitalSigns)[number]

/** What a monitor may send beside them: the mean pressure is kept and compared, but no limit asks for it. */
export const monitoredSigns = [...vitalSigns, 'meanPressureMmHg'] as const

export type MonitoredSign = (typeof monitoredSigns)[number]

/** How each sign is called and written: `unit` is empty for a score, `decimals` what is shown. */
export const vitalSignNames: Readonly<
  Record<
    MonitoredSign,
    { readonly name: string; readonly short: string; readonly unit: string; readonly decimals: number }
  >
> = {
  systolicMmHg: { name: 'Systolic pressure', short: 'SBP', unit: 'mmHg', decimals: 0 },
  diastolicMmHg: { name: 'Diastolic pressure', short: 'DBP', unit: 'mmHg', decimals: 0 },
  heartRatePerMin: { name: 'Heart rate', short: 'HR', unit: '/min', decimals: 0 },
  spo2Percent: { name: 'Oxygen saturation', short: 'SpO₂', unit: '%', decimals: 0 },
  respiratoryRatePerMin: { name: 'Breathing rate', short: 'RR', unit: '/min', decimals: 0 },
  moaas: { name: 'Responsiveness', short: 'MOAA/S', unit: '', decimals: 0 },
  temperatureCelsius: { name: 'Temperature', short: 'Temp', unit: '°C', decimals: 1 },
  meanPressureMmHg: { name: 'Mean pressure', short: 'MAP', unit: 'mmHg', decimals: 0 },
}

/** Values of one moment. A sign that is absent or null was not measured: that is unknown, not normal. */
export type Reading = { readonly [Sign in VitalSign]?: number | null }

/** A reading with the instant it was measured at, in epoch milliseconds. */
export type TimedReading = { readonly atMs: number; readonly values: Reading }

/** A value as people write it, with its unit: "172 mmHg", "36.8 °C", "4". */
export function writeValue(sign: MonitoredSign, value: number): string {
  const { unit, decimals } = vitalSignNames[sign]
  const figure = Number.isInteger(value)
    ? String(value)
    : String(Number(value.toFixed(Math.max(decimals, 1))))
  if (unit === '') return figure
  return unit === '%' || unit === '/min' ? `${figure}${unit}` : `${figure} ${unit}`
}
