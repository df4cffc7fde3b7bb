import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ClinicId } from '../app/platform/ids.ts'
import { openTestDatabase, type TestDatabase } from '../tests/database/test-clinic.ts'
import { type BetweenProcesses, betweenProcesses, type Notice } from './between-processes.ts'

let t: TestDatabase
const open: BetweenProcesses[] = []
beforeAll(async () => {
  t = await openTestDatabase()
})
afterAll(async () => {
  for (const one of open) await one.stop()
  await t.close()
})

const clinicId = '11111111-1111-4111-8111-111111111111' as ClinicId
async function aProcess() {
  const heard: Notice[] = []
  const again = { times: 0 }
  const joined = await betweenProcesses(
    t.owner,
    (notice) => heard.push(notice),
    () => {},
    () => {
      again.times += 1
    },
  )
  open.push(joined)
  return { heard, again, ...joined }
}
const until = async (enough: () => boolean) => {
  const end = performance.now() + 5_000
  while (!enough() && performance.now() < end) await new Promise((done) => setTimeout(done, 5))
}

it('tells the other processes, not itself, what there is to read, however much it is', async () => {
  const [one, two] = [await aProcess(), await aProcess()]
  const ids = Array.from({ length: 400 }, (_, i) => `22222222-2222-4222-8222-${String(i).padStart(12, '0')}`)
  one.say({ clinicId, sessions: ids })
  one.say({ clinicId, sessions: ids.slice(0, 3) })
  one.say({ clinicId, feed: true })
  await until(() => two.heard.flatMap(({ sessions = [] }) => sessions).length >= 400)
  expect(new Set(two.heard.flatMap(({ sessions = [] }) => sessions))).toEqual(new Set(ids))
  expect(two.heard.filter(({ feed }) => feed)).toEqual([{ clinicId, feed: true }])
  expect(one.heard).toEqual([])
})

it('listens again after its connection was cut, and says that something may have been missed', async () => {
  const [one, two] = [await aProcess(), await aProcess()]
  await t.owner.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen %' and datname = current_database()`,
  )
  const said = setInterval(() => one.say({ clinicId, feed: true }), 50)
  await until(() => two.heard.length > 0)
  clearInterval(said)
  expect(two.heard.length).toBeGreaterThan(0)
  await until(() => two.again.times > 0)
  expect(two.again.times).toBe(1)
})
