import type { MedicineNotice } from '../../assess/index.ts'
import { Notice } from '../../ui/index.ts'

/** What is to be weighed of somebody's medicines while there is no dose yet; the conditions below say what holds. */
export function MedicinesBeforeDose({
  notices,
  personId,
}: {
  notices: readonly MedicineNotice[]
  personId: string
}) {
  const grave =
    notices.find(({ state }) => state === 'red') ?? notices.find(({ state }) => state === 'unknown')
  return (
    <Notice
      state={grave?.state ?? (notices.some(({ state }) => state === 'amber') ? 'amber' : 'calm')}
      title="Medicines before this dose"
    >
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
