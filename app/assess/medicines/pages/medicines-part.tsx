import { Notice, Section } from '../../../ui/index.ts'
import type { MedicineNotice } from '../interaction-words.ts'

/** Medicines on the pages of others: what is to be weighed, what holds, and that a list is not known. */
export function MedicinesPart({
  personId,
  notices,
}: {
  personId: string
  notices: readonly MedicineNotice[]
}) {
  return (
    <Section title="Medicines">
      {notices.length === 0 && <p>Known; no interaction of our table applies.</p>}
      {notices.map((notice) => (
        <Notice key={notice.title} state={notice.state} title={notice.title}>
          {notice.lines.map((line) => (
            <p key={line}>{line}</p>
          ))}
        </Notice>
      ))}
      <p>
        <a href={`/work/people/${personId}/medicines`}>All medicines, and where each rule comes from</a>
      </p>
    </Section>
  )
}
