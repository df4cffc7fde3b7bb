import { useLoaderData } from 'react-router'
import { daysInWords } from '../../platform/days-in-words.ts'
import { languageOf } from '../../platform/language.ts'
import { guardedLoader } from '../../platform/page.server.ts'
import { ButtonLink, FormActions, Notice, PageHead } from '../../ui/index.ts'
import { readForm } from '../ask-access.ts'
import { linesFor } from '../help-lines.ts'
import { isUrgent } from '../request.ts'
import { pageFollowing, readStep } from '../request-form.ts'
import { openDraft } from '../visitor-draft.server.ts'
import { useWords } from '../words/use-words.ts'
import askCss from './ask.css?url'
import { HelpLines } from './help-lines.tsx'
import { WayBack } from './way-back.tsx'

export function links() {
  return [{ rel: 'stylesheet', href: askCss }]
}

export const loader = guardedLoader(readForm, async (page) => {
  const { draft } = await openDraft(page)
  const read = readStep('safety', draft.answers.safety ?? {})
  return {
    urgent: read.ok && isUrgent(read.value.safety),
    lines: linesFor(read.ok ? read.value.safety : 'not-said'),
    forOther: draft.answers.who?.forWhom === 'other',
    onward: page.url.searchParams.get('from') === 'check' ? '/request/check' : pageFollowing('safety'),
    opening: page.clinic.openingHours
      .filter((line) => line.opens && line.closes)
      .map((line) => `${daysInWords(line.days, languageOf(page.url.pathname))} ${line.opens}–${line.closes}`)
      .join(', '),
  }
})

export default function RequestSafetyHelp() {
  const { urgent, lines, forOther, onward, opening } = useLoaderData<typeof loader>()
  const { words, to } = useWords()
  const { safetyHelp } = words
  return (
    <>
      <title>{safetyHelp.tab}</title>
      <PageHead
        title={urgent ? safetyHelp.urgent : safetyHelp.calm}
        lead={urgent ? (forOther ? safetyHelp.leadUrgentOther : safetyHelp.leadUrgent) : safetyHelp.leadCalm}
      />
      <HelpLines lines={lines} />
      <Notice state={urgent ? 'amber' : 'due'} title={safetyHelp.unwatched}>
        <p>
          {safetyHelp.whenRead(opening)} {urgent && safetyHelp.marked}
        </p>
      </Notice>
      <div className="prose">
        <p>{safetyHelp.stopping}</p>
      </div>
      <FormActions>
        <ButtonLink kind="quiet" href={to(onward)}>
          {safetyHelp.onward}
        </ButtonLink>
      </FormActions>
      <WayBack href="/request/safety" />
    </>
  )
}
