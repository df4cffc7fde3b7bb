import { Notice } from '../../../ui/index.ts'
import type { OwnWaiting } from './own-waiting.server.ts'

/** What one has asked a witness for and nobody has answered; nothing where nothing waits. */
export function OwnWaitingNotice({ waiting }: { waiting: readonly OwnWaiting[] | undefined }) {
  if (!waiting?.length) return null
  const again = waiting.some((each) => each.again)
  return (
    <Notice
      state={again ? 'amber' : 'due'}
      announce={again ? 'alert' : undefined}
      title={again ? 'The same waits for a witness already' : 'Not in the ledger yet: it waits for a witness'}
    >
      <ul className="open-differences">
        {waiting.map(({ href, words, since, again: same }) => (
          <li key={href}>
            <a href={href}>{words}</a> It waits for a witness since {since}.
            {same && ' Recorded here too, it would stand in the ledger twice once they sign.'}
          </li>
        ))}
      </ul>
    </Notice>
  )
}
