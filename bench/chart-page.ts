import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { clinicFigure } from '../app/measure/clinic/clinic-figure.ts'
import { type OutcomeFacts, outcomeCourses } from '../app/measure/dataset/outcome-course.ts'
import { countEvents, eventRows } from '../app/measure/dataset/outcome-rows.ts'
import type { PersonId } from '../app/platform/ids.ts'
import { addDays, parseLocalDate } from '../app/platform/time.ts'
import { buildIfChanged } from '../scripts/build.ts'
import { startClinic } from '../tests/journeys/clinic-process.ts'
import { type Measure, median, quantile, timed } from './figure.ts'
import { generateCohort } from './gen.ts'

const PEOPLE = 20_000
const CHECK_INS_EACH = 25
const FIRST_DAY = parseLocalDate('2025-01-06')

/** The chart page: from facts to a figure for many people, and the whole page of the demonstration clinic over HTTP. */
export const measure: Measure = async ({ smoke }) => {
  const people = smoke ? 200 : PEOPLE
  const facts = inventedFacts(people)
  const today = addDays(FIRST_DAY, 500)
  const computed = await timed(
    smoke ? 1 : 9,
    () => clinicFigure(countEvents(eventRows('time-to-first-use', outcomeCourses(facts), today)), 'bench'),
    smoke ? 0 : 2,
  )

  await buildIfChanged()
  const folder = mkdtempSync(join(tmpdir(), 'evenkeel-bench-'))
  chmodSync(folder, 0o755)
  const clinic = await startClinic(folder)
  try {
    const cookie = await signIn(clinic.url, 'prescriber@example.org', clinic.said)
    const page = async () => {
      const response = await fetch(`${clinic.url}/work/measure`, { headers: { cookie } })
      const html = await response.text()
      if (!response.ok || !html.includes('<svg')) throw new Error(`no chart on the page: ${response.status}`)
    }
    const asked = await timed(smoke ? 3 : 100, page, smoke ? 1 : 10)
    const plain = await timed(
      smoke ? 3 : 100,
      async () => (await fetch(`${clinic.url}/sign-in`)).text(),
      smoke ? 1 : 10,
    )
    const peer = (share: number) => ({ name: 'the sign-in page', value: quantile(plain, share) })
    return [
      {
        name: 'facts to figure',
        unit: 'ms',
        ours: median(computed),
        how: `${people} people, ${people * CHECK_INS_EACH} check-ins, in memory, median of ${computed.length}`,
      },
      {
        name: 'chart page p50',
        unit: 'ms',
        ours: quantile(asked, 0.5),
        peer: peer(0.5),
        how: `/work/measure of the demonstration clinic, ${asked.length} requests one after another`,
      },
      {
        name: 'chart page p99',
        unit: 'ms',
        ours: quantile(asked, 0.99),
        peer: peer(0.99),
        how: 'the same requests',
      },
    ]
  } finally {
    await clinic.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Everybody's first dose on one day, then evenly spread check-ins that say no until the generated event. */
function inventedFacts(people: number): OutcomeFacts {
  const cohort = generateCohort(people, 7)
  const days = Array.from({ length: 366 }, (_, day) => addDays(FIRST_DAY, day))
  const checkIns: OutcomeFacts['checkIns'][number][] = []
  const doses: OutcomeFacts['doses'][number][] = []
  for (let row = 0; row < people; row++) {
    const personId = `person ${row}` as PersonId
    doses.push({ personId, day: FIRST_DAY, plannedBy: null })
    for (let entry = 1; entry <= CHECK_INS_EACH; entry++) {
      const day = Math.min(365, Math.ceil((entry * cohort.time[row]!) / CHECK_INS_EACH))
      const last = entry === CHECK_INS_EACH && cohort.event[row] === 1
      checkIns.push({ personId, forDate: days[day]!, used: last ? 'yes' : 'no', craving0to10: null })
    }
  }
  return { doses, checkIns, calendarDays: [] }
}

async function signIn(url: string, email: string, said: () => string): Promise<string> {
  // The door is open a moment before the words about it have come through.
  let password: string | undefined
  for (let tries = 0; !password && tries < 200; tries++) {
    password = /with the password (\S+)/.exec(said())?.[1]
    if (!password) await setTimeout(50)
  }
  if (!password) throw new Error(`no password was told:\n${said()}`)
  const response = await fetch(`${url}/sign-in`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: url },
    body: new URLSearchParams({ intent: 'sign-in', email, password }),
  })
  const cookie = response.headers.get('set-cookie')?.split(';')[0]
  if (!cookie) throw new Error(`could not sign in: ${response.status}`)
  return cookie
}
