import type { MonitoredSign } from './vital-sign.ts'

export type SignCodeSystem = 'LOINC' | 'MDC'

/**
 * A code that devices and records use for a sign. `tag`: `[S]` seen in messages or profiles of others, `[M]` from
 * memory, likely but not looked up: check it against the device's own table when it is first connected.
 */
export type SignCode = {
  readonly system: SignCodeSystem
  readonly code: string
  /** The reference identifier of ISO/IEEE 11073, or what LOINC calls it. */
  readonly name: string
  readonly sign: MonitoredSign
  readonly tag: '[S]' | '[M]'
}

const mdc = (code: string, name: string, sign: MonitoredSign, tag: SignCode['tag']): SignCode => ({
  system: 'MDC',
  code,
  name,
  sign,
  tag,
})
const loinc = (code: string, name: string, sign: MonitoredSign, tag: SignCode['tag']): SignCode => ({
  system: 'LOINC',
  code,
  name,
  sign,
  tag,
})

/**
 * Codes of the signs. Invasive and non-invasive pressure, and heart and pulse rate, are one sign each here; a
 * sample's `source.coding` keeps which it was.
 */
export const signCodes: readonly SignCode[] = [
  mdc('150021', 'MDC_PRESS_BLD_NONINV_SYS', 'systolicMmHg', '[S]'),
  mdc('150022', 'MDC_PRESS_BLD_NONINV_DIA', 'diastolicMmHg', '[S]'),
  mdc('150023', 'MDC_PRESS_BLD_NONINV_MEAN', 'meanPressureMmHg', '[S]'),
  mdc('150017', 'MDC_PRESS_BLD_SYS', 'systolicMmHg', '[M]'),
  mdc('150018', 'MDC_PRESS_BLD_DIA', 'diastolicMmHg', '[M]'),
  mdc('150019', 'MDC_PRESS_BLD_MEAN', 'meanPressureMmHg', '[M]'),
  mdc('150033', 'MDC_PRESS_BLD_ART_SYS', 'systolicMmHg', '[M]'),
  mdc('150034', 'MDC_PRESS_BLD_ART_DIA', 'diastolicMmHg', '[M]'),
  mdc('150035', 'MDC_PRESS_BLD_ART_MEAN', 'meanPressureMmHg', '[M]'),
  mdc('147842', 'MDC_ECG_CARD_BEAT_RATE', 'heartRatePerMin', '[S]'),
  mdc('149546', 'MDC_PULS_RATE_NON_INV', 'heartRatePerMin', '[S]'),
  mdc('149530', 'MDC_PULS_OXIM_PULS_RATE', 'heartRatePerMin', '[S]'),
  mdc('150456', 'MDC_PULS_OXIM_SAT_O2', 'spo2Percent', '[S]'),
  mdc('151562', 'MDC_RESP_RATE', 'respiratoryRatePerMin', '[S]'),
  mdc('150344', 'MDC_TEMP', 'temperatureCelsius', '[M]'),
  mdc('150364', 'MDC_TEMP_BODY', 'temperatureCelsius', '[M]'),
  loinc('8480-6', 'Systolic blood pressure', 'systolicMmHg', '[S]'),
  loinc('8462-4', 'Diastolic blood pressure', 'diastolicMmHg', '[S]'),
  loinc('8478-0', 'Mean blood pressure', 'meanPressureMmHg', '[M]'),
  loinc('76534-7', 'Systolic blood pressure by non-invasive', 'systolicMmHg', '[M]'),
  loinc('76535-4', 'Diastolic blood pressure by non-invasive', 'diastolicMmHg', '[M]'),
  loinc('76536-2', 'Mean blood pressure by non-invasive', 'meanPressureMmHg', '[M]'),
  loinc('8867-4', 'Heart rate', 'heartRatePerMin', '[S]'),
  loinc('8889-8', 'Heart rate by pulse oximetry', 'heartRatePerMin', '[M]'),
  loinc('59408-5', 'Oxygen saturation in arterial blood by pulse oximetry', 'spo2Percent', '[S]'),
  loinc('2708-6', 'Oxygen saturation in arterial blood', 'spo2Percent', '[S]'),
  loinc('9279-1', 'Respiratory rate', 'respiratoryRatePerMin', '[S]'),
  loinc('8310-5', 'Body temperature', 'temperatureCelsius', '[S]'),
]

const byCode = new Map<string, MonitoredSign>(
  signCodes.flatMap(({ system, code, name, sign }) => [
    [`${system} ${code}`, sign] as const,
    // Devices often send the reference identifier alone, with a code of their own.
    ...(system === 'MDC' ? [[`MDC ${name}`, sign] as const] : []),
  ]),
)

/**
 * The sign that a code stands for; undefined when the table does not know it.
 * @param system 'LOINC' or 'MDC', also as HL7 v2 writes LOINC: 'LN'
 * @param code the code, or for MDC its reference identifier
 * @example signOfCode('MDC', 'MDC_PULS_OXIM_SAT_O2') // 'spo2Percent'
 */
export function signOfCode(system: string, code: string): MonitoredSign | undefined {
  return byCode.get(`${system === 'LN' ? 'LOINC' : system} ${code.trim()}`)
}
