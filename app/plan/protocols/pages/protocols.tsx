import { useLoaderData } from 'react-router'
import { guardedLoader } from '../../../platform/page.server.ts'
import { PageHead, Section, StateChip } from '../../../ui/index.ts'
import planCss from '../../plan.css?url'
import { readProtocols } from '../../plan-access.ts'
import { protocolsPage } from '../protocols-page.server.ts'
import protocolsCss from './protocols.css?url'

export const loader = guardedLoader(readProtocols, protocolsPage)

export function links() {
  return [
    { rel: 'stylesheet', href: planCss },
    { rel: 'stylesheet', href: protocolsCss },
  ]
}

export function meta() {
  return [{ title: 'Protocols' }]
}

/** Every protocol by condition: what was found stands before what is done. */
export default function Protocols() {
  const { groups, orderable, all } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead
        title="Protocols"
        lead={`${all} treatments written down so that they can be followed, checked and counted. New plans can be made by the ${orderable} that this clinic has adopted or written; each other one says what stands in the way.`}
      />
      {groups.map((group) => (
        <Section key={group.title} title={group.title}>
          <ul className="protocol-list">
            {group.rows.map((row) => (
              <li key={row.id} className="protocol-row">
                <div>
                  <h3>
                    <a href={`/work/protocols/${row.id}`}>{row.title}</a>
                  </h3>
                  <p>{row.condition}.</p>
                  <p className="fact-source">
                    {row.dose}; {row.course}. {capital(row.version)}.
                  </p>
                </div>
                <div className="protocol-state">
                  <p>
                    <span className="protocol-label">Evidence</span> {row.grade}
                  </p>
                  {row.reasons.length === 0 ? (
                    <StateChip state={row.inUse ? 'calm' : 'unknown'} word={row.standing} />
                  ) : (
                    <>
                      <StateChip
                        state="unknown"
                        word={row.hospital ? 'hospital only, not ordered here' : 'cannot be ordered'}
                      />
                      {!row.hospital && <p className="fact-source">{row.reasons.join(' ')}</p>}
                    </>
                  )}
                  {row.open.map((words) => (
                    <p key={words}>
                      <StateChip state="due" word={words} />
                    </p>
                  ))}
                </div>
              </li>
            ))}
          </ul>
        </Section>
      ))}
    </>
  )
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}
