import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  asSystem,
  look,
  makeClinic,
  openTestDatabase,
  type TestClinic,
  type TestDatabase,
} from '../../tests/database/test-clinic.ts'
import type { FeedEvent } from './domain-event.ts'
import { feedHead, feedHub, feedSince } from './feed.server.ts'

let t: TestDatabase
let harbor: TestClinic
let other: TestClinic

beforeAll(async () => {
  t = await openTestDatabase()
  harbor = await makeClinic(t.services, 'harbor')
  other = await makeClinic(t.services, 'other')
})
afterAll(() => t.close())

const tell = (clinic: TestClinic, n: number) =>
  asSystem(t.services, clinic, async (needs) => needs.tell('test.happened', { n }))
const aMoment = () => new Promise((done) => setTimeout(done, 1))
const head = (clinic: TestClinic) => look(t.services, clinic.system, ({ db }) => feedHead(db, clinic.id))

function follower(clinic: TestClinic, since: number) {
  const got: FeedEvent[] = []
  const stop = t.services.feed.follow(clinic.id, since, {
    deliver: (events) => void got.push(...events),
    close: () => {},
  })
  const until = async (count: number) => {
    for (let i = 0; i < 400 && got.length < count; i++) await new Promise((r) => setTimeout(r, 5))
    return got
  }
  return { got, until, stop }
}

describe('the live feed', () => {
  it('numbers events of a clinic without gaps in the order of commits', async () => {
    const before = await head(harbor)
    const follow = follower(harbor, before)
    await Promise.all(Array.from({ length: 40 }, (_, n) => tell(harbor, n)))
    const got = await follow.until(40)
    follow.stop()
    expect(got.map((e) => e.seq)).toEqual(Array.from({ length: 40 }, (_, i) => before + 1 + i))
    expect(new Set(got.map((e) => e.data.n)).size).toBe(40)
  })

  it('gives a follower what it missed, then what comes, each once, while others write', async () => {
    const since = await head(harbor)
    const writing = Promise.all(Array.from({ length: 60 }, (_, n) => tell(harbor, 100 + n)))
    while ((await head(harbor)) === since) await aMoment()
    const follow = follower(harbor, since)
    await writing
    await t.services.feed.look()
    const got = await follow.until(60)
    follow.stop()
    expect(got.map((e) => e.seq)).toEqual(Array.from({ length: 60 }, (_, i) => since + 1 + i))
  })

  it('finds events that another process committed', async () => {
    const since = await head(harbor)
    const follow = follower(harbor, since)
    await follow.until(0)
    await t.owner.query(
      `insert into feed_event (clinic_id, seq, id, kind, at, data) values ($1, $2, gen_random_uuid(), 'test.elsewhere', now(), '{}')`,
      [harbor.id, since + 1],
    )
    await t.owner.query('update feed_head set seq = $2 where clinic_id = $1', [harbor.id, since + 1])
    await t.services.feed.look()
    expect((await follow.until(1)).map((e) => e.kind)).toEqual(['test.elsewhere'])
    await tell(harbor, 1)
    expect((await follow.until(2)).map((e) => e.seq)).toEqual([since + 1, since + 2])
    follow.stop()
  })

  it('reads again at once when an event waits behind one it never heard of', async () => {
    const since = await head(harbor)
    let answers = 0
    let release = () => {}
    const held = new Promise<void>((done) => {
      release = done
    })
    // A store whose first answer is long on its way: it was read before the two events and arrives after them.
    const slowly = {
      transaction: () => ({
        async execute(work: (transaction: never) => Promise<unknown>) {
          const answer = await t.services.db.transaction().execute(work as never)
          answers += 1
          if (answers === 1) await held
          return answer
        },
      }),
    }
    const hub = feedHub(slowly as never, (error) => {
      throw error
    })
    const got: FeedEvent[] = []
    const stop = hub.follow(harbor.id, since, {
      deliver: (events) => void got.push(...events),
      close: () => {},
    })
    while (answers === 0) await aMoment()
    await tell(harbor, 1)
    await tell(harbor, 2)
    const both = await look(t.services, harbor.system, ({ db }) => feedSince(db, harbor.id, since, 10))
    // Only the second is heard from memory; nobody calls look().
    hub.publish(both.slice(1))
    release()
    for (let i = 0; i < 400 && got.length < 2; i++) await aMoment()
    stop()
    expect(got.map((e) => e.seq)).toEqual([since + 1, since + 2])
  })

  it('tells nothing of another clinic', async () => {
    const follow = follower(harbor, await head(harbor))
    await tell(other, 1)
    await t.services.feed.look()
    expect(follow.got).toEqual([])
    follow.stop()
  })
})
