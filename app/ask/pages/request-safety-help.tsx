import { useLoaderData } from 'react-router'
import { guardedLoader } from '../../platform/page.server.ts'
import { ButtonLink, FormActions, Notice, PageHead } from '../../ui/index.ts'
import { readForm } from '../ask-access.ts'
import { linesFor } from '../help-lines.ts'
import { isUrgent } from '../request.ts'
import { pageFollowing, readStep } from '../request-form.ts'
import { openDraft } from '../visitor-draft.server.ts'
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
      .map((line) => `${line.days} ${line.opens}–${line.closes}`)
      .join(', '),
  }
})

export default function RequestSafetyHelp() {
  const { urgent, lines, forOther, onward, opening } = useLoaderData<typeof loader>()
  return (
    <>
      <title>Help right now – Request</title>
      <PageHead
        title={urgent ? 'Please talk with somebody now' : 'Help is there, if you want it'}
        lead={
          urgent
            ? forOther
              ? 'You do not have to handle this alone. These people answer at once, day and night.'
              : 'You are not alone with this. These people answer at once, day and night.'
            : 'You need not tell us. These people answer at once, day and night.'
        }
      />
      <HelpLines lines={lines} />
      <Notice state={urgent ? 'amber' : 'due'} title="Nobody here watches this form as you write.">
        <p>
          We read requests when the clinic is open{opening ? `: ${opening}` : ''}.
          {urgent && ' Yours will be marked urgent and read first. It cannot take the place of a call now.'}
        </p>
      </Notice>
      <div className="prose">
        <p>
          If you drink every day or take benzodiazepines, do not stop suddenly on your own: that can be
          dangerous. Shaking, a seizure, fever or seeing things: call 911.
        </p>
      </div>
      <FormActions>
        <ButtonLink kind="quiet" href={onward}>
          Go on with the request
        </ButtonLink>
      </FormActions>
      <WayBack href="/request/safety" />
    </>
  )
}
