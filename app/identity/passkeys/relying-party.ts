/** For whom a passkey is made and by whom it may be asked for: a host, and the origin browsers say they are at. */
export type RelyingParty = { readonly id: string; readonly origin: string }

/**
 * Where this clinic is reached, as passkeys see it: the public address when one is set, else the request's own, just as the check
 * of a form's origin takes it.
 *
 * @returns undefined where browsers make no passkeys: at an address of numbers, or without https (but on this machine, as `localhost`)
 * @example relyingParty(undefined, 'http://localhost:3000/sign-in') // { id: 'localhost', origin: 'http://localhost:3000' }
 */
export function relyingParty(publicUrl: string | undefined, requestUrl: string): RelyingParty | undefined {
  const { hostname, origin, protocol } = new URL(publicUrl ?? requestUrl)
  const thisMachine = hostname === 'localhost'
  if (protocol !== 'https:' && !(thisMachine && protocol === 'http:')) return undefined
  if (/^[\d.]+$/.test(hostname) || hostname.startsWith('[')) return undefined
  return { id: hostname, origin }
}
