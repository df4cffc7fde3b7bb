import {
  acceptRequest,
  assignRequest,
  declineRequest,
  replyToRequest,
  submitRequest,
} from '../app/ask/index.server.ts'
import type { RequestAnswers } from '../app/ask/index.ts'
import { addMember } from '../app/identity/index.server.ts'
import type { Instant } from '../app/platform/time.ts'
import { act, type Life, minutesAfter, type World } from './world.ts'

/** What somebody writes when they ask for a first visit. Invented, and short. */
function answersOf({ person, random }: Life, safety: RequestAnswers['safety'] = 'safe'): RequestAnswers {
  return {
    forWhom: 'self',
    topics: random.chance(0.3) ? [person.comesFor, 'depression'] : [person.comesFor],
    words: random.pick([
      'I have stopped a few times and it never lasted. I would like to know if this is something for me.',
      'My doctor said I could ask here.',
      'Ten years, mostly evenings. I want mornings back.',
      undefined,
    ]),
    safety,
    suitability: ['none'],
    name: person.name.split(' ')[0]!,
    email: person.email,
    ...(random.chance(0.6) ? { phone: person.phone } : {}),
    leaveMessage: random.chance(0.4) ? 'yes' : 'no',
    safeTimes: random.pick(['After six in the evening.', 'Mornings, before work.', undefined]),
    suits: [random.pick(['weekday-morning', 'weekday-noon', 'weekday-afternoon', 'any'] as const)],
  }
}

/** A visitor sends the form. @returns the request's id */
export async function ask(world: World, life: Life, safety?: RequestAnswers['safety']) {
  const key = world.services.ids.next<'request'>()
  const visitor = { kind: 'visitor', clinicId: world.system.clinicId } as const
  await act(world, visitor, submitRequest, { key, answers: answersOf(life, safety), synthetic: true })
  return key
}

/** The coordinator takes the request, calls back, and accepts or declines. */
export function answerRequest(
  world: World,
  life: Life,
  requestId: Awaited<ReturnType<typeof ask>>,
  at: Instant,
  then: () => void,
) {
  const { coordinator } = world.staff
  world.table.at(at, async () => {
    await act(world, coordinator, assignRequest, { requestId })
    await act(world, coordinator, replyToRequest, {
      requestId,
      key: world.services.ids.next(),
      channel: 'phone',
      reached: true,
      words: 'Called back, explained the way and the waiting time.',
    })
  })
  world.table.at(minutesAfter(at, 12), async () => {
    if (life.person.course === 'declined') {
      await act(world, coordinator, declineRequest, {
        requestId,
        key: world.services.ids.next(),
        reason: life.random.pick(['needs-other-care', 'not-suitable', 'not-reached'] as const),
        elsewhere: 'Your own doctor, or the SAMHSA helpline 1-800-662-4357, day and night.',
      })
      return
    }
    await act(world, coordinator, acceptRequest, {
      requestId,
      key: life.personId,
      displayName: life.person.name,
    })
    life.patient = await portalAccount(world, life)
    then()
  })
}

/** The person's account for the portal; in the demonstration nobody knows its password but the one named one. */
async function portalAccount(world: World, life: Life) {
  const made = await act(world, world.system, addMember, {
    email: life.person.email,
    name: life.person.name,
    passwordHash: 'no password was set',
    roles: ['patient'],
    personId: life.personId,
  })
  return {
    kind: 'member',
    clinicId: world.system.clinicId,
    accountId: made.accountId,
    membershipId: made.membershipId,
    name: life.person.name,
    roles: ['patient'],
    personId: life.personId,
  } as const
}
