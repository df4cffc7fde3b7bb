import type { Reading, VitalSign } from '@evenkeel/vital-signs'

/** What was asked about and answered "it is right": "systolicMmHg=240 moaas=4.5". A changed value is asked about anew. */
export function confirmation(values: Reading, asked: readonly VitalSign[]): string {
  return [...new Set(asked)].map((sign) => `${sign}=${values[sign]}`).join(' ')
}
