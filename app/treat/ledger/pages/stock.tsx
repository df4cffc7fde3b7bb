import { useLoaderData } from 'react-router'
import { guardedLoader } from '../../../platform/page.server.ts'
import { ButtonLink, EmptyState, Notice, PageHead } from '../../../ui/index.ts'
import { readStock } from '../../treat-access.ts'
import stockCss from '../stock.css?url'
import { loadStock, type StockPage } from '../stock-page.server.ts'
import { LotStateChip, StandingList } from './lot-facts.tsx'

export function links() {
  return [{ rel: 'stylesheet', href: stockCss }]
}

export const handle = { width: 'wide' as const }

export const loader = guardedLoader(readStock, loadStock)

export function meta() {
  return [{ title: 'Stock' }]
}

const DONE: Readonly<Record<string, string>> = {
  received: 'Delivery taken into the stock.',
  moved: 'Moved.',
  waste: 'Waste recorded.',
  lose: 'Loss recorded. Theft or a significant loss is reported within one business day.',
  'send-back': 'Sending back recorded.',
  destroy: 'Destruction recorded.',
  return: 'Back in the safe.',
}

export default function Stock() {
  const page = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead
        title="Stock"
        lead="Controlled drugs by lot, first to expire first. What stands is worked out from every movement; no movement is ever changed or removed."
      />
      {page.done && DONE[page.done] && (
        <Notice state="calm" announce="status" title={DONE[page.done]}>
          {page.backTo && (
            <p>
              <a href={page.backTo}>Back to the session</a>
            </p>
          )}
        </Notice>
      )}
      <nav className="stock-actions screen-only" aria-label="What to do">
        {page.mayReceive && (
          <ButtonLink href="/work/stock/receive" kind="quiet" size="bedside">
            Receive
          </ButtonLink>
        )}
        {page.mayTakeOut && (
          <>
            <ButtonLink href="/work/stock/move" kind="quiet" size="bedside">
              Move
            </ButtonLink>
            <ButtonLink href="/work/stock/take-out" kind="quiet" size="bedside">
              Waste, take out
            </ButtonLink>
          </>
        )}
        <ButtonLink href="/work/stock/ledger" kind="quiet" size="bedside">
          Movements
        </ButtonLink>
        <ButtonLink href="/work/stock/day-sheet" kind="quiet" size="bedside">
          Day sheet
        </ButtonLink>
      </nav>
      {page.lots.length === 0 ? (
        <EmptyState title="Nothing in the stock">
          A lot stands here once a delivery of it was received.
        </EmptyState>
      ) : (
        <Lots page={page} />
      )}
      <p className="screen-only">
        {page.everything ? (
          <a href="/work/stock">Leave out what is used up</a>
        ) : (
          page.usedUp > 0 && <a href="/work/stock?all">Show the used up too: {page.usedUp}</a>
        )}
      </p>
    </>
  )
}

function Lots({ page }: { page: StockPage }) {
  return (
    <div className="lots">
      {page.lots.map((lot) => (
        <section className="lot" key={lot.id} aria-labelledby={`lot-${lot.id}`}>
          <div className="lot-head">
            <div>
              <h2 id={`lot-${lot.id}`}>
                <a href={`/work/stock/lots/${lot.id}`}>{lot.lotNumber}</a>
              </h2>
              <p className="lot-drug">
                {lot.drug} {lot.strength}
              </p>
              <p className="lot-until">
                Usable through {lot.expires} <LotStateChip lot={lot} />
              </p>
              {lot.recalled !== undefined && <p>Called back: {lot.recalled}</p>}
            </div>
            <p className="lot-figure">
              {lot.left} <small>{lot.mg}</small>
            </p>
          </div>
          <StandingList lot={lot} mayTakeOut={page.mayTakeOut} />
        </section>
      ))}
    </div>
  )
}
