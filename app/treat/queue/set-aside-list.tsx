import { Section, Timeline } from '../../ui/index.ts'
import type { SetAside } from './set-aside-queries.server.ts'

/** What was set aside after the session was closed: beside the log, no part of it or of the note. */
export function SetAsideList({
  entries,
  moment,
  name,
}: {
  entries: readonly Pick<
    SetAside,
    'id' | 'said' | 'notTakenBecause' | 'because' | 'writtenAt' | 'setAsideAt' | 'by'
  >[]
  /** Day and time: it often reaches the clinic on another day than the session's. */
  moment: (instant: string) => string
  name: (accountId: string) => string
}) {
  if (entries.length === 0) return null
  return (
    <Section title="Set aside after closing">
      <p>
        Written on a tablet, not taken because the session was closed, and set aside. Not in the log, and not
        in the signed note.
      </p>
      <Timeline
        label="Set aside after closing"
        items={entries.map((entry) => ({
          key: entry.id,
          when: moment(entry.setAsideAt),
          dateTime: entry.setAsideAt,
          by: name(entry.by),
          title: entry.said,
          body: (
            <p>
              Written {moment(entry.writtenAt)}. Set aside because: {entry.because}
            </p>
          ),
        }))}
      />
    </Section>
  )
}
