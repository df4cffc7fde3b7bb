import { type ReactNode, useEffect, useRef } from 'react'
import { computedMg } from '../dose/infusion.ts'
import type { SessionDose } from '../session/session.ts'
import type { CallTo } from '../session/session-event.ts'
import type { Bedside } from './bedside.ts'
import { returnedTo } from './bedside-form.tsx'
import { RescueCard } from './rescue-card.tsx'
import { TapForm } from './tap-form.tsx'

/** Who is called first, in the order of the ladder. */
const FIRST_CALLED: readonly (readonly [CallTo, string])[] = [
  ['second-nurse', 'Second nurse'],
  ['prescriber', 'Prescriber'],
  ['emergency-911', '911'],
]

/**
 * What must be in reach whatever is on the screen: stopping, pausing, the pad, calling, the rescue card. It stays at the lower
 * edge; what it opens lies above it, hides no value at the upper edge and closes by the same tap. No dialog.
 */
export function ActionBar({ bedside }: { bedside: Bedside }) {
  const bar = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const close = (event: globalThis.KeyboardEvent) => {
      if (event.key !== 'Escape') return
      const open = bar.current?.querySelector<HTMLDetailsElement>('details[open]')
      if (!open) return
      open.open = false
      open.querySelector('summary')?.focus()
    }
    globalThis.document.addEventListener('keydown', close)
    return () => globalThis.document.removeEventListener('keydown', close)
  }, [])
  const { page, state } = bedside
  const { dose } = state
  const running = page.mayRecord && state.phase === 'monitor' && dose !== undefined
  return (
    <section className="action-bar" ref={bar} aria-label="Always in reach">
      {running && <Stop bedside={bedside} dose={dose} />}
      {running && !dose.units && <PauseOrResume bedside={bedside} dose={dose} />}
      {page.mayRecord && (state.phase === 'monitor' || state.phase === 'recover') && (
        <a className="bar-item bar-reading button button-quiet button-bedside" href="#reading-systolicMmHg">
          Reading
        </a>
      )}
      {page.mayRecord && !state.closed && state.arrivedAt && (
        <Opens title="Call">
          <Calls bedside={bedside} />
        </Opens>
      )}
      <Opens title="Rescue card">
        <RescueCard stopRules={page.stopRules} />
      </Opens>
    </section>
  )
}

/** What opened must not lie over the newest values: where it would, the page moves until they stand at the upper edge. */
function keepValuesInSight({ currentTarget }: { readonly currentTarget: HTMLDetailsElement }): void {
  if (!currentTarget.open) return
  const sheet = currentTarget.querySelector('.bar-sheet')?.getBoundingClientRect()
  const values = globalThis.document.querySelector('.vitals-strip')?.getBoundingClientRect()
  if (sheet && values && values.bottom > sheet.top) globalThis.scrollBy({ top: values.top })
}

/** A button that opens something above the bar; one at a time, also without script. */
function Opens({ title, children }: { title: string; children: ReactNode }) {
  return (
    <details className="bar-item" name="bar" onToggle={keepValuesInSight}>
      <summary className="button button-quiet button-bedside">{title}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard */}
      <section className="bar-sheet" tabIndex={0} aria-label={title}>
        {children}
      </section>
    </details>
  )
}

/**
 * Stops what is running in two steps at the same place, with the mg so far. The first step opens the second; nothing has
 * to be filled in, and nothing else on the page waits for it.
 */
function Stop({ bedside: { nowMs, keyOf }, dose }: { bedside: Bedside; dose: SessionDose }) {
  const mg = computedMg(dose, nowMs).toFixed(1)
  const what = dose.units ? 'the dose' : 'infusion'
  return (
    <details className="bar-item bar-stop" name="bar">
      <summary>
        <span className="bar-closed button button-danger button-bedside">
          <span>Stop {what}</span>
          <small>
            {mg} of {dose.orderedMg} mg so far
          </small>
        </span>
        <span className="bar-opened button button-quiet button-bedside">Keep running</span>
      </summary>
      <TapForm intent="stop" formKey={keyOf('bar-stop')} fields={{}} kind="danger" className="bar-confirm">
        <span>Stop now</span>
        <small>records {mg} mg given</small>
      </TapForm>
    </details>
  )
}

function PauseOrResume({ bedside: { keyOf, answer }, dose }: { bedside: Bedside; dose: SessionDose }) {
  const paused = dose.pauses.length > 0 && dose.pauses.at(-1)?.until === undefined
  const intent = paused ? 'resume' : 'pause'
  const sure = returnedTo(intent, answer).value('sure')
  const fields: Record<string, string> = sure === undefined ? {} : { sure }
  return (
    <TapForm intent={intent} formKey={keyOf(`bar-${intent}`)} fields={fields} className="bar-item">
      {paused ? 'Resume' : 'Pause'}
    </TapForm>
  )
}

/** A call in one tap: who, and whether they answered. */
function Calls({ bedside: { keyOf } }: { bedside: Bedside }) {
  return (
    <div className="calls">
      {FIRST_CALLED.map(([to, title]) => (
        <div key={to} className="call-row">
          <span className="call-who" id={`call-${to}`}>
            {to === 'emergency-911' ? <a href="tel:911">{title}</a> : title}
          </span>
          {(
            [
              ['yes', 'Answered'],
              ['no', 'No answer'],
            ] as const
          ).map(([answered, word]) => (
            <TapForm
              key={answered}
              intent="call"
              formKey={keyOf(`bar-call-${to}-${answered}`)}
              fields={{ to, answered }}
              className="call-tap"
            >
              {word}
              <span className="hidden">: {title}</span>
            </TapForm>
          ))}
        </div>
      ))}
      <p>
        <a href="#more-call">Somebody else, or with words</a>
      </p>
    </div>
  )
}
