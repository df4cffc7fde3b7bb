import * as z from 'zod'
import { accountNames } from '../../identity/index.server.ts'
import { chairs } from '../../plan/index.server.ts'
import { mayDo } from '../../platform/access.ts'
import { runCommand, runQuery } from '../../platform/command.server.ts'
import { type FormAnswer, formProblem, parseForm } from '../../platform/form.ts'
import { parseId } from '../../platform/ids.ts'
import { goTo, notFound, type PageArgs } from '../../platform/page.server.ts'
import { momentInWords, msBetween } from '../../platform/time.ts'
import { addMonitor as addAction, placeMonitor as placeAction, readMonitors } from '../treat-access.ts'
import type { Unassigned } from './device.ts'
import { addMonitor, placeMonitor, renewMonitorKey, revokeMonitorKeys } from './manage-devices.server.ts'
import {
  deviceKeys,
  lastHeard,
  monitorDevices,
  placements,
  unassignedValues,
} from './monitor-queries.server.ts'

const WHY_WORDS: Readonly<Record<Unassigned, string>> = {
  'no-chair': 'while it stood at no chair',
  'no-session': 'while no session ran at its chair',
  'clock-ahead': 'dated in the future: its clock is wrong',
}

/** Devices with their chairs, when they were last heard, and what came that belongs to no session. */
export async function loadMonitors({ services, actor, clinic }: PageArgs) {
  return runQuery(services, actor, async ({ db, at, audit }) => {
    audit.read(readMonitors.id, { object: 'monitors' })
    const devices = await monitorDevices(db, clinic.id)
    const keys = (await deviceKeys(db, clinic.id)).filter(({ revokedAt }) => !revokedAt)
    const standing = await placements(db, clinic.id)
    const heard = await lastHeard(
      db,
      clinic.id,
      devices.map(({ id }) => id),
    )
    const unassigned = await unassignedValues(db, clinic.id)
    const names = await accountNames(
      db,
      keys.map(({ madeBy }) => madeBy),
    )
    const seats = (await chairs(db, clinic.id)).map(({ id, roomName, name }) => ({
      id: id as string,
      name: `${roomName}, ${name}`,
    }))
    return {
      devices: devices.map((device) => {
        const key = keys.find(({ deviceId }) => deviceId === device.id)
        const chairId = standing.findLast(({ deviceId }) => deviceId === device.id)?.chairId
        const last = heard.get(device.id)
        return {
          id: device.id as string,
          name: device.name,
          wireName: device.wireName,
          chairId: (chairId ?? '') as string,
          chair: chairId && (seats.find(({ id }) => id === chairId)?.name ?? 'a chair no longer in use'),
          key: key && {
            made: momentInWords(key.madeAt, clinic.timeZone),
            by: names.get(key.madeBy) ?? 'unknown',
          },
          heard: last && momentInWords(last, clinic.timeZone),
          silentS: last && Math.max(0, Math.floor(msBetween(last, at) / 1000)),
          unassigned: unassigned
            .filter(({ deviceId }) => deviceId === device.id)
            .map(({ why, values }) => `${values} values ${WHY_WORDS[why]}`),
          nextKey: services.ids.next(),
        }
      }),
      chairs: seats,
      newKey: services.ids.next(),
      mayAdd: mayDo(actor, addAction),
      mayPlace: mayDo(actor, placeAction),
    }
  })
}

const deviceForm = z.object({
  name: z.string({ error: 'Name the monitor.' }).max(80, 'Keep the name under 80 characters.'),
  wireName: z
    .string({ error: 'Enter what it calls itself, such as monitor-1.' })
    .regex(
      /^[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}$/,
      'Letters, figures and . _ : - only, at most 64, such as monitor-1.',
    ),
})

/** What a page says once: a key that was just made. It stands in the answer to the form and in no address. */
export type MadeKey = { readonly madeKey: { readonly device: string; readonly secret: string | undefined } }

type Posted = PageArgs & { readonly form: FormData }

export async function add(page: Posted): Promise<FormAnswer | MadeKey> {
  const parsed = parseForm(deviceForm, page.form)
  if (!parsed.ok) return parsed.answer
  const key = parseId<'monitor-device'>(page.form.get('key')) ?? notFound()
  const outcome = await runCommand(page.services, page.actor, addMonitor, { key, ...parsed.value })
  if (outcome.ok) return { madeKey: { device: parsed.value.name, secret: outcome.value.secret } }
  return formProblem(page.form, { wireName: 'There is a monitor of this name already.' })
}

export async function renew(page: Posted): Promise<FormAnswer | MadeKey> {
  const deviceId = parseId<'monitor-device'>(page.form.get('deviceId')) ?? notFound()
  const key = parseId<'monitor-key'>(page.form.get('key')) ?? notFound()
  const outcome = await runCommand(page.services, page.actor, renewMonitorKey, { deviceId, key })
  if (!outcome.ok) notFound()
  return { madeKey: { device: String(page.form.get('name') ?? ''), secret: outcome.value.secret } }
}

export async function revoke(page: Posted): Promise<Response> {
  const deviceId = parseId<'monitor-device'>(page.form.get('deviceId')) ?? notFound()
  const outcome = await runCommand(page.services, page.actor, revokeMonitorKeys, { deviceId })
  return outcome.ok ? goTo('/work/monitors') : notFound()
}

export async function place(page: Posted): Promise<FormAnswer | Response> {
  const deviceId = parseId<'monitor-device'>(page.form.get('deviceId')) ?? notFound()
  const chairId = parseId<'chair'>(page.form.get('chairId'))
  const outcome = await runCommand(page.services, page.actor, placeMonitor, { deviceId, chairId })
  if (outcome.ok) return goTo('/work/monitors')
  if (outcome.reason === 'no-such-device') notFound()
  return formProblem(page.form, { chairId: 'This chair is no longer in use. Choose another.' })
}
