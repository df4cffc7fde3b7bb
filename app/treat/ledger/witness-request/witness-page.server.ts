import { accountNames, members } from '../../../identity/index.server.ts'
import { mayDo } from '../../../platform/access.ts'
import type { Actor } from '../../../platform/actor.ts'
import { type ReadNeeds, runQuery } from '../../../platform/command.server.ts'
import { feedHead } from '../../../platform/feed.server.ts'
import { type ClinicId, parseId } from '../../../platform/ids.ts'
import { notFound, type PageArgs } from '../../../platform/page.server.ts'
import { type Instant, momentInWords, msBetween, timeInWords } from '../../../platform/time.ts'
import { askWitness as askAction, readSession, witnessStock as witnessAction } from '../../treat-access.ts'
import type { TakenFrom } from '../movement.ts'
import { WITNESS_ROLES } from '../witness.server.ts'
import { actRefusalWords, STATE_WORDS } from './request-words.ts'
import { answerOf, requestById, requestsOf, unansweredRequests } from './witness-queries.server.ts'
import { requestState, type WitnessRequest } from './witness-request.ts'
import { actionOf, actOfRequest, isRecorded } from './witnessed-acts.server.ts'

const ANSWERED_SHOWN = 10

/** Requests of others that wait for a witness now, the oldest first. Nobody is shown their own: they cannot sign them. */
export async function waitingForWitness(
  db: ReadNeeds['db'],
  actor: Actor & { readonly clinicId: ClinicId },
  at: Instant,
): Promise<WitnessRequest[]> {
  const own = actor.kind === 'member' ? actor.accountId : undefined
  const waiting: WitnessRequest[] = []
  for (const request of await unansweredRequests(db, actor.clinicId, at)) {
    if (request.askedBy !== own && !(await isRecorded({ db, actor }, request))) waiting.push(request)
  }
  return waiting
}

/** The list: what others ask to have witnessed, and what oneself asked or answered lately. */
export async function loadWitnessList({ services, actor, clinic, url }: PageArgs) {
  return runQuery(services, actor, async ({ db, at, audit }) => {
    audit.read(witnessAction.id, { object: 'witness-request' })
    // Before the rows: what happens in between is heard again rather than missed.
    const seq = await feedHead(db, clinic.id)
    const waiting = await waitingForWitness(db, actor, at)
    const own = actor.kind === 'member' ? actor.accountId : ''
    const lately = await requestsOf(db, clinic.id, own, ANSWERED_SHOWN)
    const names = await accountNames(
      db,
      [...waiting, ...lately.map(({ request }) => request)].map(({ askedBy }) => askedBy),
    )
    return {
      seq,
      at: at as string,
      done: url.searchParams.get('done') ?? undefined,
      waiting: waiting.map((request) => ({
        id: request.id as string,
        lines: request.words.split('\n'),
        asker: names.get(request.askedBy) ?? 'somebody no longer known',
        ageMs: msBetween(request.askedAt, at),
        until: timeInWords(request.expiresAt, clinic.timeZone),
      })),
      lately: await Promise.all(
        lately.map(async ({ request, answer }) => {
          const state = requestState(request, answer, await isRecorded({ db, actor }, request), at)
          return {
            id: request.id as string,
            what: request.words.split('\n')[0]!,
            when: momentInWords(request.askedAt, clinic.timeZone),
            asker: request.askedBy === own ? 'you' : (names.get(request.askedBy) ?? 'unknown'),
            state: STATE_WORDS[state.is],
            is: state.is,
          }
        }),
      ),
    }
  })
}

/** One request, as its asker or somebody who may sign it sees it. */
export async function loadWitnessRequest({ services, actor, clinic, params }: PageArgs) {
  const requestId = parseId<'witness-request'>(params.id) ?? notFound()
  return runQuery(services, actor, async ({ db, at, audit }) => {
    const seq = await feedHead(db, clinic.id)
    const request = (await requestById(db, clinic.id, requestId)) ?? notFound()
    audit.read(witnessAction.id, { object: 'witness-request', objectId: requestId })
    const answer = await answerOf(db, clinic.id, requestId)
    const state = requestState(request, answer, await isRecorded({ db, actor }, request), at)
    const names = await accountNames(db, [request.askedBy, ...(answer ? [answer.by] : [])])
    const own = actor.kind === 'member' && actor.accountId === request.askedBy
    const mayAsk = own && mayDo(actor, askAction) && mayDo(actor, actionOf(request.act))
    const colleagues = own ? await members(db, clinic.id, WITNESS_ROLES) : []
    return {
      seq,
      at: at as string,
      id: requestId as string,
      key: services.ids.next() as string,
      lines: request.words.split('\n'),
      shown: request.digest,
      asker: names.get(request.askedBy) ?? 'somebody no longer known',
      asked: momentInWords(request.askedAt, clinic.timeZone),
      until: timeInWords(request.expiresAt, clinic.timeZone),
      leftMs: Math.max(0, msBetween(at, request.expiresAt)),
      ageMs: msBetween(request.askedAt, at),
      is: state.is,
      answer: answer && {
        by: names.get(answer.by) ?? 'somebody no longer known',
        when: momentInWords(answer.at, clinic.timeZone),
        reason: answer.kind === 'refused' ? actRefusalWords(answer.reason ?? '') : answer.reason,
      },
      own,
      mayAsk,
      ...waysOn(request, mayDo(actor, readSession)),
      others: colleagues.flatMap(({ accountId, name }) => (accountId === request.askedBy ? [] : [name])),
    }
  })
}

/**
 * Where the asker goes on: to what it was about; the form of a new act; and whether the same can be asked again as it is. Closing a
 * discrepancy cannot: whoever closes it signs anew.
 */
function waysOn(request: WitnessRequest, maySeeSession: boolean) {
  const asked = actOfRequest(request)
  const toStock = { onward: '/work/stock', onwardWords: 'To the stock', again: true }
  if (asked.act === 'receive') return { ...toStock, anew: '/work/stock/receive' }
  if (asked.act === 'close-discrepancy') {
    const page = `/work/stock/discrepancies/${asked.input.discrepancyId}`
    return { onward: page, onwardWords: 'Back to the discrepancy', again: false, anew: page }
  }
  const sessionId = asked.act === 'waste-back' ? asked.input.sessionId : syringeSession(asked.input.from)
  if (!sessionId) return { ...toStock, anew: '/work/stock/take-out' }
  const toSession = { onward: `/work/sessions/${sessionId}`, onwardWords: 'Back to the session', again: true }
  return { ...(maySeeSession ? toSession : toStock), anew: `/work/stock/take-out?session=${sessionId}` }
}

const syringeSession = ({ place }: TakenFrom) => (place.at === 'syringe' ? place.id : undefined)

export type WitnessRequestView = Awaited<ReturnType<typeof loadWitnessRequest>>
export type WitnessListView = Awaited<ReturnType<typeof loadWitnessList>>
