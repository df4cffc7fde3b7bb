import * as z from 'zod'

/**
 * A field of one line that the ledger keeps: signs that no keyboard types become spaces, since one of them parts the fields of a row
 * (`FIELD_END`).
 *
 * @param message what to do where nothing was typed
 * @param most characters
 */
export function oneLine(message: string, most = 500) {
  return z
    .string({ error: message })
    .max(most, `Keep this under ${most} characters.`)
    .transform((text) => text.replaceAll(/\p{Cc}/gu, ' '))
}
