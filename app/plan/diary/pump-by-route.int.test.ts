import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { adoptProtocol } from '../../../tests/database/adopted-protocol.ts'
import { makeAssessedPerson } from '../../../tests/database/eligible-person.ts'
import {
  anId,
  look,
  makeClinic,
  must,
  openTestDatabase,
  type TestClinic,
  type TestDatabase,
} from '../../../tests/database/test-clinic.ts'
import { runCommand } from '../../platform/command.server.ts'
import { addMs, DAY_MS, type Instant, parseInstant } from '../../platform/time.ts'
import { addChair, bookSeries, createPlan, planById } from '../index.server.ts'
import type { ChairId, PlanId } from '../plan.ts'
import { DOSING } from './appointment-type.ts'
import { entryById } from './entry-queries.server.ts'
import { findSeries } from './find-series.server.ts'
import { loadDiary } from './load-diary.server.ts'
import { moveAppointment } from './move-appointment.server.ts'
import { saveAppointmentType } from './save-appointment-type.server.ts'
import { rulesOfPlan } from './session-rules.ts'
import { addEquipment } from './set-resources.server.ts'

/** A clinic whose dosing visits ask for a pump, and which has one. */
let t: TestDatabase
let harbor: TestClinic
const at = parseInstant('2026-12-07T15:00:00Z')

beforeAll(async () => {
  t = await openTestDatabase()
  harbor = await makeClinic(t.services, 'harbor')
  await adoptProtocol(t.services, harbor, 'esk-trd')
  const { manager } = harbor.as
  await must(
    runCommand(t.services, manager, addEquipment, {
      key: anId<'equipment'>(t.services),
      kind: 'infusion-pump',
      name: 'Pump 1',
    }),
  )
  const types = await look(
    t.services,
    manager,
    async ({ db, at }) => (await loadDiary(db, harbor.id, at)).types,
  )
  const dosing = types.find((type) => type.code === DOSING)!
  const needs = { ...dosing.needs, equipment: ['infusion-pump'] }
  await must(runCommand(t.services, manager, saveAppointmentType, { ...dosing, needs }))
})
afterAll(() => t.close())

async function planBy(protocolId: string) {
  const { assessmentId } = await makeAssessedPerson(t, harbor)
  const planId = anId<'plan'>(t.services)
  await must(
    runCommand(t.services, harbor.as.prescriber, createPlan, { key: planId, assessmentId, protocolId }),
  )
  const chairId = anId<'chair'>(t.services)
  await must(
    runCommand(t.services, harbor.as.manager, addChair, {
      key: chairId,
      roomName: `Room ${chairId}`,
      name: 'Chair',
      turnaroundMin: 15,
    }),
  )
  return { planId, chairId }
}
const book = ({ planId, chairId }: { planId: PlanId; chairId: ChairId }, startsAt: Instant) =>
  runCommand(t.services, harbor.as.coordinator, bookSeries, {
    key: anId<'series'>(t.services),
    planId,
    visits: [{ sessionNumber: 1, startsAt, chairId, nurseMembershipId: harbor.as.nurse.membershipId }],
  })
const equipmentOf = async (id: Parameters<typeof entryById>[2]) =>
  (await look(t.services, harbor.as.coordinator, ({ db }) => entryById(db, harbor.id, id)))!.equipment.map(
    ({ name }) => name,
  )
/** When the first session by a plan is found from `at` on, with any nurse and chair. */
const firstFound = (planId: PlanId) =>
  look(t.services, harbor.as.coordinator, async ({ db }) => {
    const plan = (await planById(db, harbor.id, planId))!
    const answer = await findSeries(db, harbor.id, {
      personId: plan.personId,
      rules: await rulesOfPlan(db, harbor.id, plan),
      sessions: [1],
      standing: [],
      from: at,
      time: undefined,
      chairId: undefined,
      nurseMembershipId: undefined,
    })
    return answer.ok ? answer.visits[0]! : undefined
  })

describe('a pump', () => {
  it('is held by an infusion, and by no spray: booked, found and moved', async () => {
    const infusion = await must(book(await planBy('aud-kare'), at))
    expect(await equipmentOf(infusion.appointments[0]!.id)).toEqual(['Pump 1'])

    const spray = await planBy('esk-trd')
    expect((await firstFound(spray.planId))?.with.equipment).toEqual([])
    const next = addMs(at, DAY_MS)
    const [visit] = (await must(book(spray, next))).appointments
    expect(await equipmentOf(visit!.id)).toEqual([])
    // The one pump is free beside the spray: only the nurse is not.
    expect(await book(await planBy('aud-kare'), next)).toMatchObject({
      reason: 'taken',
      detail: { resources: ['nurse'] },
    })
    await must(
      runCommand(t.services, harbor.as.coordinator, moveAppointment, {
        appointmentId: visit!.id,
        startsAt: addMs(at, 2 * DAY_MS),
      }),
    )
    expect(await equipmentOf(visit!.id)).toEqual([])
    expect((await firstFound((await planBy('aud-kare')).planId))?.with.equipment).toHaveLength(1)
  })
})
