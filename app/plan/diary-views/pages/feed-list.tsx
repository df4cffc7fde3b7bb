import { type FormAnswer, fieldErrors } from '../../../platform/form.ts'
import { Button, EmptyState, ErrorSummary, Notice } from '../../../ui/index.ts'
import type { FeedMade } from '../feeds-page.server.ts'

type Feed = { readonly id: string; readonly whose: string; readonly made: string }

/** What an answer of these pages says: a new address, shown once, or what was wrong. */
export function FeedAnswer({
  answer,
  done,
}: {
  answer: FormAnswer | FeedMade | undefined
  done: string | undefined
}) {
  return (
    <>
      {answer && 'link' in answer && (
        <Notice state="calm" title="The address of the calendar, shown this once" announce="status">
          <p>
            <code className="feed-link">{answer.link}</code>
          </p>
          <p>
            Copy it into your calendar program where it takes a calendar by address (“subscribe”, “from URL”).
            Whoever has the address sees the times, so keep it to yourself.
          </p>
        </Notice>
      )}
      <ErrorSummary errors={fieldErrors(answer && 'errors' in answer ? answer : undefined)} />
      {done === 'revoked' && !answer && (
        <Notice state="calm" title="Revoked. The address leads nowhere from now on." announce="status" />
      )}
    </>
  )
}

/** Open addresses, each with the way to end it. */
export function FeedList({ feeds }: { feeds: readonly Feed[] }) {
  if (feeds.length === 0) return <EmptyState title="No address is open" />
  return (
    <ul className="link-list">
      {feeds.map((feed) => (
        <li key={feed.id}>
          <form method="post" className="row">
            <input type="hidden" name="id" value={feed.id} />
            <span>
              <strong>{feed.whose}</strong>, made {feed.made}
            </span>
            <Button name="intent" value="revoke" kind="quiet" size="small">
              Revoke<span className="hidden"> the address made {feed.made}</span>
            </Button>
          </form>
        </li>
      ))}
    </ul>
  )
}
