import { useLoaderData } from 'react-router'
import { mayDo } from '../../../../platform/access.ts'
import { guardedLoader } from '../../../../platform/page.server.ts'
import { Breadcrumb, ButtonLink, DataTable, PageHead } from '../../../../ui/index.ts'
import { readStock, recordFromPaper } from '../../../treat-access.ts'
import { blankLines, SHEET_COLUMNS, SHEET_RULES } from '../day-sheet.ts'
import { loadDaySheet } from '../day-sheet-page.server.ts'
import paperCss from '../paper.css?url'

export const handle = { hydrate: false }

export function links() {
  return [{ rel: 'stylesheet', href: paperCss }]
}

export const loader = guardedLoader(readStock, async (page) => ({
  ...(await loadDaySheet(page)),
  mayEnter: mayDo(page.actor, recordFromPaper),
}))

export function meta() {
  return [{ title: 'Day sheet' }]
}

export default function DaySheetPage() {
  const { sheet, places, mayEnter } = useLoaderData<typeof loader>()
  const here = places.find((place) => place.here)
  const lines = Array.from({ length: blankLines(sheet.stands) }, (_, line) => line)
  return (
    <div className="paper-sheet">
      <PageHead
        breadcrumb={<Breadcrumb items={[{ href: '/work/stock', label: 'Stock' }]} />}
        kicker={sheet.clinic}
        title={`Day sheet: ${sheet.place}`}
        lead={
          <>
            Sheet <strong className="paper-number">{sheet.number}</strong>, printed {sheet.printed} by{' '}
            {sheet.printedBy}.
          </>
        }
        actions={
          <>
            <ButtonLink href={`/work/stock/day-sheet.pdf?place=${here?.code}`} kind="quiet">
              As PDF
            </ButtonLink>
            {mayEnter && (
              <ButtonLink href="/work/stock/from-paper" kind="quiet">
                Enter from paper
              </ButtonLink>
            )}
          </>
        }
      />
      <p className="paper-how screen-only">
        Print it each morning and keep it by the safe. When there is no power, work goes on with it; its
        number joins the paper to the ledger as it stood.
      </p>
      {places.length > 1 && (
        <nav className="paper-places screen-only" aria-label="Sheets of other places">
          {places.map(({ code, name, here: current }) => (
            <a
              key={code}
              href={`/work/stock/day-sheet?place=${code}`}
              aria-current={current ? 'page' : undefined}
            >
              {name}
            </a>
          ))}
        </nav>
      )}
      <DataTable
        caption="Stands here by the ledger as this is printed"
        rows={sheet.stands.map((row, index) => ({ ...row, index }))}
        rowKey={(row) => String(row.index)}
        phone="stack"
        empty={<p>By the ledger nothing stood here when this was printed.</p>}
        columns={[
          { key: 'lot', head: 'Lot', names: true, cell: (row) => row.lot },
          { key: 'what', head: 'What', cell: (row) => row.what },
          { key: 'amount', head: 'Amount', align: 'figure', cell: (row) => row.amount },
        ]}
      />
      <ul className="paper-rules">
        {SHEET_RULES.map((rule) => (
          <li key={rule}>{rule}</li>
        ))}
      </ul>
      <p className="paper-lines-note">On paper {lines.length} empty lines follow.</p>
      <table className="paper-lines">
        <caption>Written by hand while there is no power. Date:</caption>
        <thead>
          <tr>
            {SHEET_COLUMNS.map(({ title }) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line}>
              {SHEET_COLUMNS.map(({ title }) => (
                <td key={title} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
