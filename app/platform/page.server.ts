import type { LoaderFunctionArgs } from 'react-router'
import { type Action, mayDo } from './access.ts'
import type { Actor } from './actor.ts'
import { BY_ITSELF } from './by-itself.ts'
import type { ClinicProfile } from './clinic-profile.ts'
import { type Guarded, requestScope, type Services } from './services.server.ts'

/** What a page's loader or action works with. */
export type PageArgs = {
  readonly services: Services
  readonly actor: Actor
  readonly clinic: ClinicProfile
  readonly params: Readonly<Record<string, string | undefined>>
  readonly request: Request
  readonly url: URL
  /** The sender's network address, for rate limits only. */
  readonly address: string
}

type RouteFunction<Value> = ((args: LoaderFunctionArgs) => Promise<Value>) & Guarded

/**
 * A loader that first checks its declared action: a visitor is asked to sign in, anyone else without the right
 * gets 403.
 *
 * @example export const loader = guardedLoader(readInbox, async ({ services, actor }) => …)
 */
export function guardedLoader<Value>(
  guard: Action,
  load: (args: PageArgs) => Promise<Value>,
): RouteFunction<Value> {
  return Object.assign(
    async (args: LoaderFunctionArgs) => {
      const page = pageArgs(args)
      demand(page, guard)
      return load(page)
    },
    { guards: [guard] },
  )
}

/**
 * A form's answer. One guard for a page with one form; with several, the field `intent` chooses, each with its
 * own guard.
 *
 * @example export const action = guardedAction({ accept: [acceptRequest.action, accept], decline: [...] })
 */
export function guardedAction<Value>(
  intents: Readonly<
    Record<string, readonly [Action, (args: PageArgs & { form: FormData }) => Promise<Value>]>
  >,
): RouteFunction<Value> {
  return Object.assign(
    async (args: LoaderFunctionArgs) => {
      const page = pageArgs(args)
      const form = await readForm(args.request)
      const names = Object.keys(intents)
      const chosen = form.get('intent') ?? (names.length === 1 ? names[0] : undefined)
      const found = typeof chosen === 'string' ? intents[chosen] : undefined
      if (!found) {
        // Which forms a page has is nobody's business who may use none of them.
        const all = Object.values(intents)
        if (!all.some(([guard]) => mayDo(page.actor, guard))) demand(page, all[0]![0])
        throw new Response('This form was not understood. Go back, reload the page and try again.', {
          status: 400,
        })
      }
      const [guard, handle] = found
      demand(page, guard)
      return handle({ ...page, form })
    },
    {
      guards: [...new Set(Object.values(intents).map(([guard]) => guard))],
      intents: Object.fromEntries(Object.entries(intents).map(([intent, [guard]]) => [intent, guard.id])),
    },
  )
}

/**
 * The answer to what a script sends as JSON, under one guard: 401 for somebody who is not signed in and 403 for somebody
 * without the right, so that a script is told and not led to a page. A plain form is answered as `guardedAction` does.
 *
 * @param intent the name under which the access table knows it
 * @param handle gets the text as it was sent, and reads it itself
 */
export function guardedScript<Value>(
  intent: string,
  guard: Action,
  handle: (page: PageArgs, text: string) => Promise<Value>,
): RouteFunction<Value> {
  return Object.assign(
    async (args: LoaderFunctionArgs) => {
      const page = pageArgs(args)
      const json = page.request.headers.get('content-type')?.startsWith('application/json') ?? false
      if (json && page.actor.kind === 'visitor') throw Response.json({ why: 'signed-out' }, { status: 401 })
      demand(page, guard)
      return handle(page, await page.request.text())
    },
    { guards: [guard], intents: { [intent]: guard.id } },
  )
}

/**
 * The form of a request as text the database can keep: NUL characters, which no person types and PostgreSQL does
 * not store, are left out. A file that was sent along arrives as its text under its field's name, with its own name
 * under `<field>-name`; it is read as UTF-8, and what is not is seen by U+FFFD. What is no form at all is answered 400.
 */
async function readForm(request: Request): Promise<FormData> {
  const sent = await request.formData().catch(() => {
    throw new Response('This form was not understood. Go back, reload the page and try again.', {
      status: 400,
    })
  })
  const form = new FormData()
  for (const [name, value] of sent) {
    if (typeof value === 'string') form.append(name, value.replaceAll('\u0000', ''))
    else if (value.size > 0) {
      form.append(name, (await value.text()).replaceAll('\u0000', ''))
      form.append(`${name}-name`, value.name.replaceAll('\u0000', ''))
    }
  }
  return form
}

function pageArgs(args: LoaderFunctionArgs): PageArgs {
  const scope = args.context.get(requestScope)
  const url = new URL(args.request.url)
  url.searchParams.delete(BY_ITSELF)
  return {
    services: scope.services,
    actor: scope.actor,
    clinic: scope.clinic,
    params: args.params,
    request: args.request,
    url,
    address: scope.address,
  }
}

function demand(page: PageArgs, guard: Action): void {
  if (mayDo(page.actor, guard)) return
  if (page.actor.kind === 'visitor') {
    const next = page.request.method === 'GET' ? `${page.url.pathname}${page.url.search}` : page.url.pathname
    throw new Response(null, {
      status: 302,
      headers: { Location: `/sign-in?next=${encodeURIComponent(next)}` },
    })
  }
  throw new Response('You do not have the right to see this page.', { status: 403 })
}

/** Ends a loader with 404. Ids of another clinic end here too, so nobody learns that they exist. */
export function notFound(): never {
  throw new Response('There is nothing here, or it is not yours to see.', { status: 404 })
}

/** See-other redirect after a form was accepted, so that reloading does not post again. */
export function goTo(path: string, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(null, { status: 303, headers: { Location: path, ...headers } })
}
