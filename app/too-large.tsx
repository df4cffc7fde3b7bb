import { useLoaderData } from 'react-router'
import { action, anyone } from './platform/access.ts'
import { guardedLoader } from './platform/page.server.ts'
import { ButtonLink, PageHead } from './ui/index.ts'

/** Learning why a form was refused; nothing of a clinic is on the page. */
const readWhyRefused = action('platform.read-why-refused', anyone)

/** What to do with a file instead, by the page it was sent from. */
const INSTEAD: readonly (readonly [from: RegExp, words: string, command: string])[] = [
  [
    /^\/work\/measure\/cohorts\/new/,
    'The page takes files up to 5 MB. Larger ones, up to 50 MB, come in by the terminal of the computer on which the clinic runs:',
    'npm run cohort -- import FILE.csv',
  ],
  [
    /^\/work\/instruments\//,
    'A larger form comes in by the terminal of the computer on which the clinic runs:',
    'npm run instrument -- import FILE.json --as INSTRUMENT',
  ],
]

/**
 * Why something that was sent was not taken, and the way back. The server shows it with status 413 in place of the page
 * that a form was sent to.
 */
export const loader = guardedLoader(readWhyRefused, async ({ url }) => {
  const from = url.searchParams.get('from') ?? ''
  const mb = Number(url.searchParams.get('mb'))
  const instead = INSTEAD.find(([page]) => page.test(from))
  return {
    // Only to a page of ours: // and /\ would lead elsewhere.
    back: /^\/(?![/\\])/.test(from) ? from : undefined,
    most: Number.isInteger(mb) && mb > 0 ? mb : undefined,
    // A request is kept page by page, so only what this page held has to be typed again.
    formKept: /^\/(es\/)?request\//.test(from),
    instead: instead && { words: instead[1], command: instead[2] },
  }
})

export function meta() {
  return [{ title: 'Too large to send' }]
}

export default function TooLarge() {
  const { back, most, instead, formKept } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead
        title="This was too large to send"
        lead={`Nothing was stored.${most === undefined || instead ? '' : ` This form takes up to ${most} MB, files included.`}`}
      />
      <div className="measure stack">
        <p>
          {instead
            ? 'Go back and choose a smaller file.'
            : 'Go back and send less at once, for instance a shorter text or a smaller file.'}{' '}
          {formKept
            ? 'What you wrote on the other pages is kept, and what was on this page before.'
            : 'What was typed may have to be typed again.'}
        </p>
        {instead && (
          <>
            <p>{instead.words}</p>
            <p>
              <code>{instead.command}</code>
            </p>
          </>
        )}
        {back !== undefined && (
          <p>
            <ButtonLink href={back}>Back to the page</ButtonLink>
          </p>
        )}
      </div>
    </>
  )
}
