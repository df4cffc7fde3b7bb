import { members } from '../../identity/index.server.ts'
import { mayDo } from '../../platform/access.ts'
import { runCommand, runQuery } from '../../platform/command.server.ts'
import { type FormAnswer, formProblem } from '../../platform/form.ts'
import { parseId } from '../../platform/ids.ts'
import { goTo, notFound, type PageArgs } from '../../platform/page.server.ts'
import { momentInWords } from '../../platform/time.ts'
import { allChairs, rooms } from '../diary/resource-queries.server.ts'
import { openFeeds } from './calendar-feed-queries.server.ts'
import { makeOwnFeed, makePlaceFeed, mayRevoke, revokeFeed } from './change-feeds.server.ts'
import { makePlaceFeed as makePlaceAction } from './feeds-access.ts'

type Posted = PageArgs & { readonly form: FormData }
/** The address is in the answer once and is stored nowhere. */
export type FeedMade = { readonly link: string }

/** The addresses that somebody may end, and what they may make. @param action under which it is read */
export function feedsPage({ services, actor, clinic, url }: PageArgs, action: string) {
  return runQuery(services, actor, async ({ db, audit }) => {
    const feeds = (await openFeeds(db, clinic.id)).filter((feed) => mayRevoke(actor, feed))
    audit.read(action, { object: 'calendar-feed-list', detail: { feeds: feeds.length } })
    const chairs = await allChairs(db, clinic.id)
    const clinicRooms = await rooms(db, clinic.id)
    const names = new Map<string, string>([
      ...(await members(db, clinic.id)).map((m) => [m.membershipId as string, m.name] as const),
      ...chairs.map((c) => [c.id as string, `${c.roomName}, ${c.name}`] as const),
      ...clinicRooms.map((r) => [r.id as string, r.name] as const),
    ])
    const own = actor.kind === 'member' ? (actor.membershipId as string) : ''
    return {
      feeds: feeds.map((f) => ({
        id: f.id as string,
        whose:
          f.kind === 'person' || f.subjectId === own
            ? 'Your own'
            : (names.get(f.subjectId) ?? 'somebody who no longer works here'),
        made: momentInWords(f.madeAt, clinic.timeZone),
      })),
      places: mayDo(actor, makePlaceAction)
        ? [
            ...chairs
              .filter((c) => !c.retired)
              .map((c) => ({ value: `chair ${c.id}`, label: `${c.roomName}, ${c.name}` })),
            ...clinicRooms.filter((r) => !r.retired).map((r) => ({ value: `room ${r.id}`, label: r.name })),
          ]
        : [],
      done: url.searchParams.get('done') ?? undefined,
    }
  })
}

const TOO_MANY = 'Five addresses of this calendar are open already. Revoke one that is no longer used.'

export async function postOwnFeed(
  { services, actor, form, url }: Posted,
  as: 'staff' | 'person',
): Promise<FormAnswer | FeedMade> {
  const outcome = await runCommand(services, actor, makeOwnFeed, { as })
  if (outcome.ok) return { link: linkOf(services, url, outcome.value.token) }
  return outcome.reason === 'too-many' ? formProblem(form, { form: TOO_MANY }) : notFound()
}

export async function postPlaceFeed({ services, actor, form, url }: Posted): Promise<FormAnswer | FeedMade> {
  const [kind, text] = String(form.get('place') ?? '').split(' ')
  const id = parseId(text)
  if (!id || (kind !== 'chair' && kind !== 'room'))
    return formProblem(form, { place: 'Choose a chair or room.' })
  const outcome = await runCommand(services, actor, makePlaceFeed, { kind, id })
  if (outcome.ok) return { link: linkOf(services, url, outcome.value.token) }
  return formProblem(form, { place: outcome.reason === 'too-many' ? TOO_MANY : 'Choose a chair or room.' })
}

export async function postRevoke({ services, actor, form, url }: Posted): Promise<Response> {
  const feedId = parseId<'calendar-feed'>(form.get('id')) ?? notFound()
  const outcome = await runCommand(services, actor, revokeFeed, { feedId })
  return outcome.ok ? goTo(`${url.pathname}?done=revoked`) : notFound()
}

function linkOf(services: PageArgs['services'], url: URL, token: string): string {
  return `${services.config.publicUrl ?? url.origin}/calendar/${token}.ics`
}
