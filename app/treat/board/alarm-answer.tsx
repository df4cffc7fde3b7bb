import { Form } from 'react-router'
import { Button, type ButtonKind } from '../../ui/index.ts'
import type { AlarmLife } from '../session/care.ts'
import { alarmCauseWords } from '../session/care-words.ts'
import { type AlarmAnswerKind, alarmFormName, alarmForms, shownTo } from './alarm-forms.ts'
import type { BoardTile } from './board.ts'
import type { Watching } from './watch-line.tsx'

const WORDS: Readonly<Record<AlarmAnswerKind, { readonly word: string; readonly kind: ButtonKind }>> = {
  acknowledge: { word: 'Acknowledge', kind: 'quiet' },
  seen: { word: 'Seen', kind: 'plain' },
}

/** Where a refused answer is set right: the button of its alarm, or the tile where that is gone. */
export function alarmAnswerId(sessionId: string, alarmId: string): string {
  return `answer-${sessionId}-${alarmId}`.replace(/[^\w-]/g, '-')
}

/**
 * The answers to one alarm, from the board: taking it on, which stops the ladder and hides nothing, or saying that
 * somebody has seen it, which stops nothing. Only for who may; each is a form of its own and works without script.
 */
export function AlarmAnswer({
  alarm,
  tile: { visit },
  watching: { page, keyOf },
}: {
  alarm: AlarmLife
  tile: Pick<BoardTile, 'visit'>
  watching: Pick<Watching, 'page' | 'keyOf'>
}) {
  const { sessionId } = visit
  const forms = alarmForms(alarm)
  if (!page.mayAcknowledge || !sessionId || forms.length === 0) return null
  return (
    <div className="tile-answers">
      {forms.map((kind) => (
        <Form key={kind} method="post" preventScrollReset>
          <input type="hidden" name="intent" value={kind} />
          <input type="hidden" name="key" value={keyOf(alarmFormName(kind, sessionId, alarm))} />
          <input type="hidden" name="sessionId" value={sessionId} />
          <input type="hidden" name="alarmId" value={alarm.alarmId} />
          <input type="hidden" name="shownTo" value={shownTo(alarm)} />
          <Button
            kind={WORDS[kind].kind}
            id={kind === 'acknowledge' ? alarmAnswerId(sessionId, alarm.alarmId) : undefined}
          >
            {WORDS[kind].word}
            <span className="hidden">
              {' '}
              {alarmCauseWords(alarm)} in {visit.roomName}
            </span>
          </Button>
        </Form>
      ))}
    </div>
  )
}
