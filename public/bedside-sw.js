/*
 * The bedside without a network. Keeps the page of an open session and the files it is made of, and hands them out when the
 * server cannot be reached, never otherwise. What is recorded meanwhile waits in the page's own storage, not here.
 * Decision and limits: docs/decisions/0021-offline-bedside.md.
 */
const PAGES = 'bedside-pages-1'
const FILES = 'bedside-files-1'
const KEPT_MS = 12 * 60 * 60 * 1000
const MOST_PAGES = 4
const MOST_FILES = 300
const SESSION = /^\/work\/sessions\/[0-9a-f-]{36}$/

self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))

self.addEventListener('message', (event) => {
  const { kind } = event.data ?? {}
  if (kind === 'keep') event.waitUntil(keep(event.data))
  if (kind === 'forget') event.waitUntil(forget())
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (url.origin !== self.location.origin) return
  if (request.mode === 'navigate' && SESSION.test(url.pathname)) event.respondWith(page(event, url))
  else if (url.pathname.startsWith('/assets/') && request.method === 'GET') event.respondWith(file(request))
})

/** The network first, always; what was kept only when there is no answer or the server is broken. */
async function page(event, url) {
  const { request } = event
  let response
  try {
    response = await fetch(request)
  } catch {
    return (await keptPage(url.pathname, request.method !== 'GET')) ?? Response.error()
  }
  if (response.status >= 500) return (await keptPage(url.pathname, request.method !== 'GET')) ?? response
  if (request.method !== 'GET') return response
  // A redirect leads to the sign-in page: whoever was signed in here is not any more.
  if (response.type === 'opaqueredirect' || response.status === 401 || response.status === 403) {
    event.waitUntil(caches.delete(PAGES))
  } else if (response.ok && !url.searchParams.has('correct')) {
    event.waitUntil(keepPage(url.pathname, response.clone(), undefined))
  }
  return response
}

/** Files of the build never change under their name. */
async function file(request) {
  const kept = await caches.match(request, { cacheName: FILES, ignoreVary: true })
  return kept ?? fetch(request)
}

/** A page tells who reads it, so that nobody else is handed it, and what it is made of. */
async function keep({ path, account, files }) {
  const pages = await caches.open(PAGES)
  for (const request of await pages.keys()) {
    const response = await pages.match(request)
    const of = response?.headers.get('x-kept-for')
    if (of && of !== account) await pages.delete(request)
  }
  const known = await pages.match(path)
  if (!known) {
    const response = await fetch(path, { headers: { Accept: 'text/html' }, redirect: 'manual' }).catch(
      () => undefined,
    )
    if (response?.ok) await keepPage(path, response, account)
  } else if (!known.headers.get('x-kept-for')) {
    await keepPage(path, known, account, Number(known.headers.get('x-kept-ms')))
  }
  const cache = await caches.open(FILES)
  if ((await cache.keys()).length > MOST_FILES) {
    for (const request of await cache.keys()) await cache.delete(request)
  }
  for (const name of files) {
    if (!(await cache.match(name))) await cache.add(name).catch(() => undefined)
  }
}

async function keepPage(path, response, account, keptMs = Date.now()) {
  const body = await response.text()
  const headers = new Headers(response.headers)
  headers.delete('content-encoding')
  headers.delete('content-length')
  headers.set('x-kept-ms', String(keptMs))
  if (account) headers.set('x-kept-for', account)
  const pages = await caches.open(PAGES)
  await pages.delete(path)
  await pages.put(path, new Response(body, { headers }))
  const all = await pages.keys()
  for (const old of all.slice(0, Math.max(0, all.length - MOST_PAGES))) await pages.delete(old)
}

/** The page as it was kept, marked with when; undefined when it is too old or whoever read it has signed out. */
async function keptPage(path, unsent) {
  if ((await self.cookieStore?.get('evenkeel-waiting'))?.value === 'signed-out') await forget()
  const pages = await caches.open(PAGES)
  const response = await pages.match(path)
  const keptMs = Number(response?.headers.get('x-kept-ms'))
  if (!response || Math.abs(Date.now() - keptMs) > KEPT_MS) {
    if (response) await pages.delete(path)
    return undefined
  }
  const mark = `<html data-kept="${keptMs}"${unsent ? ' data-unsent="yes"' : ''}`
  return new Response((await response.text()).replace('<html', mark), { headers: response.headers })
}

async function forget() {
  await caches.delete(PAGES)
}
