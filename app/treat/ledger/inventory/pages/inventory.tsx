import { useLoaderData } from 'react-router'
import { guardedLoader } from '../../../../platform/page.server.ts'
import { Breadcrumb, Facts, Notice, PageHead } from '../../../../ui/index.ts'
import { readInventory } from '../../../treat-access.ts'
import countsCss from '../../counts/counts.css?url'
import { DAY_PART_WORDS, KIND_TITLES } from '../inventory.ts'
import { loadInventory } from '../inventory-page.server.ts'
import { InventoryParts } from '../inventory-table.tsx'

export function links() {
  return [{ rel: 'stylesheet', href: countsCss }]
}

export const loader = guardedLoader(readInventory, loadInventory)

export function meta() {
  return [{ title: 'Inventory' }]
}

export default function Inventory() {
  const { id, document, digest, whole } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead
        breadcrumb={
          <Breadcrumb
            items={[
              { href: '/work/stock', label: 'Stock' },
              { href: '/work/stock/inventory', label: 'Inventories' },
            ]}
          />
        }
        title={KIND_TITLES[document.kind]}
        lead={`Taken ${document.when}, at ${DAY_PART_WORDS[document.dayPart]}.`}
        actions={<a href={`/work/stock/inventory/${id}/inventory.pdf`}>As PDF</a>}
      />
      {!whole && (
        <Notice state="red" announce="alert" title="This is not what was signed">
          <p>
            The kept text no longer has the digest it was signed with. Somebody has changed it in the
            database.
          </p>
        </Notice>
      )}
      <Facts
        facts={[
          { term: 'Registrant', value: [document.clinic, ...document.address].join(', ') },
          { term: 'Signed by', value: `${document.signedBy} and ${document.secondSignedBy}` },
          { term: 'Covers the ledger up to', value: `movement ${document.ledgerSeq}` },
          { term: 'Digest (SHA-256)', value: <span className="inventory-digest">{digest}</span> },
        ]}
      />
      <InventoryParts draft={document} />
    </>
  )
}
