import { useLoaderData } from 'react-router'
import { guardedLoader } from '../../../platform/page.server.ts'
import {
  Breadcrumb,
  Button,
  ButtonLink,
  DateField,
  EmptyState,
  ErrorSummary,
  FormActions,
  Notice,
  PageHead,
  Pager,
  SelectField,
} from '../../../ui/index.ts'
import { readStock } from '../../treat-access.ts'
import { loadMovements, type MovementsPage } from '../movements-page.server.ts'
import stockCss from '../stock.css?url'
import { MovementTable } from './movement-table.tsx'

export function links() {
  return [{ rel: 'stylesheet', href: stockCss }]
}

export const handle = { width: 'wide' as const }

export const loader = guardedLoader(readStock, loadMovements)

export function meta() {
  return [{ title: 'Movements' }]
}

export default function Movements() {
  const page = useLoaderData<typeof loader>()
  const [newest, oldest] = [page.rows.at(0)?.seq, page.rows.at(-1)?.seq]
  return (
    <>
      <PageHead
        breadcrumb={<Breadcrumb items={[{ href: '/work/stock', label: 'Stock' }]} />}
        title="Movements"
        lead="Every line takes from one place and puts into another, so that nothing can be gone without a line. Newest first, by their number in the ledger."
      />
      <ErrorSummary
        errors={Object.entries(page.problems).map(([fieldId, message]) => ({ fieldId, message }))}
        title="Not narrowed by this"
        kept="Everything else holds."
      />
      {page.standing.wrong.map(({ state, title, text }) => (
        <Notice key={title} state={state} title={title}>
          <p>{text}</p>
        </Notice>
      ))}
      {page.standing.line && <p className="soft">{page.standing.line}</p>}
      <Filters page={page} />
      <MovementTable
        caption={page.narrowed ? 'Movements that fit' : 'Movements'}
        rows={page.rows}
        empty={
          <EmptyState title={page.narrowed ? 'No movement fits' : 'No movements yet'}>
            {page.narrowed
              ? 'Widen the days or leave something out.'
              : 'Each delivery, dose and waste is a line here.'}
          </EmptyState>
        }
      />
      {(page.nextHref || page.firstHref) && (
        <Pager
          position={newest === undefined ? 'No more' : `Numbers ${newest} to ${oldest}`}
          previousHref={page.firstHref}
          previousLabel="Newest"
          nextHref={page.nextHref}
          nextLabel="Older"
        />
      )}
      <p className="screen-only">
        <a href="/work/stock/before-the-ledger">What was recorded before there was a ledger</a>
      </p>
    </>
  )
}

function Filters({ page }: { page: MovementsPage }) {
  const { asked, days, problems } = page
  const field = (name: keyof MovementsPage['asked']) => ({
    name,
    // A field for a day shows nothing else than a day; the message says what was asked for.
    defaultValue: name === 'from' || name === 'to' ? days[name] : asked[name],
    error: problems[name],
  })
  const any = (label: string, options: MovementsPage['lots']) => [{ value: '', label }, ...options]
  return (
    <form method="get" className="movement-filters screen-only" noValidate>
      <DateField {...field('from')} label="From" />
      <DateField {...field('to')} label="Through" />
      <SelectField {...field('lot')} label="Lot" options={any('Every lot', page.lots)} />
      <SelectField {...field('kind')} label="What" options={any('Everything', page.kinds)} />
      <SelectField
        {...field('person')}
        label="Recorded or witnessed by"
        options={any('Everybody', page.people)}
      />
      {asked.session && (
        <>
          <input type="hidden" name="session" id="session" value={asked.session} />
          <p>Of one session only.</p>
        </>
      )}
      <FormActions>
        <Button kind="quiet">Show</Button>
        {page.narrowed && (
          <ButtonLink href="/work/stock/ledger" kind="plain">
            Show everything
          </ButtonLink>
        )}
      </FormActions>
    </form>
  )
}
