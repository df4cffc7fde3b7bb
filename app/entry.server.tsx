import { renderToReadableStream } from 'react-dom/server'
import { type EntryContext, type RouterContextProvider, ServerRouter } from 'react-router'
import { pathForLog } from './platform/log.server.ts'
import { requestScope } from './platform/services.server.ts'
import { introducePublicPages } from './wiring.server.ts'

introducePublicPages()

/**
 * Renders the whole page before sending it: it costs no more than streaming here, and a late error can still
 * set the status.
 */
export default async function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  entry: EntryContext,
  context: RouterContextProvider,
): Promise<Response> {
  const { nonce, services } = context.get(requestScope)
  let failed: unknown
  const stream = await renderToReadableStream(
    <ServerRouter context={entry} url={request.url} nonce={nonce} />,
    {
      nonce,
      signal: request.signal,
      onError(error) {
        failed = error
      },
    },
  )
  await stream.allReady
  if (failed) services.log.error('render.failed', failed, { path: pathForLog(request.url) })
  headers.set('Content-Type', 'text/html; charset=utf-8')
  return new Response(stream, { status: failed ? 500 : status, headers })
}

/** Loaders and actions that threw something unexpected: logged with the cause; the page shows only a reference. */
export function handleError(
  error: unknown,
  { request, context }: { request: Request; context: RouterContextProvider },
) {
  if (request.signal.aborted) return
  const { services } = context.get(requestScope)
  services.log.error('page.failed', error, { path: pathForLog(request.url), method: request.method })
}
