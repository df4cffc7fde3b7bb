import { useActionData, useLoaderData } from 'react-router'
import type { FormAnswer } from '../../../platform/form.ts'
import { guardedAction, guardedLoader } from '../../../platform/page.server.ts'
import { ButtonLink, EmptyState, Notice, PageHead, Section } from '../../../ui/index.ts'
import { noteAlert, readStock } from '../../treat-access.ts'
import alertCss from '../alerts/alert-list.css?url'
import { AlertList } from '../alerts/alert-list.tsx'
import { postLook } from '../alerts/note-alert.server.ts'
import { OpenDifferences } from '../counts/open-differences.tsx'
import stockCss from '../stock.css?url'
import { loadStock, type StockPage } from '../stock-page.server.ts'
import { OwnWaitingNotice } from '../witness-request/own-waiting.tsx'
import { LotStateChip, StandingList } from './lot-facts.tsx'

export function links() {
  return [
    { rel: 'stylesheet', href: alertCss },
    { rel: 'stylesheet', href: stockCss },
  ]
}

export const handle = { width: 'wide' as const }

export const loader = guardedLoader(readStock, loadStock)

export const action = guardedAction({ look: [noteAlert, postLook] })

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
  looked: 'Noted. It stays below as looked at, until something is added to it.',
  'waste-back': 'Waste set right: the ledger says given now, as the log does.',
}

export default function Stock() {
  const page = useLoaderData<typeof loader>()
  const answered = useActionData<typeof action>()
  const answer = answered && 'errors' in answered ? (answered as FormAnswer) : undefined
  const open = page.alerts.alerts.filter(({ looked }) => !looked)
  return (
    <>
      <PageHead
        title="Stock"
        lead="Controlled drugs by lot, first to expire first. What stands is worked out from every movement; no movement is ever changed or removed."
      />
      {page.done && DONE[page.done] && (
        <Notice state="calm" announce="status" title={page.moved ?? DONE[page.done]}>
          {page.backTo && (
            <p>
              <a href={page.backTo}>Back to the session</a>
            </p>
          )}
        </Notice>
      )}
      <OwnWaitingNotice waiting={page.waiting} />
      <OpenDifferences open={page.differences} />
      <nav className="stock-actions screen-only" aria-label="What to do">
        {page.mayReceive && (
          <ButtonLink href="/work/stock/receive" kind="quiet" size="bedside">
            Receive
          </ButtonLink>
        )}
        {page.mayMove && (
          <ButtonLink href="/work/stock/move" kind="quiet" size="bedside">
            Move
          </ButtonLink>
        )}
        {page.mayTakeOut && (
          <ButtonLink href="/work/stock/take-out" kind="quiet" size="bedside">
            Waste, loss
          </ButtonLink>
        )}
        {page.mayCount && (
          <ButtonLink href="/work/stock/counts" kind="quiet" size="bedside">
            Count
          </ButtonLink>
        )}
        <ButtonLink href="/work/stock/ledger" kind="quiet" size="bedside">
          Movements
        </ButtonLink>
      </nav>
      {open.length > 0 && (
        <Notice
          state={open.some(({ severity }) => severity === 'red') ? 'red' : 'due'}
          title={open.length === 1 ? 'One thing to ask about' : `${open.length} things to ask about`}
        >
          <ul>
            {open.map(({ key, title }) => (
              <li key={key}>
                <a href="#ask">{title}</a>
              </li>
            ))}
          </ul>
        </Notice>
      )}
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
      <div id="ask">
        <Section title="Worth asking about">
          <AlertList
            {...page.alerts}
            openDifferences={page.differences.length}
            lookKey={page.lookKey}
            answer={answer}
          />
        </Section>
      </div>
      <div className="screen-only">
        <Section title="Papers and rules">
          <ul className="stock-papers">
            {papers(page).map(({ href, label }) => (
              <li key={href}>
                <a href={href}>{label}</a>
              </li>
            ))}
          </ul>
        </Section>
      </div>
    </>
  )
}

/** What belongs to the stock and is not asked for every day. */
function papers(page: StockPage) {
  return [
    { href: '/work/stock/discrepancies', label: 'Differences that counts found' },
    { href: '/work/stock/inventory', label: 'Inventories' },
    { href: '/work/stock/day-sheet', label: 'Day sheet for a power cut' },
    ...(page.mayEnterPaper
      ? [{ href: '/work/stock/from-paper', label: 'Enter what was written on paper' }]
      : []),
    ...(page.mayInspect ? [{ href: '/work/stock/inspector', label: 'For an inspector' }] : []),
    { href: '/work/stock/settings', label: 'How the ledger is kept' },
    { href: '/work/stock/before-the-ledger', label: 'Before the ledger' },
  ]
}

function Lots({ page }: { page: StockPage }) {
  return (
    <div className="lots">
      {page.lots.map((lot) => (
        <article className="lot" key={lot.id} aria-labelledby={`lot-${lot.id}`}>
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
          <StandingList lot={lot} mayMove={page.mayMove} mayTakeOut={page.mayTakeOut} />
        </article>
      ))}
    </div>
  )
}
