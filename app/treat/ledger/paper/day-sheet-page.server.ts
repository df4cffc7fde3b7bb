import { runQuery } from '../../../platform/command.server.ts'
import type { PageArgs } from '../../../platform/page.server.ts'
import { momentInWords } from '../../../platform/time.ts'
import { readStock } from '../../treat-access.ts'
import { type Place, placeCode, SAFE } from '../movement.ts'
import { placeInWords } from '../movement-words.ts'
import { standingNow } from '../standing-now.server.ts'
import { strengthInWords } from '../standing-stock.ts'
import type { DaySheet } from './day-sheet.ts'
import { chainEnd } from './paper-queries.server.ts'
import { sheetNumber } from './sheet-number.ts'

/** The sheet of one place, the safe unless another is asked for, and the other places there are sheets of. */
export async function loadDaySheet({ services, actor, clinic, url }: PageArgs) {
  return runQuery(services, actor, async ({ db, at, audit }) => {
    audit.read(readStock.id, { object: 'day-sheet' })
    const stock = await standingNow({ db, at }, clinic)
    const places: Place[] = [
      SAFE,
      ...[...stock.facts.cabinets.keys()].map((id) => ({ at: 'cabinet', id }) as const),
    ]
    const asked = url.searchParams.get('place')
    const place = places.find((each) => placeCode(each) === asked) ?? SAFE
    const name = (each: Place) => sentence(placeInWords(each, stock.facts.cabinets))
    const sheet: DaySheet = {
      clinic: clinic.name,
      place: name(place),
      number: sheetNumber(await chainEnd(db, clinic.id)),
      made: at,
      printed: momentInWords(at, clinic.timeZone),
      printedBy: actor.kind === 'member' ? actor.name : 'unknown',
      stands: stock.items.flatMap((item) => {
        const lot = stock.lots.find(({ id }) => id === item.lotId)!
        return placeCode(item.from.place) === placeCode(place)
          ? [
              {
                lot: `${lot.lotNumber}, ${lot.drug} ${strengthInWords(lot)}`,
                what: item.what,
                amount: item.amount,
              },
            ]
          : []
      }),
    }
    return {
      sheet,
      places: places.map((each) => ({ code: placeCode(each), name: name(each), here: each === place })),
    }
  })
}

const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
