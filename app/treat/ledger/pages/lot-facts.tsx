import { StateChip } from '../../../ui/index.ts'
import type { StockPage } from '../stock-page.server.ts'

type Lot = StockPage['lots'][number]

const STATES = {
  recalled: { state: 'unknown', word: 'called back, not used' },
  expired: { state: 'unknown', word: 'expired, not used' },
  soon: { state: 'due', word: 'expires soon, use first' },
  'in-date': { state: 'calm', word: 'in date' },
  'used-up': { state: 'calm', word: 'used up' },
} as const

/** Whether a lot may be used. */
export function LotStateChip({ lot }: { lot: Pick<Lot, 'state'> }) {
  return <StateChip {...STATES[lot.state]} />
}

/** What stands of a lot, place by place and vial by vial, with what can be done with each. */
export function StandingList({
  lot,
  mayMove,
  mayTakeOut,
}: {
  lot: Lot
  mayMove: boolean
  mayTakeOut: boolean
}) {
  if (lot.items.length === 0) return <p className="lot-nothing">Nothing of it stands here any more.</p>
  return (
    <ul className="lot-items">
      {lot.items.map((item) => (
        <li key={item.code}>
          <div className="lot-item-words">
            <span className="lot-item-what">{item.what}</span>
            <span className="lot-item-where">{item.where}</span>
            {item.draw && (
              <span className={item.draw.may ? 'lot-item-until' : 'lot-item-over'}>{item.draw.words}</span>
            )}
          </div>
          <span className="lot-item-figure">
            {item.amount} <small>{item.mg}</small>
          </span>
          {mayTakeOut && (
            <span className="lot-item-links screen-only">
              {mayMove && (
                <a href={`/work/stock/move?from=${encodeURIComponent(item.code)}`}>
                  Move
                  <span className="hidden">
                    {' '}
                    {item.what} of {lot.lotNumber}
                  </span>
                </a>
              )}
              <a href={`/work/stock/take-out?from=${encodeURIComponent(item.code)}`}>
                Take out
                <span className="hidden">
                  {' '}
                  {item.what} of {lot.lotNumber}
                </span>
              </a>
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}
