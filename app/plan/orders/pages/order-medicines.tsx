import type { MedicineNotice } from '../../../assess/index.ts'
import { Notice } from '../../../ui/index.ts'

/** What is to be weighed of somebody's medicines before an order is signed; nothing where nothing applies. */
export function OrderMedicines({
  personId,
  notices,
}: {
  personId: string
  notices: readonly MedicineNotice[]
}) {
  if (notices.length === 0) return null
  const state =
    (['red', 'unknown', 'amber'] as const).find((one) => notices.some((notice) => notice.state === one)) ??
    'calm'
  return (
    <Notice state={state} title="Medicines">
      {notices.map(({ title, lines }) => (
        <p key={title}>
          <strong>{title}.</strong> {lines.join(' ')}
        </p>
      ))}
      <p>
        <a href={`/work/people/${personId}/medicines`}>All medicines</a>
      </p>
    </Notice>
  )
}
