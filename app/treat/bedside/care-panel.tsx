import { Section, StateChip } from '../../ui/index.ts'
import { COMFORT_WORDS } from '../session/care-words.ts'
import { type ScheduledScale, scaleSchedule } from '../session/scale-schedule.ts'
import { COMFORT_MEASURES, SCALES, type ScaleId } from '../session/session-event.ts'
import type { Bedside } from './bedside.ts'
import { fieldId, returnedTo } from './bedside-form.tsx'
import { dueWords } from './next-panel.tsx'
import { ScaleForm } from './scale-form.tsx'
import { TapForm } from './tap-form.tsx'

/** Scales the protocol asks for about now, each answered by one tap; nothing where none is due. */
export function ScalesDue({ bedside }: { bedside: Bedside }) {
  const { page, state, nowMs } = bedside
  if (!state.arrivedAt || state.phase === 'leave' || !page.mayRecord) return null
  const scheduled = scaleSchedule(page.scales, state, page.plannedStartMs, nowMs)
  const due = dueScales(scheduled)
  const missed = scheduled.filter((each) => each.state === 'missed' && each.answeredBy[0] !== 'moaas')
  if (due.length === 0 && missed.length === 0) return null
  return (
    <section className="scales-due" aria-label="Scales due">
      {due.map((scheduled) => (
        <div key={`${scheduled.name} ${scheduled.atMin}`} className="scale-due">
          <p className="scale-due-head">
            <strong>{SCALES[scheduled.answeredBy[0]!].title}</strong>{' '}
            <StateChip
              state={scheduled.state === 'overdue' ? 'amber' : 'due'}
              word={dueWords(scheduled.dueAtMs, nowMs)}
            />
          </p>
          <ScaleForm bedside={bedside} scale={scheduled.answeredBy[0]!} place="due" />
        </div>
      ))}
      {missed.length > 0 && (
        <p>
          <StateChip
            state="unknown"
            word={`Not taken in time: ${missed.map(({ answeredBy, atMin }) => `${SCALES[answeredBy[0]!].title}, minute ${atMin}`).join('; ')}`}
          />
        </p>
      )}
    </section>
  )
}

/** What is due of the scales, each scale once: the one that has waited longest. */
function dueScales(scheduled: readonly ScheduledScale[]): ScheduledScale[] {
  const seen = new Set<ScaleId>()
  return scheduled.filter(({ state: now, answeredBy: [scale] }) => {
    if ((now !== 'due' && now !== 'overdue') || !scale || seen.has(scale)) return false
    // Responsiveness is a sign of every reading; the pad asks for it.
    if (scale === 'moaas') return false
    seen.add(scale)
    return true
  })
}

/** Comfort, music and who sits with them: on and off by one tap each. */
export function ComfortPanel({ bedside }: { bedside: Bedside }) {
  const { page, state, keyOf, name, answer } = bedside
  const { care } = state
  if (!page.mayRecord || !state.arrivedAt || state.phase === 'leave') return null
  const iSit = care.sitters.some(({ accountId }) => accountId === page.me)
  const returned = returnedTo('sitter-in', answer)
  return (
    <Section title="With them">
      <div className="taps">
        {COMFORT_MEASURES.map((measure) => {
          const on = care.comfort.includes(measure)
          return (
            <TapForm
              key={measure}
              intent="comfort"
              formKey={keyOf(`comfort-${measure}`)}
              fields={{ measure, on: on ? 'off' : 'on' }}
              pressed={on}
            >
              {COMFORT_WORDS[measure]}
            </TapForm>
          )
        })}
        <TapForm
          intent="music"
          formKey={keyOf('music')}
          fields={{ on: care.music ? 'off' : 'on' }}
          pressed={care.music}
        >
          Music
        </TapForm>
        {!iSit && (
          <TapForm intent="sitter-in" formKey={keyOf('sitter-me')} fields={{ accountId: page.me }}>
            I sit with them
          </TapForm>
        )}
        {care.sitters.map((sitter) => (
          <TapForm
            key={sitter.eventId}
            intent="sitter-out"
            formKey={keyOf(`sitter-out-${sitter.eventId}`)}
            fields={{ of: sitter.eventId }}
            pressed
          >
            {sitter.accountId === null
              ? 'Somebody sits with them'
              : `${name(sitter.accountId)} sits with them`}
          </TapForm>
        ))}
      </div>
      {answer?.values.intent === 'sitter-in' && (
        <p className="field-error" id={fieldId('sitter-in', 'name')}>
          {returned.error('name') ?? returned.error('form')}
        </p>
      )}
    </Section>
  )
}
