import { clinicById } from '../app/identity/index.server.ts'
import type { Member } from '../app/platform/actor.ts'
import { runQuery } from '../app/platform/command.server.ts'
import {
  beginCount,
  countInWork,
  digestOf,
  draftInventory,
  enterSheet,
  ledgerEnd,
  signInventory,
} from '../app/treat/index.server.ts'
import { type CountLine, itemsAt, lotsOwedBy, SAFE } from '../app/treat/index.ts'
import { act, type World } from './world.ts'

/** What one vial has less than the ledger says, so that the demonstration has a difference to look into. */
const MISSING_ML = 0.4

/**
 * The safe is counted by two nurses, who find a little less than the ledger has in one place; then the manager signs the initial
 * inventory with a nurse. Nothing happens in a clinic without stock or without two nurses.
 */
export async function countStock(world: World): Promise<void> {
  const { services, staff, zone } = world
  const [first, second] = staff.nurses
  const clinicId = staff.manager.clinicId
  if (!first || !second || !world.lot) return
  const { countId } = await act(world, first, beginCount, { key: services.ids.next(), place: SAFE })
  for (const nurse of [first, second]) {
    const { seenSeq, lines } = await runQuery(services, nurse, async ({ db }) => {
      const end = await ledgerEnd(db, clinicId)
      const work = (await countInWork(db, clinicId, countId, end))!
      const items = itemsAt(lotsOwedBy(work.state, nurse.accountId), work.ledger, SAFE, end)
      return { seenSeq: end, lines: items.map((item): CountLine => seen(item, work.ledger.atBegin)) }
    })
    const off = lines.findIndex(({ hundredths }) => hundredths >= MISSING_ML * 100)
    await act(world, nurse, enterSheet, {
      key: services.ids.next(),
      countId,
      seenSeq,
      lines: lines.map((line, i) => (i === off ? less(line) : line)),
      besides: '',
      stepUp: signedBy(world, nurse),
      timeZone: zone,
    })
  }
  const { clinic, shown } = await runQuery(services, staff.manager, async ({ db, at }) => {
    const profile = (await clinicById(db, clinicId))!
    return { clinic: profile, shown: digestOf(await draftInventory(db, profile, at)) }
  })
  await act(world, staff.manager, signInventory, {
    key: services.ids.next(),
    kind: 'initial',
    dayPart: 'close',
    shown,
    clinic,
    stepUp: signedBy(world, staff.manager),
    second: signedBy(world, first),
  })
}

const signedBy = (world: World, who: Member) => ({ accountId: who.accountId, at: world.table.now() })

/** What stands there by the ledger, as somebody who counts would write it: the mL of what is sealed are whole vials of 20 mL. */
function seen(
  item: Pick<CountLine, 'lotId' | 'container'>,
  standing: readonly { readonly lotId: string; readonly container?: string; readonly hundredths: number }[],
): CountLine {
  const hundredths =
    standing.find(({ lotId, container }) => lotId === item.lotId && container === item.container)
      ?.hundredths ?? 0
  if (item.container) return { ...item, openedHundredths: hundredths, hundredths }
  const sealed = Math.floor(hundredths / 2000)
  return { ...item, sealed, openedHundredths: hundredths - sealed * 2000, hundredths }
}

function less(line: CountLine): CountLine {
  const missing = Math.round(MISSING_ML * 100)
  if (line.container) {
    const hundredths = line.hundredths - missing
    return { ...line, openedHundredths: hundredths, hundredths }
  }
  return { ...line, sealed: line.sealed! - 1, hundredths: line.hundredths - 2000 }
}
