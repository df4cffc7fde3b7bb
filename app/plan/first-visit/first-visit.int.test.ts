import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  anId,
  look,
  makeClinic,
  must,
  openTestDatabase,
  type TestClinic,
  type TestDatabase,
} from '../../../tests/database/test-clinic.ts'
import { acceptRequest, offerOfRequest, submitRequest } from '../../ask/index.server.ts'
import type { OfferId, RequestId } from '../../ask/index.ts'
import { readSecretToken } from '../../identity/index.server.ts'
import type { Visitor } from '../../platform/actor.ts'
import { runCommand } from '../../platform/command.server.ts'
import type { PersonId } from '../../platform/ids.ts'
import { DAY_MS, type Instant } from '../../platform/time.ts'
import { bookVisits } from '../diary/book-series.server.ts'
import { entriesOfPerson } from '../diary/entry-queries.server.ts'
import { chooseFirstVisit, freeTimes, offerFirstVisit, timesOfOffer } from './first-visit.server.ts'

let t: TestDatabase
let harbor: TestClinic
let visitor: Visitor
let clinics = 0
beforeAll(async () => {
  t = await openTestDatabase()
})
afterAll(() => t.close())
beforeEach(async () => {
  clinics += 1
  t.clock.set('2026-11-23T15:00:00.000Z')
  harbor = await makeClinic(t.services, `harbor-${clinics}`)
  visitor = { kind: 'visitor', clinicId: harbor.id }
})

const EMAIL = 'first.visit@example.org'
/** A call needs a nurse and no room; the clinic of the tests has two nurses. */
const CALL = 'phone'

async function accepted(): Promise<{ requestId: RequestId; personId: PersonId }> {
  const requestId = anId<'request'>(t.services)
  const answers = {
    forWhom: 'self' as const,
    topics: ['unsure' as const],
    safety: 'safe' as const,
    suitability: ['none'],
    name: 'Robin',
    email: EMAIL,
    suits: [],
  }
  await must(runCommand(t.services, visitor, submitRequest, { key: requestId, answers, synthetic: true }))
  return must(
    runCommand(t.services, harbor.as.coordinator, acceptRequest, {
      requestId,
      key: anId<'person'>(t.services),
    }),
  )
}

const free = (personId: PersonId) =>
  look(t.services, harbor.system, async ({ db, at }) => (await freeTimes(db, harbor.id, personId, CALL, at))!)

async function offer(
  { requestId, personId }: { requestId: RequestId; personId: PersonId },
  starts: readonly Instant[],
  key = anId<'time-offer'>(t.services),
) {
  const outcome = await runCommand(t.services, harbor.as.coordinator, offerFirstVisit, {
    requestId,
    key,
    personId,
    typeCode: CALL,
    starts,
    linkBase: 'https://clinic.test',
  })
  return { outcome, key }
}

/** What the newest message to the person leads to. */
async function hashFromMail(): Promise<string> {
  const { rows } = await t.owner.query(
    `select subject, body from mail_message where to_address = $1 and clinic_id = $2 and dedupe_key like 'request-times%'
     order by planned_at desc, id desc limit 1`,
    [EMAIL, harbor.id],
  )
  const token = /https:\/\/clinic\.test\/request\/state\/([\w-]+)/.exec(rows[0].body)![1]!
  expect(rows[0].subject + rows[0].body).not.toMatch(/ketamin|addict|visit|treat|Robin|alcohol/i)
  return readSecretToken(token)!.hash
}

const choose = (tokenHash: string, offerId: OfferId, startsAt: Instant) =>
  runCommand(t.services, visitor, chooseFirstVisit, { tokenHash, offerId, startsAt })
const visitsOf = (personId: PersonId) =>
  look(t.services, harbor.system, ({ db }) => entriesOfPerson(db, harbor.id, personId))

async function fill(startsAt: Instant): Promise<void> {
  for (let nurses = 0; nurses < 2; nurses++) {
    const { personId } = await accepted()
    await must(
      runCommand(t.services, harbor.as.coordinator, bookVisits, {
        key: anId<'series'>(t.services),
        personId,
        typeCode: CALL,
        visits: [{ startsAt }],
      }),
    )
  }
}

describe('times after a request was accepted', () => {
  it('are offered, told by a neutral message with a link, and the chosen one is booked once', async () => {
    const request = await accepted()
    const { all, some } = await free(request.personId)
    expect(all.length).toBeGreaterThan(some.length)
    const { outcome, key } = await offer(request, some.slice(0, 3))
    expect(outcome).toEqual({ ok: true, value: { mailed: true } })
    expect((await offer(request, some.slice(0, 3), key)).outcome.ok).toBe(true)
    const hash = await hashFromMail()
    const wanted = some[1]!
    const both = await Promise.all([1, 2, 3].map(() => choose(hash, key, wanted)))
    for (const one of both) expect(one.ok).toBe(true)
    expect(await visitsOf(request.personId)).toMatchObject([{ startsAt: wanted, typeCode: CALL }])
    expect(await choose(hash, key, some[0]!)).toMatchObject({
      ok: false,
      reason: 'already-chosen',
      detail: { startsAt: wanted },
    })
    const seen = await look(t.services, harbor.system, (needs) => offerOfRequest(needs, request.requestId))
    expect(seen?.state).toMatchObject({ kind: 'chosen', startsAt: wanted })
  })

  it('that somebody else took are said as taken, others are shown, and one of those can be chosen', async () => {
    const request = await accepted()
    const { some } = await free(request.personId)
    const { key } = await offer(request, some.slice(0, 2))
    const hash = await hashFromMail()
    await fill(some[0]!)
    expect((await choose(hash, key, some[0]!)).ok).toBe(false)
    expect(await visitsOf(request.personId)).toEqual([])
    const now = await look(t.services, harbor.system, async (needs) => {
      const seen = await offerOfRequest(needs, request.requestId)
      if (seen?.state.kind !== 'open') throw new Error('the offer is gone')
      return timesOfOffer(needs.db, harbor.id, request.personId, seen.state.offer, needs.at)
    })
    expect(now).toMatchObject({ free: [some[1]], gone: [some[0]] })
    expect(now.spare.length).toBeGreaterThan(0)
    expect((await choose(hash, key, now.spare[0]!)).ok).toBe(true)
    expect(await visitsOf(request.personId)).toMatchObject([{ startsAt: now.spare[0] }])
  })

  it('go to exactly as many people as there are nurses when all choose at once', async () => {
    const people = [await accepted(), await accepted(), await accepted()]
    const { some } = await free(people[0]!.personId)
    const offers = []
    for (const person of people) {
      const { key } = await offer(person, some.slice(0, 2))
      offers.push({ key, hash: await hashFromMail() })
      t.clock.advance(1_000)
    }
    const all = await Promise.all(offers.map(({ hash, key }) => choose(hash, key, some[0]!)))
    expect(all.filter((one) => one.ok)).toHaveLength(2)
  })

  it('are refused to a stranger, for another offer, for a time nobody offered, and once the link is old', async () => {
    const request = await accepted()
    const { all, some } = await free(request.personId)
    const { key } = await offer(request, some.slice(0, 2))
    const hash = await hashFromMail()
    expect(await choose('unknown', key, some[0]!)).toMatchObject({ ok: false, reason: 'no-such-request' })
    const otherOffer = anId<'time-offer'>(t.services)
    expect(await choose(hash, otherOffer, some[0]!)).toMatchObject({ ok: false, reason: 'not-offered' })
    const unoffered = all.find((start) => !some.includes(start))!
    expect(await choose(hash, key, unoffered)).toMatchObject({ ok: false, reason: 'not-offered' })
    const again = await offer(request, some.slice(2, 4))
    expect(await choose(hash, key, some[0]!)).toMatchObject({ ok: false, reason: 'not-offered' })
    t.clock.advance(31 * DAY_MS)
    expect(await choose(hash, again.key, some[2]!)).toMatchObject({ ok: false, reason: 'no-such-request' })
    expect(await visitsOf(request.personId)).toEqual([])
  })

  it('are offered by coordinators alone, two to four, free ones, and only after acceptance', async () => {
    const request = await accepted()
    const { some } = await free(request.personId)
    expect((await offer(request, some.slice(0, 1))).outcome).toMatchObject({ ok: false, reason: 'how-many' })
    expect((await offer(request, some.slice(0, 5))).outcome).toMatchObject({ ok: false, reason: 'how-many' })
    await fill(some[0]!)
    expect((await offer(request, some.slice(0, 2))).outcome).toMatchObject({
      ok: false,
      reason: 'not-free',
      detail: { gone: [some[0]] },
    })
    const by = harbor.as.nurse
    expect(
      await runCommand(t.services, by, offerFirstVisit, {
        ...request,
        key: anId<'time-offer'>(t.services),
        typeCode: CALL,
        starts: some.slice(1, 3),
        linkBase: '',
      }),
    ).toEqual({ ok: false, reason: 'not-allowed' })
    expect(
      (await offer({ ...request, requestId: anId<'request'>(t.services) }, some.slice(1, 3))).outcome,
    ).toMatchObject({ ok: false, reason: 'no-such-request' })
  })
})
