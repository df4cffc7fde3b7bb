import { type MouseEvent, useEffect, useState } from 'react'
import { Button, ButtonLink, TextField } from '../../ui/index.ts'
import { type ReplaySpan, stopsAround, withinSpan } from '../course/replay.ts'

/** How many minutes of the session pass in one minute of looking. */
const SPEEDS = [1, 10, 60] as const
type Speed = (typeof SPEEDS)[number]

const TICK_MS = 250
/** With less motion wished for, playing goes from entry to entry at this pace. */
const STEP_MS = 2_000
const JUMP_MIN = 5

export const minuteWords = (minute: number) => String(Math.round(minute * 10) / 10).replace('-', '−')

/**
 * The ways along a session: entry by entry, five minutes at a time, a minute typed; all of it plain links and a form.
 * Once the browser has taken over also a slider, whose arrow keys go minute by minute, and playing at three speeds.
 */
export function ReplayControls({
  path,
  span,
  minute,
  typed,
  problem,
  goTo,
}: {
  /** Address of the page without a minute. */
  path: string
  span: ReplaySpan
  minute: number
  /** What was typed into the field, when it was no minute. */
  typed: string | undefined
  problem: string | undefined
  goTo: (minute: number) => void
}) {
  const [scripted, setScripted] = useState(false)
  useEffect(() => setScripted(true), [])
  const { previous, next } = stopsAround(span, minute)
  const [first, last] = [minuteWords(span.firstMinute), minuteWords(span.lastMinute)]
  const ways = [
    { words: 'Previous entry', to: previous },
    {
      words: `−${JUMP_MIN} min`,
      to: minute > span.firstMinute ? withinSpan(span, minute - JUMP_MIN) : undefined,
    },
    {
      words: `+${JUMP_MIN} min`,
      to: minute < span.lastMinute ? withinSpan(span, minute + JUMP_MIN) : undefined,
    },
    { words: 'Next entry', to: next },
  ]
  return (
    <>
      <section className="replay-controls" aria-label="Move along the session">
        {scripted && (
          <div className="replay-slider">
            <label htmlFor="replay-slider">
              Minute {minuteWords(minute)}, from {first} to {last}
            </label>
            <input
              id="replay-slider"
              type="range"
              min={span.firstMinute}
              max={span.lastMinute}
              step={1}
              value={Math.floor(minute)}
              onChange={(event) => goTo(Number(event.currentTarget.value))}
            />
          </div>
        )}
        <div className="replay-ways">
          {ways.map(({ words, to }) =>
            to === undefined ? (
              <span key={words} className="replay-nowhere">
                {words}
              </span>
            ) : (
              <ButtonLink
                key={words}
                kind="quiet"
                href={`${path}?minute=${to}`}
                onClick={(event) => within(event, () => goTo(to))}
              >
                {words}
              </ButtonLink>
            ),
          )}
          {scripted && <Player span={span} minute={minute} goTo={goTo} />}
        </div>
      </section>
      <form method="get" action={path} className="replay-form" noValidate>
        <TextField
          key={minute}
          name="minute"
          label="To minute"
          hint={`From ${first} to ${last}; 0 is the start of the dose`}
          width="figure"
          inputMode="text"
          autoComplete="off"
          defaultValue={typed ?? minuteWords(minute)}
          error={problem}
        />
        <Button type="submit" kind="quiet">
          Go there
        </Button>
      </form>
    </>
  )
}

/** Stays on the page for a plain click; a click that asks for another tab or window gets it. */
export function within(event: MouseEvent, act: () => void): void {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
  event.preventDefault()
  act()
}

/** Play and pause. It stops at the end, and where less motion is wished for it goes from entry to entry. */
function Player({
  span,
  minute,
  goTo,
}: {
  span: ReplaySpan
  minute: number
  goTo: (minute: number) => void
}) {
  const [speed, setSpeed] = useState<Speed | undefined>()
  const over = minute >= span.lastMinute
  useEffect(() => {
    if (speed === undefined) return
    if (over) {
      setSpeed(undefined)
      return
    }
    const still = globalThis.matchMedia('(prefers-reduced-motion: reduce)').matches
    const timer = setTimeout(
      () => {
        const further = still
          ? (stopsAround(span, minute).next ?? span.lastMinute)
          : minute + (speed * TICK_MS) / 60_000
        goTo(withinSpan(span, further))
      },
      still ? STEP_MS : TICK_MS,
    )
    return () => clearTimeout(timer)
  }, [speed, over, minute, span, goTo])
  return (
    <fieldset className="replay-player">
      <legend className="hidden">Play</legend>
      {SPEEDS.map((each) => (
        <Button
          key={each}
          type="button"
          kind="quiet"
          aria-pressed={speed === each}
          disabled={over}
          onClick={() => setSpeed(speed === each ? undefined : each)}
        >
          {speed === each ? 'Pause' : `Play ×${each}`}
        </Button>
      ))}
    </fieldset>
  )
}
