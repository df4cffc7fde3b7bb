import { SCALES, type ScaleId } from '../session/session-event.ts'
import type { Bedside } from './bedside.ts'
import { fieldId, returnedTo } from './bedside-form.tsx'
import { MOAAS_WORDS } from './pad-steps.ts'
import { TotalPad } from './total-pad.tsx'

const NOT_TAKEN = [
  ['declined', 'Did not want to'],
  ['asleep', 'Asleep'],
  ['not-able', 'Not able to'],
] as const

/** Up to eleven answers are keys, each of which sends the form; of a longer scale the total is keyed in. */
const MOST_KEYS = 11

/**
 * One scale in one tap: each score is a button that sends it, and so is each reason why there is none. A wrong tap is
 * corrected in the log, where the first score stays.
 *
 * @param place tells two forms of the same scale on one page apart
 */
export function ScaleForm({
  bedside: { keyOf, answer },
  scale,
  place,
}: {
  bedside: Bedside
  scale: ScaleId
  place: 'due' | 'any'
}) {
  const { title, low, high } = SCALES[scale]
  const returned = returnedTo('scale', answer)
  const own = returned.value('scale') === scale ? returned : undefined
  const id = `${fieldId('scale', scale)}-${place}`
  const scores = Array.from({ length: high - low + 1 }, (_, step) => low + step)
  const words = new Map<number, string>(scale === 'moaas' ? MOAAS_WORDS : [])
  const error = own?.error('score') ?? own?.error('form')
  return (
    <form method="post" noValidate className="scale-form">
      <input type="hidden" name="intent" value="scale" />
      <input type="hidden" name="key" value={keyOf(`scale-${scale}-${place}`)} />
      <input type="hidden" name="scale" value={scale} />
      {error && (
        <p className="field-error" id={`${id}-error`} role="alert">
          {error}
        </p>
      )}
      {scores.length <= MOST_KEYS ? (
        <fieldset className="scale-keys" aria-label={title}>
          {scores.map((score) => (
            <button key={score} type="submit" name="score" value={score} className="pad-key">
              {score > 0 && low < 0 ? `+${score}` : score}
              {words.has(score) && <span className="hidden"> {words.get(score)}</span>}
            </button>
          ))}
        </fieldset>
      ) : (
        <TotalPad id={id} title={title} low={low} high={high} defaultValue={own?.value('score')} />
      )}
      <p className="scale-not">
        Not taken:{' '}
        {NOT_TAKEN.map(([value, word]) => (
          <button
            key={value}
            type="submit"
            name="notTaken"
            value={value}
            className="button button-plain button-bedside"
          >
            {word}
          </button>
        ))}
      </p>
    </form>
  )
}
