import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { migrate, readMigrations } from '../../../server/migrate.ts'
import { withDatabase } from '../../../tests/database/global-setup.ts'
import { openTestDatabase, type TestDatabase } from '../../../tests/database/test-clinic.ts'

let t: TestDatabase
beforeAll(async () => {
  t = await openTestDatabase()
})
afterAll(() => t.close())

it('what was booked before is held after: person, chair with its turnaround, nurse; rooms are made of their names', async () => {
  const name = `${t.settings.database}_before`
  await t.owner.query(`create database ${name}`)
  const pool = new pg.Pool({ ...withDatabase(t.settings, name), max: 1 })
  await migrate(
    pool,
    readMigrations().filter((m) => m.name < '0023'),
  )
  const [clinic, person, nurse, one, two] = Array.from({ length: 5 }, () => randomUUID())
  await pool.query(`insert into clinic (id, slug, profile, created_at) values ($1, 'before', '{}', now())`, [
    clinic,
  ])
  // Rows of other slices are left out: what they would say does not matter to what is copied.
  await pool.query(`set session_replication_role = replica`)
  for (const [id, room, chair] of [
    [one, 'Harbor', 'A'],
    [two, 'Harbor', 'B'],
  ])
    await pool.query(
      `insert into infusion_chair (clinic_id, id, room_name, name, turnaround_min, created_at) values ($1, $2, $3, $4, 15, now())`,
      [clinic, id, room, chair],
    )
  const appointment = async (number: number, day: string, cancelled: boolean) => {
    const id = randomUUID()
    await pool.query(
      `insert into diary_appointment (clinic_id, id, series_id, plan_id, person_id, session_number, starts_at, ends_at,
         chair_id, chair_until, nurse_membership_id, booked_at, cancelled_at, cancel_reason)
       values ($1, $2, $3, $3, $4, $5, $6::date + time '14:00' at time zone 'UTC', $6::date + time '17:00' at time zone 'UTC',
         $7, $6::date + time '17:15' at time zone 'UTC', $8, now(), $9, $10)`,
      [
        clinic,
        id,
        randomUUID(),
        person,
        number,
        day,
        one,
        nurse,
        cancelled ? '2026-11-01T00:00:00Z' : null,
        cancelled ? 'other' : null,
      ],
    )
    return id
  }
  const booked = await appointment(1, '2026-12-01', false)
  const cancelled = await appointment(2, '2026-12-08', true)
  await pool.query(`set session_replication_role = origin`)
  await migrate(pool)
  const rooms = await pool.query('select name, kind from clinic_room')
  expect(rooms.rows).toEqual([{ name: 'Harbor', kind: 'dosing' }])
  const holds = await pool.query(
    `select appointment_id, resource_kind, resource_id, held_from, held_until, live, part from diary_hold order by held_from, resource_kind`,
  )
  const on = (day: string, time: string) => `${day}T${time}:00.000Z`
  const expected = (id: string, day: string, live: boolean) =>
    [
      ['chair', one, '17:15', null],
      ['person', person, '17:00', null],
      ['staff', nurse, '17:00', 'nurse'],
    ].map(([resource_kind, resource_id, until, part]) => ({
      appointment_id: id,
      resource_kind,
      resource_id,
      held_from: on(day, '14:00'),
      held_until: on(day, until!),
      live,
      part,
    }))
  expect(holds.rows).toEqual([
    ...expected(booked, '2026-12-01', true),
    ...expected(cancelled, '2026-12-08', false),
  ])
  await pool.end()
  await t.owner.query(`drop database ${name}`)
})
