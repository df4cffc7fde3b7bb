import { useState } from 'react'
import { Form } from 'react-router'
import type { FormAnswer } from '../../platform/form.ts'
import { systemIds } from '../../platform/ids.ts'
import type { Instant } from '../../platform/time.ts'
import { Button, StateChip, TextField } from '../../ui/index.ts'
import { soundWords } from './alarm-tones.ts'
import type { BoardPage } from './board-page.server.ts'
import { screenCookie, screenMark } from './screen-mark.ts'
import type { useAlarmSound } from './use-alarm-sound.ts'

/**
 * What this screen's sound is worth, and its test at the start of the day: three patterns are played, and somebody says whether
 * they heard them. Nothing else makes the line calm.
 */
export function SoundLine({
  page,
  sound,
  answer,
  clock,
}: {
  page: Pick<BoardPage, 'sound' | 'soundKey'>
  sound: ReturnType<typeof useAlarmSound>
  answer: FormAnswer | undefined
  clock: (instant: Instant) => string
}) {
  const [asked, setAsked] = useState<{
    readonly screenId: string
    readonly key: string
    readonly before: string | undefined
  }>()
  const { state, word } = soundWords(sound.player, page.sound.test, clock)
  const test = async () => {
    await sound.turnOn()
    sound.playAll()
    setAsked({ screenId: markOfThisScreen(), key: page.soundKey, before: page.sound.test?.testedAt })
  }
  const refused = answer?.values.intent === 'sound-test' ? answer : undefined
  // Asked until the server knows of a newer test; what was typed outlives whatever else makes the page read itself anew.
  const asking = asked !== undefined && asked.before === page.sound.test?.testedAt ? asked : undefined
  return (
    <section className="sound-line" aria-label="Sound of alarms">
      <StateChip state={state} word={word} />
      {sound.player !== 'unknown' && sound.player !== 'none' && (
        <>
          <Button type="button" kind="quiet" size="small" onClick={test}>
            Test the sound
          </Button>
          {sound.player !== 'on' && (
            <Button type="button" kind="quiet" size="small" onClick={() => void sound.turnOn()}>
              Turn the sound on
            </Button>
          )}
          {sound.player !== 'off' && (
            <Button type="button" kind="plain" size="small" onClick={sound.turnOff}>
              Turn the sound off
            </Button>
          )}
        </>
      )}
      {asking && (
        <Form method="post" className="sound-asked" preventScrollReset>
          <input type="hidden" name="intent" value="sound-test" />
          <input type="hidden" name="key" value={asking.key} />
          <input type="hidden" name="screenId" value={asking.screenId} />
          <p>
            <strong>Did you hear it?</strong> Three patterns: red is quick and rising, amber three even tones,
            technical two low ones. Listen where you will stand.
          </p>
          <TextField
            name="screenName"
            id="screenName"
            label="What this screen is called"
            hint="For example: nurses’ desk, wall of the corridor"
            autoComplete="off"
            defaultValue={page.sound.screenName ?? ''}
            error={refused?.errors.screenName ?? refused?.errors.screenId}
          />
          <div className="sound-answers">
            <Button name="heard" value="yes">
              Yes, I heard all three
            </Button>
            <Button name="heard" value="no" kind="quiet">
              No
            </Button>
          </div>
        </Form>
      )}
    </section>
  )
}

/** The mark of this screen, made when it has none. */
function markOfThisScreen(): string {
  const known = screenMark(document.cookie)
  if (known !== undefined) return known
  const mark = systemIds.next()
  // biome-ignore lint/suspicious/noDocumentCookie: the newer store of cookies is not in every browser
  document.cookie = screenCookie(mark, globalThis.location.protocol === 'https:')
  return mark
}
