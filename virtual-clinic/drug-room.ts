import type { Member } from '../app/platform/actor.ts'
import { runQuery } from '../app/platform/command.server.ts'
import { addDays, localDateOf } from '../app/platform/time.ts'
import {
  askWitness,
  lots,
  movementsOfSession,
  openedVials,
  type ReceivedStock,
  signRequest,
  takeOut,
} from '../app/treat/index.server.ts'
import { type LotId, type SessionId, sessionLedger, type TakenFrom } from '../app/treat/index.ts'
import { act, type World } from './world.ts'

const VIAL_ML = 20
/** How long the clinic of the story draws from an opened vial, as the ledger's default has it. */
const OPENED_VIAL_MS = 6 * 3_600_000

/**
 * The lot a dose is drawn from. What is left in vials opened too long ago is wasted before a witness; a delivery of ten vials
 * comes when less than a session's worth may still be drawn.
 */
export async function stockFor(world: World, neededMl: number): Promise<LotId> {
  const { lot: used } = world
  if (used) {
    const { lot, opened } = await runQuery(world.services, world.staff.manager, async ({ db, actor }) => ({
      lot: (await lots(db, actor.clinicId)).find(({ id }) => id === used.id),
      opened: await openedVials(db, actor.clinicId, [used.id]),
    }))
    if (!lot) throw new Error('the lot in use is not there')
    const now = Date.parse(world.table.now())
    let drawable = 0
    for (const { place, container, hundredths } of lot.standing) {
      const vial = opened.find(({ id }) => id === container)
      if (!vial || Date.parse(vial.openedAt) >= now - OPENED_VIAL_MS) {
        drawable += hundredths
        continue
      }
      const from = { place, container: vial.id } as TakenFrom
      await waste(
        world,
        world.staff.nurses[0]!,
        used.id,
        from,
        hundredths,
        `Vial ${vial.number}, open for too long`,
      )
    }
    if (drawable >= Math.round(neededMl * 100)) return used.id
  }
  const lotId = world.services.ids.next<'drug-lot'>()
  const input: ReceivedStock = {
    key: lotId,
    drug: 'Ketamine hydrochloride',
    lotNumber: `DEMO-${world.table.now().slice(2, 10).replaceAll('-', '')}`,
    concentrationMgPerMl: 10,
    containerMl: VIAL_ML,
    containers: 10,
    expiresOn: addDays(localDateOf(world.table.now(), world.zone), 540),
    supplier: 'Invented wholesaler',
    invoice: `INV-${world.table.now().slice(2, 10).replaceAll('-', '')}`,
    reason: 'Ten vials, seals whole',
  }
  // A nurse sees it and signs on a device of their own.
  const { requestId, shown } = await act(world, world.staff.manager, askWitness, { act: 'receive', input })
  const [nurse] = world.staff.nurses
  if (!nurse) throw new Error('nobody is there to witness')
  await act(world, nurse, signRequest, {
    requestId,
    shown,
    key: world.services.ids.next(),
    stepUp: { accountId: nurse.accountId, at: world.table.now() },
  })
  world.lot = { id: lotId }
  return lotId
}

/** What is left in the syringe after the dose is wasted, before the note is signed. */
export async function emptySyringe(world: World, nurse: Member, sessionId: SessionId): Promise<void> {
  const drug = await runQuery(world.services, nurse, async ({ db, actor }) =>
    sessionLedger(sessionId, await movementsOfSession(db, actor.clinicId, sessionId)),
  )
  for (const { lotId, inSyringe } of drug) {
    const from = { place: { at: 'syringe', id: sessionId } } as const
    if (inSyringe > 0) await waste(world, nurse, lotId, from, inSyringe, 'Left in the syringe')
  }
}

async function waste(
  world: World,
  nurse: Member,
  lotId: LotId,
  from: TakenFrom,
  hundredths: number,
  reason: string,
): Promise<void> {
  const second = world.staff.nurses.find(({ accountId }) => accountId !== nurse.accountId)
  if (!second) throw new Error('nobody is there to witness')
  await act(world, nurse, takeOut, {
    key: world.services.ids.next(),
    kind: 'waste',
    lotId,
    from,
    hundredths,
    reason,
    witness: { accountId: second.accountId, at: world.table.now() },
  })
}
