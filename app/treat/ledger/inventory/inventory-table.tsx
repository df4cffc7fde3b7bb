import { dateInWords } from '../../../platform/time.ts'
import { DataTable, EmptyState, Section } from '../../../ui/index.ts'
import { amountInWords, mgFigure } from '../movement-words.ts'
import { countedInWords, type InventoryDraft, inventoryTotals, restsOn } from './inventory.ts'

/** What an inventory says: what it rests on, what stands, and what is not settled. */
export function InventoryParts({ draft }: { draft: InventoryDraft }) {
  return (
    <>
      <ul className="count-list">
        {restsOn(draft).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <DataTable
        caption="By place and lot"
        rows={draft.rows}
        rowKey={(row) => `${row.place} ${row.drug} ${row.lotNumber}`}
        phone="stack"
        empty={<EmptyState title="Nothing is on hand">By the ledger every place is empty.</EmptyState>}
        columns={[
          { key: 'lot', head: 'Lot', names: true, cell: (row) => row.lotNumber },
          { key: 'place', head: 'Place', cell: (row) => row.place },
          {
            key: 'drug',
            head: 'Drug',
            cell: (row) =>
              `${row.drug} ${row.strength}${row.containerMl ? `, vials of ${row.containerMl} mL` : `, ${row.form === 'tablet' ? 'tablets' : 'devices'}`}`,
          },
          { key: 'expires', head: 'Usable through', cell: (row) => dateInWords(row.expiresOn) },
          { key: 'sealed', head: 'Sealed, or units', align: 'figure', cell: (row) => row.sealed },
          {
            key: 'opened',
            head: 'Opened',
            align: 'figure',
            cell: (row) =>
              row.openedHundredths === 0
                ? '0'
                : `${row.opened > 0 ? `${row.opened}: ` : ''}${amountInWords(row.openedHundredths, row.form)}`,
          },
          { key: 'mg', head: 'In all', unit: 'mg', align: 'figure', cell: (row) => mgFigure(row.micrograms) },
          { key: 'counted', head: 'Counted', cell: countedInWords },
        ]}
      />
      {draft.rows.length > 0 && (
        <DataTable
          caption="Altogether"
          rows={inventoryTotals(draft.rows)}
          rowKey={(row) => `${row.what} ${row.form}`}
          phone="stack"
          empty={null}
          columns={[
            { key: 'what', head: 'Drug', names: true, cell: (row) => row.what },
            {
              key: 'amount',
              head: 'Amount',
              align: 'figure',
              cell: (row) => amountInWords(row.hundredths, row.form),
            },
            {
              key: 'mg',
              head: 'In all',
              unit: 'mg',
              align: 'figure',
              cell: (row) => mgFigure(row.micrograms),
            },
          ]}
        />
      )}
      {draft.discrepancies.length > 0 && (
        <Section title="Open discrepancies">
          <ul className="count-list">
            {draft.discrepancies.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </Section>
      )}
    </>
  )
}
