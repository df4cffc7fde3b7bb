import type { ReactNode } from 'react'
import { Section } from '../../ui/index.ts'
import type { NextKind } from '../session/session-clock.ts'
import { AdverseForm } from './adverse-panel.tsx'
import type { Bedside } from './bedside.ts'
import { AccessForms, AllScales, CallForm, MedicineForm, SitterForm } from './care-forms.tsx'
import { ChecklistForm, ObserveForm } from './check-forms.tsx'
import { StartPanel } from './dose-panel.tsx'
import { CloseForm } from './leave-panel.tsx'
import { readingBelongsHere } from './next-form.tsx'
import { Unfolding } from './unfolding.tsx'
import { VitalsPad } from './vitals-pad.tsx'
import type { ShownValue } from './vitals-strip.tsx'

type Part = {
  readonly id: string
  readonly title: string
  readonly intents: readonly string[]
  readonly form: ReactNode
}

/** Everything else that can be recorded now, out of the way until wanted. */
export function OtherForms({
  kind,
  bedside,
  latest,
}: {
  kind: NextKind
  bedside: Bedside
  latest: readonly ShownValue[]
}) {
  const { page, state, answer } = bedside
  if (!page.mayRecord) return null
  if (state.closed) return state.arrivedAt ? <AfterClosing bedside={bedside} /> : null
  const parts = [...beforeTheDose(kind, bedside, latest), ...(state.arrivedAt ? aroundTheDose(bedside) : [])]
  return (
    <Section title="Also possible now">
      {parts.map(({ id, title, intents, form }) => (
        <Unfolding
          key={id}
          id={`more-${id}`}
          title={title}
          open={intents.includes(String(answer?.values.intent))}
        >
          {form}
        </Unfolding>
      ))}
    </Section>
  )
}

/** A call in the evening: an adverse event is still recorded, beside the note that is signed. */
function AfterClosing({ bedside }: { bedside: Bedside }) {
  return (
    <Section title="Told afterwards">
      <Unfolding id="more-adverse" title="Adverse event" open={bedside.answer?.values.intent === 'adverse'}>
        <p className="measure">
          It is dated, stands in the log as recorded after the session was closed, and waits in the list of
          adverse events. The signed note stays as it is; what belongs into it goes into an addendum.
        </p>
        <AdverseForm bedside={bedside} />
      </Unfolding>
    </Section>
  )
}

function aroundTheDose(bedside: Bedside): Part[] {
  const { page, state, answer } = bedside
  const here = state.phase !== 'leave'
  const parts: (Part | false)[] = [
    {
      id: 'observe',
      title: 'Observation',
      intents: ['observe'],
      form: <ObserveForm formKey={page.keys.observe} answer={answer} />,
    },
    { id: 'call', title: 'Call', intents: ['call'], form: <CallForm bedside={bedside} /> },
    here && { id: 'scales', title: 'Scales', intents: ['scale'], form: <AllScales bedside={bedside} /> },
    {
      id: 'medicine',
      title: 'Medicine given',
      intents: ['medicine'],
      form: <MedicineForm bedside={bedside} />,
    },
    here && {
      id: 'access',
      title: state.care.access.length > 0 ? 'Access: out, or another one' : 'Access',
      intents: ['access', 'access-removed'],
      form: <AccessForms bedside={bedside} />,
    },
    here && {
      id: 'sitter',
      title: 'Somebody sits with them',
      intents: ['sitter-in'],
      form: <SitterForm bedside={bedside} />,
    },
    {
      id: 'adverse',
      title: 'Adverse event',
      intents: ['adverse'],
      form: <AdverseForm bedside={bedside} />,
    },
  ]
  return parts.filter((part) => part !== false)
}

function beforeTheDose(kind: NextKind, bedside: Bedside, latest: readonly ShownValue[]): Part[] {
  const { page, state, nowMs, answer } = bedside
  if (state.dose || state.phase === 'leave') return []
  const parts: (Part | false)[] = [
    state.arrivedAt !== undefined &&
      !readingBelongsHere(kind, state) && {
        id: 'reading',
        title: 'Reading',
        intents: ['reading'],
        form: <VitalsPad formKey={page.keys.reading} answer={answer} latest={latest} ready={false} />,
      },
    kind !== 'start-dose' && {
      id: 'start',
      title: 'What a dose still needs',
      intents: ['start'],
      form: <StartPanel page={page} state={state} nowMs={nowMs} answer={answer} />,
    },
    kind !== 'checklist' &&
      state.checklist !== undefined && {
        id: 'checklist',
        title: 'Checklist again',
        intents: ['checklist'],
        form: <ChecklistForm formKey={page.keys.checklist} answer={answer} escortTold={page.escortTold} />,
      },
    {
      id: 'close',
      title: 'End without a dose',
      intents: ['close'],
      form: <CloseForm page={page} answer={answer} />,
    },
  ]
  return parts.filter((part) => part !== false)
}
