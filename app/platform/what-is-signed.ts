/**
 * Fields that prove who signs, or name the second who does, and the key that makes a repeated post one entry (a live page draws
 * it anew while somebody looks for their device): not part of what is signed.
 */
const BESIDES = /password|passkey|^secondEmail$|^key$/i

/**
 * One text for a form as it is sent: its address and all its text fields, however a browser ends lines, and in whatever
 * order. Browser and server hash it alike, so that a passkey's answer holds for this form with this in it and no other.
 * Files do not count: no form that is signed has one.
 *
 * @param path where the form is sent, without query
 * @param entries of a `FormData`
 */
export function whatIsSigned(path: string, entries: Iterable<readonly [string, unknown]>): string {
  const fields: string[] = []
  for (const [name, value] of entries) {
    if (typeof value !== 'string' || BESIDES.test(name)) continue
    fields.push(JSON.stringify([name, value.replaceAll('\u0000', '').replace(/\r\n?/g, '\n')]))
  }
  return JSON.stringify([path, ...fields.sort()])
}
