import { ButtonLink } from '../../ui/index.ts'
import type { SessionState } from '../session/session.ts'
import type { NextKind } from '../session/session-clock.ts'
import type { Bedside } from './bedside.ts'
import { ArriveForm, ChecklistForm, IdentityForm } from './check-forms.tsx'
import { StartPanel } from './dose-panel.tsx'
import { FinishForm } from './infusion-panel.tsx'

/** From the dose on the reading form is always in the same place; before it only when a reading is due. */
export function readingBelongsHere(kind: NextKind, { phase }: SessionState): boolean {
  return phase === 'monitor' || phase === 'recover' || kind === 'reading'
}

/** The form of the thing that is due. */
export function NextForm({ kind, bedside }: { kind: NextKind; bedside: Bedside }) {
  const { page, state, nowMs, answer } = bedside
  if (!page.mayRecord) return <p>Nurses and prescribers record here; you are reading along.</p>
  switch (kind) {
    case 'arrival':
      return <ArriveForm formKey={page.keys.arrive} answer={answer} />
    case 'identity':
      return <IdentityForm formKey={page.keys.identity} answer={answer} person={page.person} />
    case 'checklist':
      return <ChecklistForm formKey={page.keys.checklist} answer={answer} escortTold={page.escortTold} />
    case 'reading':
      return null
    case 'start-dose':
      return <StartPanel page={page} state={state} nowMs={nowMs} answer={answer} />
    case 'end-infusion':
      return state.dose && !state.dose.units ? (
        <FinishForm page={page} dose={state.dose} answer={answer} />
      ) : null
    case 'discharge':
      return <p>Go through the conditions under “Leaving”; a fresh reading is one of them.</p>
    case 'note':
      return (
        <ButtonLink href={`/work/sessions/${page.sessionId}/note`} size="bedside">
          {page.note.started ? 'Go on with the note' : 'Write the note'}
        </ButtonLink>
      )
    case 'nothing':
      return <p>The session is closed and its note is signed or not needed.</p>
  }
}
