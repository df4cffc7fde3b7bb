import { useFrameWords } from './frame-words.ts'

/** One step of a longer task. `href` lets the reader go back to a finished one. */
export interface ProgressStep {
  readonly label: string
  readonly href?: string
}

/**
 * Where the reader is in a task of several steps.
 *
 * @param current index of the step being done, from 0; a value past the end means that all are done
 * @param label spoken name of the list
 */
export function ProgressSteps({
  steps,
  current,
  label = 'Progress',
}: {
  steps: readonly ProgressStep[]
  current: number
  label?: string
}) {
  const words = useFrameWords()
  const now = steps[current]
  return (
    <nav className="steps" aria-label={label}>
      {now !== undefined && (
        <p className="steps-now">
          {words.step(current + 1, steps.length)}: {now.label}
        </p>
      )}
      <ol>
        {steps.map((step, index) => {
          const state = index < current ? 'done' : index === current ? 'now' : 'ahead'
          return (
            <li
              key={step.label}
              className={`step-${state}`}
              aria-current={state === 'now' ? 'step' : undefined}
            >
              {step.href !== undefined && state === 'done' ? (
                <a href={step.href}>{step.label}</a>
              ) : (
                step.label
              )}
              {state === 'done' && <span className="hidden"> ({words.done})</span>}
            </li>
          )
        })}
      </ol>
    </nav>
  )
}
