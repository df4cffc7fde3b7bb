import { questionsAbout, vitalSignNames } from '@evenkeel/vital-signs'
import { type KeyboardEvent, type SubmitEvent, useCallback, useEffect, useRef, useState } from 'react'
import type { FormAnswer } from '../../platform/form.ts'
import { Button } from '../../ui/index.ts'
import { confirmation } from '../session/confirmation.ts'
import { HAND_SIGNS } from '../session/event-words.ts'
import { fieldId, returnedTo, TimeField } from './bedside-form.tsx'
import { useKeysShown } from './keys-shown.ts'
import {
  type HandSign,
  isComplete,
  MOAAS_WORDS,
  padLabel,
  signAfter,
  signBefore,
  typedReading,
} from './pad-steps.ts'
import type { ShownValue } from './vitals-strip.tsx'

const UNIT: Readonly<Record<HandSign, string>> = {
  systolicMmHg: 'mmHg',
  diastolicMmHg: 'mmHg',
  heartRatePerMin: '/min',
  spo2Percent: '%',
  respiratoryRatePerMin: '/min',
  moaas: '0–5',
}

/** A second tap this soon after a question is the finger that asked it, not an answer. */
const TOO_SOON_MS = 700

type Asked = {
  readonly confirmed: string
  readonly reasons: readonly { readonly sign: HandSign; readonly reason: string }[]
}

/**
 * The six signs one after the other: by big keys with a gloved finger, or by a keyboard (digits, Enter to the next
 * sign, Escape clears). A figure that cannot grow any more moves on by itself. What is unlikely is asked about beneath
 * the figures; sending it again unchanged keeps it. Without script it is a plain form that the server asks about.
 *
 * @param ready puts the cursor into the first sign when the page opens, where a reading is what is due
 */
export function VitalsPad({
  formKey,
  answer,
  latest,
  ready,
}: {
  formKey: string
  answer: FormAnswer | undefined
  latest: readonly ShownValue[]
  ready: boolean
}) {
  const returned = returnedTo('reading', answer)
  const form = useRef<HTMLFormElement>(null)
  const [active, setActive] = useState<HandSign>('systolicMmHg')
  const [asked, setAsked] = useState<Asked | undefined>(() => askedByServer(returned))
  const askedAtMs = useRef(0)
  /** The sign the pad moved to by itself: an Enter or Tab out of habit does not skip it. */
  const movedTo = useRef<HandSign | undefined>(undefined)
  const keysShown = useKeysShown()

  const input = useCallback(
    (sign: HandSign) => form.current?.elements.namedItem(sign) as HTMLInputElement | null | undefined,
    [],
  )
  const goTo = useCallback(
    (sign: HandSign | undefined) => {
      const target = sign ? input(sign) : form.current?.querySelector<HTMLElement>(`#${submitId}`)
      target?.focus({ preventScroll: true })
      if (sign) input(sign)?.select()
    },
    [input],
  )
  useEffect(() => {
    if (ready && globalThis.document.activeElement === globalThis.document.body) goTo('systolicMmHg')
  }, [ready, goTo])

  const moveOnIfComplete = (sign: HandSign) => {
    if (!isComplete(sign, input(sign)?.value ?? '')) return
    movedTo.current = signAfter(sign)
    goTo(signAfter(sign))
  }
  const press = (digit: string) => {
    const field = input(active)
    if (!field) return
    const whole = field.selectionStart === 0 && field.selectionEnd === field.value.length
    field.value = whole ? digit : `${field.value}${digit}`.slice(0, 4)
    field.focus({ preventScroll: true })
    field.setSelectionRange(field.value.length, field.value.length)
    setAsked(undefined)
    movedTo.current = undefined
    moveOnIfComplete(active)
  }
  const clear = (sign: HandSign) => {
    const field = input(sign)
    if (field) field.value = ''
    setAsked(undefined)
    goTo(sign)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>, sign: HandSign) => {
    const habit = movedTo.current === sign && event.currentTarget.value === ''
    if (event.key === 'Enter' || (event.key === 'Tab' && !event.shiftKey)) {
      movedTo.current = undefined
      if (event.key === 'Enter' || habit) event.preventDefault()
      if (event.key === 'Enter' && !habit) goTo(signAfter(sign))
    } else if (event.key === 'Escape') {
      event.preventDefault()
      clear(sign)
    } else if (event.key === 'Backspace' && event.currentTarget.value === '') {
      event.preventDefault()
      goTo(signBefore(sign))
    }
  }
  const onSubmit = (event: SubmitEvent<HTMLFormElement>) => {
    const values = typedReading((sign) => input(sign)?.value ?? '')
    const questions = questionsAbout(values)
    const now = confirmation(
      values,
      questions.map(({ sign }) => sign),
    )
    if (questions.length === 0) return
    if (asked?.confirmed === now && event.timeStamp - askedAtMs.current >= TOO_SOON_MS) return
    event.preventDefault()
    if (asked?.confirmed === now) return
    askedAtMs.current = event.timeStamp
    const reasons = questions.map(({ sign, reason }) => ({ sign: sign as HandSign, reason }))
    setAsked({ confirmed: now, reasons })
  }

  const before = (sign: HandSign) => latest.find((each) => each.sign === sign)?.value
  return (
    <form method="post" noValidate className="bedside-form pad-form" ref={form} onSubmit={onSubmit}>
      <input type="hidden" name="intent" value="reading" />
      <input type="hidden" name="key" value={formKey} />
      {asked?.confirmed && <input type="hidden" name="confirmed" value={asked.confirmed} />}
      <div className="pad-signs">
        {HAND_SIGNS.map((sign) => (
          <div key={sign} className={keysShown && active === sign ? 'sign sign-active' : 'sign'}>
            <label htmlFor={fieldId('reading', sign)}>{padLabel(sign)}</label>
            <input
              className="input input-figure"
              id={fieldId('reading', sign)}
              name={sign}
              type="text"
              // The big keys take the place of the tablet's own keyboard; a real one works as ever.
              inputMode={keysShown ? 'none' : 'numeric'}
              autoComplete="off"
              maxLength={6}
              defaultValue={returned.value(sign)}
              aria-invalid={asked?.reasons.some((each) => each.sign === sign) || undefined}
              aria-describedby={`${asked ? 'pad-asked ' : ''}pad-foot-${sign}`}
              onFocus={() => setActive(sign)}
              onKeyDown={(event) => onKeyDown(event, sign)}
              onInput={(event) => {
                setAsked(undefined)
                movedTo.current = undefined
                if ((event.nativeEvent as InputEvent).inputType === 'insertText') moveOnIfComplete(sign)
              }}
            />
            <span className="sign-foot" id={`pad-foot-${sign}`}>
              <span>{UNIT[sign]}</span>
              {typeof before(sign) === 'number' && <span>was {before(sign)}</span>}
            </span>
          </div>
        ))}
      </div>
      <PadKeys
        active={active}
        press={press}
        clear={() => clear(active)}
        next={() => {
          movedTo.current = undefined
          goTo(signAfter(active))
        }}
      />
      <Questions asked={asked} other={returned.error('form') ?? returned.error('time')} />
      <div className="bedside-actions pad-actions">
        <Button type="submit" size="bedside" id={submitId}>
          {asked?.confirmed ? 'It is right: record it' : 'Record reading'}
        </Button>
        <TimeField place="reading" returned={returned} />
      </div>
      <p className="bedside-hint pad-scale">
        MOAA/S: {MOAAS_WORDS.map(([score, words]) => `${score} ${words}`).join(' · ')}. Leave empty what was
        not measured: unknown is not normal.
      </p>
    </form>
  )
}

const submitId = fieldId('reading', 'submit')

/** What the server asked or refused, where a page without script comes back with it. */
function askedByServer(returned: ReturnType<typeof returnedTo>): Asked | undefined {
  const reasons = HAND_SIGNS.flatMap((sign) => {
    const reason = returned.error(sign)
    return reason === undefined ? [] : [{ sign, reason }]
  })
  if (reasons.length === 0) return undefined
  return { confirmed: returned.value('confirmed') ?? '', reasons }
}

/** The keys: digits, or the six answers of MOAA/S in words while that is asked for. */
function PadKeys({
  active,
  press,
  clear,
  next,
}: {
  active: HandSign
  press: (digit: string) => void
  clear: () => void
  next: () => void
}) {
  const key = (label: string, act: () => void, name?: string) => (
    <button
      key={label}
      type="button"
      className="pad-key"
      tabIndex={-1}
      aria-label={name}
      // Keeps the cursor in the field that is being written.
      onPointerDown={(event) => event.preventDefault()}
      onClick={act}
    >
      {label}
    </button>
  )
  if (active === 'moaas') {
    return (
      <fieldset className="pad-keys pad-words" aria-label={`Keys for ${vitalSignNames.moaas.name}`}>
        {MOAAS_WORDS.map(([score, words]) => (
          <button
            key={score}
            type="button"
            className="pad-key"
            tabIndex={-1}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => press(String(score))}
          >
            <strong>{score}</strong> <span>{words}</span>
          </button>
        ))}
      </fieldset>
    )
  }
  return (
    <fieldset className="pad-keys" aria-label={`Keys for ${vitalSignNames[active].name}`}>
      {['1', '2', '3', '4', '5', '6', '7', '8', '9'].map((digit) => key(digit, () => press(digit)))}
      {key('Clear', clear, `Clear ${padLabel(active)}`)}
      {key('0', () => press('0'))}
      {key('Next', next, 'Next sign')}
    </fieldset>
  )
}

/** What is asked about the figures, beneath them and in reach of the same finger. */
function Questions({ asked, other }: { asked: Asked | undefined; other: string | undefined }) {
  return (
    <div role="alert" id="pad-asked" className={asked || other ? 'pad-asked' : undefined}>
      {other && <p>{other}</p>}
      {asked?.reasons.map(({ sign, reason }) => (
        <p key={sign}>
          <a href={`#${fieldId('reading', sign)}`}>{reason}</a>
        </p>
      ))}
    </div>
  )
}
