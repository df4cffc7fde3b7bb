import { useLoaderData } from 'react-router'
import { runQuery } from '../../platform/command.server.ts'
import { recentMail } from '../../platform/mail.server.ts'
import { guardedLoader } from '../../platform/page.server.ts'
import { momentInWords } from '../../platform/time.ts'
import { DataTable, EmptyState, Notice, PageHead } from '../../ui/index.ts'
import { readOutbox } from '../identity-access.ts'

const MOST = 200

export const loader = guardedLoader(readOutbox, async ({ services, actor, clinic }) =>
  runQuery(services, actor, async ({ db, audit }) => {
    const mails = await recentMail(db, clinic.id, MOST)
    audit.read(readOutbox.id, { object: 'outbox', detail: { messages: mails.length } })
    return {
      sending: services.config.smtp !== undefined,
      mails: mails.map((mail) => ({
        id: mail.id,
        to: mail.to_address,
        subject: mail.subject,
        body: mail.body,
        planned: momentInWords(mail.planned_at, clinic.timeZone),
        state: mail.sent_at
          ? `sent ${momentInWords(mail.sent_at, clinic.timeZone)}`
          : mail.last_error
            ? `not sent yet: ${mail.last_error}`
            : services.config.smtp
              ? 'waiting'
              : 'held: no mail server is set',
      })),
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
            cell: (row) => (
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
