import { useActionData, useLoaderData } from 'react-router'
import { fieldErrors } from '../../../platform/form.ts'
import { guardedAction, guardedLoader } from '../../../platform/page.server.ts'
import {
  Breadcrumb,
  ButtonLink,
  EmptyState,
  ErrorSummary,
  Facts,
  Notice,
  PageHead,
  Section,
} from '../../../ui/index.ts'
import { chooseEditionAction, importEditionAction, readInstruments } from '../edition-access.ts'
import { loadInstrument, postFile, postUse } from '../edition-page.server.ts'
import { ADMINISTERED_WORDS, CONFIDENCE_WORDS } from '../instrument-words.ts'
import { AsAsked } from './instrument-as-asked.tsx'
import { Scoring, Sources } from './instrument-scoring.tsx'
import { BringIn, Wordings } from './instrument-wording.tsx'
import instrumentsCss from './instruments.css?url'

export const loader = guardedLoader(readInstruments, loadInstrument)

export const action = guardedAction({
  check: [importEditionAction, postFile],
  import: [importEditionAction, postFile],
  use: [chooseEditionAction, postUse],
})

export function links() {
  return [{ rel: 'stylesheet', href: instrumentsCss }]
}

export function meta() {
  return [{ title: 'Form' }]
}

const DONE_WORDS: Readonly<Record<string, string>> = {
  new: 'New responses use the imported words from now on. What was begun keeps its own.',
  again: 'New responses use these words again. What was begun keeps its own.',
  already: 'This file was in use already. Nothing was changed.',
  plain: 'New responses use our plain language again. What was begun keeps its own.',
}

/** One form: as it is asked, how it is scored, whose it is, and in whose words. */
export default function InstrumentPage() {
  const { key, may, instrument, isForm, plain, done, editions } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const problem = answer && 'errors' in answer ? answer : undefined
  const checked = answer && 'checked' in answer ? answer.checked : undefined
  const bringIn = may && isForm && (
    <BringIn
      key={checked?.kept.slice(0, 40) ?? 'none'}
      name={instrument.shortName}
      itemKey={key}
      checked={checked}
      problem={problem}
    />
  )
  return (
    <>
      <PageHead
        breadcrumb={<Breadcrumb items={[{ href: '/work/instruments', label: 'Forms' }]} />}
        kicker={instrument.name}
        title={instrument.shortName}
        lead={instrument.construct}
        actions={
          isForm && (
            <ButtonLink href={`/work/instruments/${instrument.id}/questionnaire.json`} kind="quiet">
              Save as FHIR Questionnaire
            </ButtonLink>
          )
        }
      />
      {done !== null && DONE_WORDS[done] && !answer && (
        <Notice state="calm" announce="status" title={DONE_WORDS[done]} />
      )}
      <ErrorSummary errors={fieldErrors(problem)} />
      {answer ? (
        bringIn
      ) : (
        <>
          <Facts
            layout="columns"
            facts={[
              { term: 'Filled in by', value: ADMINISTERED_WORDS[instrument.administered] },
              { term: 'Questions', value: String(instrument.items.length) },
              { term: 'Variant', value: instrument.version },
              { term: 'Wording', value: plain ? 'our plain language' : instrument.edition },
              { term: 'How sure we are', value: CONFIDENCE_WORDS[instrument.confidence] },
            ]}
          />
          <Section title="As it is asked">
            {instrument.items.length > 0 ? (
              <AsAsked instrument={instrument} />
            ) : (
              <EmptyState title="No questions here">{instrument.introduction}</EmptyState>
            )}
          </Section>
          <Scoring instrument={instrument} />
          <Sources instrument={instrument} />
          <Wordings editions={editions} plain={plain} may={may} />
          {bringIn}
        </>
      )}
    </>
  )
}
