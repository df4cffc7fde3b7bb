import { useLoaderData } from 'react-router'
import { guardedLoader } from '../../../platform/page.server.ts'
import { ButtonLink, DataTable, PageHead } from '../../../ui/index.ts'
import { readInstruments } from '../edition-access.ts'
import { loadInstruments } from '../edition-page.server.ts'
import instrumentsCss from './instruments.css?url'

export const loader = guardedLoader(readInstruments, loadInstruments)

export function links() {
  return [{ rel: 'stylesheet', href: instrumentsCss }]
}

export function meta() {
  return [{ title: 'Forms' }]
}

/** Every form the clinic can ask, and in whose words. */
export default function Instruments() {
  const { instruments, may } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead
        title="Forms"
        lead={`Every form comes in our own plain words.${may ? ' Open one to bring in the words of its publisher.' : ''} The scores are the same in any words.`}
        actions={
          <ButtonLink href="/work/sets" kind="quiet">
            Which are asked when
          </ButtonLink>
        }
      />
      <DataTable
        caption={`${instruments.length} forms`}
        rows={instruments}
        rowKey={(row) => row.id}
        phone="stack"
        empty={null}
        columns={[
          {
            key: 'name',
            head: 'Form',
            names: true,
            cell: (row) => (
              <>
                <a href={`/work/instruments/${row.id}`}>{row.shortName}</a>
                <span className="instrument-about">{row.construct}</span>
              </>
            ),
          },
          { key: 'by', head: 'Filled in by', cell: (row) => row.filledInBy },
          { key: 'wording', head: 'Wording', cell: (row) => row.wording },
          { key: 'licence', head: 'Licence', cell: (row) => row.licence },
          { key: 'confidence', head: 'How sure we are', cell: (row) => row.confidence },
        ]}
      />
    </>
  )
}
