import { useLoaderData } from 'react-router'
import { hrefIn, languageOf } from '../../platform/language.ts'
import { goTo, guardedLoader } from '../../platform/page.server.ts'
import { ButtonLink, FormActions, PageHead, Section } from '../../ui/index.ts'
import { readForm } from '../ask-access.ts'
import { pageFollowing, readStep } from '../request-form.ts'
import { tickedItems } from '../suitability.ts'
import { openDraft } from '../visitor-draft.server.ts'
import { useWords } from '../words/use-words.ts'
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
  if (items.length === 0) throw goTo(hrefIn(languageOf(page.url.pathname), onward))
  return { items, onward, forOther: draft.answers.who?.forWhom === 'other' }
})

export default function RequestWhatThisMeans() {
  const { items, onward, forOther } = useLoaderData<typeof loader>()
  const { words, to } = useWords()
  const { meaning } = words
  const no = items.filter((item) => item.weight === 'not-here')
  const look = items.filter((item) => item.weight === 'look-first')
  const wait = items.filter((item) => item.weight === 'not-that-day')
  const said = {
    'not-here': meaning.whileSo,
    'look-first': meaning.prescriberFirst,
    'not-that-day': meaning.notThatDay,
  } as const
  return (
    <>
      <title>{meaning.tab}</title>
      <PageHead
        title={no.length > 0 ? meaning.notHere : look.length > 0 ? meaning.lookFirst : meaning.solveFirst}
        lead={forOther ? meaning.leadOther : meaning.lead}
      />
      {[...no, ...look, ...wait].map((item) => (
        <Section key={item.id} title={words.suitability[item.id].words}>
          <p>{words.suitability[item.id].why}</p>
          <p>
            <strong>{said[item.weight]}</strong> {words.suitability[item.id].instead}
          </p>
        </Section>
      ))}
      <FormActions>
        <ButtonLink href={to(onward)}>{meaning.onward}</ButtonLink>
        <ButtonLink kind="quiet" href={to('/what-else-works')}>
          {meaning.others}
        </ButtonLink>
      </FormActions>
      <WayBack href="/request/suitability" />
    </>
  )
}
