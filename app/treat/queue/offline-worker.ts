/** What the worker wrote into a page that it handed out because the server could not be reached. */
export function keptMark(): { readonly keptMs: number; readonly unsent: boolean } | undefined {
  const { kept, unsent } = globalThis.document.documentElement.dataset
  return kept === undefined ? undefined : { keptMs: Number(kept), unsent: unsent !== undefined }
}

/**
 * Has this page kept for a reload without a network, for this account alone. Where the browser has no such worker (a page
 * without https) a reload needs the network; what waits to be sent is kept all the same.
 */
export async function keepThisPage(account: string): Promise<void> {
  const { serviceWorker } = globalThis.navigator
  if (!serviceWorker) return
  try {
    await serviceWorker.register('/bedside-sw.js', { scope: '/work/sessions/' })
    const { active } = await serviceWorker.ready
    const files = globalThis.performance
      .getEntriesByType('resource')
      .map(({ name }) => new URL(name))
      .filter(
        ({ origin, pathname }) => origin === globalThis.location.origin && pathname.startsWith('/assets/'),
      )
      .map(({ pathname }) => pathname)
    active?.postMessage({
      kind: 'keep',
      path: globalThis.location.pathname,
      account,
      files: [...new Set(files)],
    })
  } catch {
    // Blocked by the browser: the page works, only not across a reload without a network.
  }
}

const COOKIE = 'evenkeel-waiting'

/** Tells signing out that something waits here, so that it is not cleared away with everything else. */
export function waitingCookie(waiting: boolean, secure: boolean): string {
  return `${COOKIE}=${waiting ? 'yes; Max-Age=2592000' : '; Max-Age=0'}; Path=/; SameSite=Lax${secure ? '; Secure' : ''}`
}
