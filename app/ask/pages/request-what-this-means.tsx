import { useLoaderData } from 'react-router'
import { goTo, guardedLoader } from '../../platform/page.server.ts'
import { ButtonLink, FormActions, PageHead, Section } from '../../ui/index.ts'
import { readForm } from '../ask-access.ts'
import { pageFollowing, readStep } from '../request-form.ts'
import { tickedItems } from '../suitability.ts'
import { openDraft } from '../visitor-draft.server.ts'
import askCss from './ask.css?url'
import { WayBack } from './way-back.tsx'

export function links() {
  return [{ rel: 'stylesheet', href: askCss }]
}

export const loader = guardedLoader(readForm, async (page) => {
  const { draft } = await openDraft(page)
  const onward =
    page.url.searchParams.get('from') === 'check' ? '/request/check' : pageFollowing('suitability')
  const read = readStep('suitability', draft.answers.suitability ?? {})
  const items = read.ok ? tickedItems(read.value.suitability) : []
  if (items.length === 0) throw goTo(onward)
  return { items, onward, forOther: draft.answers.who?.forWhom === 'other' }
})

export default function RequestWhatThisMeans() {
  const { items, onward, forOther } = useLoaderData<typeof loader>()
  const no = items.filter((item) => item.weight === 'not-here')
  const look = items.filter((item) => item.weight === 'look-first')
  return (
    <>
      <title>What this means – Request</title>
      <PageHead
        title={
          no.length > 0 ? 'Treatment here is probably not suitable' : 'We would have to look closely first'
        }
        lead={`This is about what you ticked, and why. You can still send the request: we answer it, and help ${
          forOther ? 'them' : 'you'
        } look elsewhere if we cannot.`}
      />
      {[...no, ...look].map((item) => (
        <Section key={item.id} title={item.words}>
          <p>{item.why}</p>
          <p>
            <strong>
              {item.weight === 'not-here'
                ? 'While this is so, we would not treat with ketamine.'
                : 'A prescriber would have to look at this before anything else.'}
            </strong>{' '}
            {item.instead}
          </p>
        </Section>
      ))}
      <FormActions>
        <ButtonLink href={onward}>Continue</ButtonLink>
        <ButtonLink kind="quiet" href="/questions">
          Read about other treatments
        </ButtonLink>
      </FormActions>
      <WayBack href="/request/suitability" />
    </>
  )
}
