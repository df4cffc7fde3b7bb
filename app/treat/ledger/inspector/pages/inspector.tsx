import { useLoaderData } from 'react-router'
import { guardedLoader } from '../../../../platform/page.server.ts'
import type { PageHandle } from '../../../../root.tsx'
import {
  Breadcrumb,
  Button,
  DataTable,
  DateField,
  EmptyState,
  ErrorSummary,
  FormActions,
  Notice,
  PageHead,
  Section,
  SelectField,
  TextField,
} from '../../../../ui/index.ts'
import { readForInspector } from '../../../treat-access.ts'
import inspectorCss from '../inspector.css?url'
import { type InspectorPage, loadInspector } from '../inspector-page.server.ts'

export function links() {
  return [{ rel: 'stylesheet', href: inspectorCss }]
}

export const handle: PageHandle = { width: 'wide' }

export const loader = guardedLoader(readForInspector, loadInspector)

export function meta() {
  return [{ title: 'For an inspector' }]
}

export default function Inspector() {
  const page = useLoaderData<typeof loader>()
  const field = (name: keyof typeof page.typed) => ({
    name,
    defaultValue: page.typed[name],
    error: page.errors[name],
  })
  return (
    <>
      <PageHead
        breadcrumb={<Breadcrumb items={[{ href: '/work/stock', label: 'Stock' }]} />}
        title="For an inspector"
        lead={page.isRead ? `${page.clinic}. ${page.range}, drawn ${page.printed}.` : `${page.clinic}.`}
      />
      <ErrorSummary
        errors={Object.entries(page.errors).map(([fieldId, message]) => ({ fieldId, message }))}
        title="Nothing is shown yet"
        kept="Mend this, and ask again."
      />
      <p className="inspector-reach">
        {page.begins ? `The ledger reaches back to ${page.begins}` : 'The ledger has no movement yet'}; what
        was recorded before it is under <a href="/work/stock/before-the-ledger">before the ledger</a>. Records
        are kept for {page.keepYears} years here; two years, ready for inspection, is the federal floor (21
        CFR 1304.04) [S], and a state may ask for longer.
      </p>
      <form method="get" className="screen-only">
        <div className="inspector-filter">
          <DateField {...field('from')} label="From" />
          <DateField {...field('to')} label="To" />
          <SelectField
            {...field('lot')}
            label="Lot"
            options={[{ value: '', label: 'All lots' }, ...page.lots]}
          />
          <SelectField
            {...field('prescriber')}
            label="Prescriber of the order"
            options={[{ value: '', label: 'All' }, ...page.prescribers]}
          />
          <TextField
            {...field('person')}
            label="Person"
            hint="Part of the name, or the record’s number or its last eight characters."
            autoComplete="off"
          />
        </div>
        <FormActions>
          <Button>Show</Button>
        </FormActions>
      </form>
      {page.isRead && <Answer page={page} />}
    </>
  )
}

/** What was asked for: what was given, and every movement. */
function Answer({ page }: { page: InspectorPage }) {
  return (
    <>
      {page.nobody && (
        <Notice state="unknown" title="Nobody here has such a name or record number">
          <p>Nothing is shown for that reason, not because nothing was given.</p>
        </Notice>
      )}
      {page.tooMany && (
        <Notice state="amber" title="There is more than this">
          <p>
            Only the newest 20,000 movements of these days are here. Choose fewer days to have all of them.
          </p>
        </Notice>
      )}
      <Section
        title="Given to people"
        actions={
          <a className="screen-only" href={page.csv.given}>
            As CSV
          </a>
        }
      >
        <p className="inspector-reach">
          What the ledger calls given, less what was set right; the initials are those of whoever began the
          dose (21 CFR 1304.22(c)) [S].
        </p>
        <DataTable
          caption={`In order of time: ${page.given.length}`}
          rows={page.given}
          rowKey={(row) => row.key}
          phone="stack"
          empty={<EmptyState title="Nothing was given">in what was asked for.</EmptyState>}
          columns={[
            { key: 'when', head: 'Date', names: true, cell: (row) => row.when },
            { key: 'person', head: 'Person', cell: (row) => row.person },
            {
              key: 'record',
              head: 'Record',
              cell: (row) => <span className="inspector-record">{row.record}</span>,
            },
            { key: 'drug', head: 'Drug', cell: (row) => `${row.drug}, ${row.form}, ${row.strength}` },
            { key: 'lot', head: 'Lot', cell: (row) => row.lot },
            {
              key: 'amount',
              head: 'Amount',
              align: 'figure',
              cell: (row) => (row.corrected ? `${row.amount}, corrected on ${row.corrected}` : row.amount),
            },
            { key: 'mg', head: 'Amount', unit: 'mg', align: 'figure', cell: (row) => row.mg },
            { key: 'by', head: 'Given by', cell: (row) => `${row.givenBy} (${row.initials})` },
            { key: 'prescriber', head: 'Prescriber', cell: (row) => row.prescriber ?? 'not on record' },
          ]}
        />
      </Section>
      <Section
        title="Movements"
        actions={
          <a className="screen-only" href={page.csv.movements}>
            As CSV
          </a>
        }
      >
        <DataTable
          caption={`In the order of the ledger: ${page.movements.length}`}
          rows={page.movements}
          rowKey={(row) => String(row.seq)}
          phone="stack"
          empty={<EmptyState title="Nothing was moved">in what was asked for.</EmptyState>}
          columns={[
            { key: 'seq', head: 'No.', align: 'figure', names: true, cell: (row) => row.seq },
            {
              key: 'when',
              head: 'When',
              cell: (row) => (row.recorded ? `${row.when}, recorded ${row.recorded}` : row.when),
            },
            { key: 'kind', head: 'What', cell: (row) => row.kind },
            { key: 'drug', head: 'Drug', cell: (row) => `${row.drug}, ${row.form}, ${row.strength}` },
            { key: 'lot', head: 'Lot', cell: (row) => row.lot },
            { key: 'amount', head: 'Amount', align: 'figure', cell: (row) => row.amount },
            { key: 'mg', head: 'Amount', unit: 'mg', align: 'figure', cell: (row) => row.mg },
            { key: 'way', head: 'From, to', cell: (row) => `${row.from} → ${row.to}` },
            { key: 'person', head: 'Person', cell: (row) => row.person ?? '–' },
            { key: 'prescriber', head: 'Prescriber', cell: (row) => row.prescriber ?? '–' },
            { key: 'by', head: 'Recorded by', cell: (row) => row.by },
            { key: 'witness', head: 'Witness', cell: (row) => row.witness ?? '–' },
            { key: 'note', head: 'Note', cell: noteInWords },
          ]}
        />
      </Section>
    </>
  )
}

/** Of a delivery also who brought it, and on which invoice. */
function noteInWords({ reason, supplier, invoice }: InspectorPage['movements'][number]): string {
  return [supplier && `from ${supplier}`, invoice && `invoice ${invoice}`, reason].filter(Boolean).join(', ')
}
