import { useLoaderData } from 'react-router'
import { runQuery } from '../../platform/command.server.ts'
import { recentMail } from '../../platform/mail.server.ts'
import { guardedLoader } from '../../platform/page.server.ts'
import { DataTable, EmptyState, Notice, PageHead } from '../../ui/index.ts'
import { readOutbox } from '../identity-access.ts'
import { outboxRow } from '../outbox-row.server.ts'

const MOST = 200

export const loader = guardedLoader(readOutbox, async ({ services, actor, clinic }) =>
  runQuery(services, actor, async ({ db, audit }) => {
    const mails = await recentMail(db, clinic.id, MOST)
    audit.read(readOutbox.id, { object: 'outbox', detail: { messages: mails.length } })
    return {
      sending: services.config.smtp !== undefined,
      mails: mails.map((mail) => outboxRow(mail, services.config.smtp !== undefined, clinic.timeZone)),
    }
  }),
)

export function meta() {
  return [{ title: 'Outbox' }]
}

export default function Outbox() {
  const { mails, sending } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead title="Outbox" lead="Messages to people, newest first. Their words are neutral on purpose." />
      {!sending && (
        <Notice title="No mail server is set">
          <p>
            Nothing leaves this computer. Read messages out, or copy their links. Set SMTP_URL and SMTP_FROM
            to send.
          </p>
        </Notice>
      )}
      <DataTable
        caption={`The newest ${mails.length} messages`}
        rows={mails}
        rowKey={(row) => row.id}
        empty={
          <EmptyState title="No messages yet">
            Receipts, links and invitations will be listed here.
          </EmptyState>
        }
        columns={[
          { key: 'planned', head: 'Planned', cell: (row) => row.planned },
          { key: 'to', head: 'To', cell: (row) => row.to },
          {
            key: 'subject',
            head: 'Message',
            cell: (row) =>
              row.body === undefined ? (
                row.subject
              ) : (
                <details>
                  <summary>{row.subject}</summary>
                  <pre className="message-body">{row.body}</pre>
                </details>
              ),
          },
          { key: 'state', head: 'State', cell: (row) => row.state },
        ]}
      />
    </>
  )
}
