import { useActionData, useLoaderData } from 'react-router'
import { mayDo } from '../../platform/access.ts'
import { runCommand, runQuery } from '../../platform/command.server.ts'
import { type FormAnswer, fieldErrors, formProblem } from '../../platform/form.ts'
import { parseId } from '../../platform/ids.ts'
import { goTo, guardedAction, guardedLoader, notFound } from '../../platform/page.server.ts'
import { momentInWords } from '../../platform/time.ts'
import {
  Breadcrumb,
  Button,
  ButtonLink,
  ErrorSummary,
  FormActions,
  Notice,
  PageHead,
  Section,
  SelectField,
  TextField,
} from '../../ui/index.ts'
import { readyFigures } from '../clinic/take-snapshot.server.ts'
import { CohortBlockFigure } from '../cohorts/cohort-block-figure.tsx'
import type { CohortChosen } from '../cohorts/cohort-blocks.ts'
import { type CohortKind, KIND_WORDS, mappingWords } from '../cohorts/cohort-mapping.ts'
import { cohortWithFigures, ownCurve } from '../cohorts/cohort-view.server.ts'
import { counted, countedPeople } from '../cohorts/counted.ts'
import { markCohortPublished, withdrawCohort } from '../cohorts/import-cohort.server.ts'
import { OwnCurve } from '../cohorts/own-curve.tsx'
import { PublishedFields } from '../cohorts/published-fields.tsx'
import { readPublished } from '../cohorts/published-reference.ts'
import { endpointDefinition } from '../cohorts/urine-blocks.ts'
import { ENDPOINT_NAMES } from '../cohorts/urine-figures.ts'
import { markCohortPublishedAction, readResults, withdrawCohortAction } from '../measure-access.ts'

export const loader = guardedLoader(readResults, async ({ services, actor, clinic, params, url }) => {
  const id = parseId<'outside-cohort'>(params.id) ?? notFound()
  const ask = url.searchParams
  const asked = {
    days: ask.get('days'),
    until: ask.get('until'),
    endpoint: ask.get('endpoint'),
    reference: ask.get('reference'),
  }
  await readyFigures(services, actor)
  return runQuery(services, actor, async (needs) => {
    const { cohort, blocks, chosen, withheld } = (await cohortWithFigures(needs, id, asked)) ?? notFound()
    needs.audit.read(readResults.id, { object: 'outside-cohort', objectId: id })
    const timed = cohort.mapping.kind === 'time-to-event'
    return {
      id,
      name: cohort.name,
      kind: cohort.mapping.kind,
      people: cohort.people,
      fileName: cohort.fileName,
      published: cohort.published,
      withheld,
      leftOut: leftOutWords(cohort.rowsNotWanted, cohort.rowsLeftOut),
      source: `Source: ${cohort.fileName}; ${mappingWords(cohort.mapping)}.${cohort.published === undefined ? '' : ` Published: ${sentence(cohort.published)}`} Brought in on ${momentInWords(cohort.importedAt, clinic.timeZone)}.`,
      blocks,
      chosen,
      download: `/work/measure/cohorts/${id}/curves.csv?${new URLSearchParams(
        Object.entries(asked).filter((entry): entry is [string, string] => entry[1] !== null),
      )}`,
      done: ask.get('done'),
      mayMark: mayDo(actor, markCohortPublishedAction),
      mayWithdraw: mayDo(actor, withdrawCohortAction),
      own: timed ? await ownCurve(needs, clinic) : undefined,
      clinicName: clinic.name,
    }
  })
})

export const action = guardedAction<Response | FormAnswer>({
  'mark-published': [
    markCohortPublishedAction,
    async ({ services, actor, params, form }) => {
      const cohortId = parseId<'outside-cohort'>(params.id) ?? notFound()
      const { reference, errors } = readPublished(form)
      if (Object.keys(errors).length > 0) return formProblem(form, errors)
      const marked = await runCommand(services, actor, markCohortPublished, { cohortId, reference })
      if (!marked.ok) notFound()
      return goTo(`/work/measure/cohorts/${cohortId}?done=${reference === undefined ? 'unmarked' : 'marked'}`)
    },
  ],
  withdraw: [
    withdrawCohortAction,
    async ({ services, actor, params }) => {
      const cohortId = parseId<'outside-cohort'>(params.id) ?? notFound()
      const withdrawn = await runCommand(services, actor, withdrawCohort, { cohortId })
      if (!withdrawn.ok) notFound()
      return goTo('/work/measure?done=withdrawn')
    },
  ],
})

export const handle = { width: 'wide' as const }

export function meta({ loaderData }: { loaderData?: { name: string } }) {
  return [{ title: loaderData ? `${loaderData.name} · outside cohort` : 'Outside cohort' }]
}

/** With one full stop at its end. */
function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`
}

function leftOutWords(notWanted: number, leftOut: number): string {
  return [
    ...(notWanted > 0 ? [` Not asked for: ${counted(notWanted, 'row', 'rows')} of the file.`] : []),
    ...(leftOut > 0 ? [` Left out because a cell was missing: ${counted(leftOut, 'row', 'rows')}.`] : []),
  ].join('')
}

const HAPPENED: Readonly<Record<string, { title: string; says: string }>> = {
  'brought-in': {
    title: 'The file was brought in.',
    says: 'Compare a figure or two with its publication before you use it.',
  },
  already: {
    title: 'This file, read in this way, was here already.',
    says: 'Nothing was stored a second time and nothing was changed; this is the first one.',
  },
  marked: {
    title: 'Marked as published.',
    says: 'Everybody who may read the results now sees its small groups too.',
  },
  unmarked: {
    title: 'No longer marked as published.',
    says: 'If a group holds fewer than ten people, only those who treat people here see the figures.',
  },
}

export default function Cohort() {
  const page = useLoaderData<typeof loader>()
  const happened = page.done === null ? undefined : HAPPENED[page.done]
  const answer = useActionData<FormAnswer>()
  const [first, ...others] = page.blocks
  return (
    <>
      <PageHead
        breadcrumb={<Breadcrumb items={[{ href: '/work/measure', label: 'Results' }]} />}
        kicker="Outside cohort: people of another place, never mixed with our own"
        title={page.name}
        lead={`${KIND_WORDS[page.kind].label}. ${countedPeople(page.people)} from ${page.fileName}.${page.leftOut}`}
        actions={
          <ButtonLink kind="quiet" size="small" href={page.download}>
            Download the numbers (CSV)
          </ButtonLink>
        }
      />
      <ErrorSummary errors={fieldErrors(answer)} />
      {happened && (
        <Notice title={happened.title} announce="status">
          <p>{happened.says}</p>
        </Notice>
      )}
      {first && (
        <Section title={first.title}>
          <div className="stack">
            {!page.withheld && <Choices kind={page.kind} chosen={page.chosen} />}
            <CohortBlockFigure block={first} source={page.source} />
          </div>
        </Section>
      )}
      {others.map((block) => (
        <Section key={block.id} title={block.title}>
          <CohortBlockFigure block={block} source={page.source} />
        </Section>
      ))}
      {page.own && <OwnCurve own={page.own} clinicName={page.clinicName} />}
      {page.mayMark && (
        <Section title="Are these data public?">
          <form method="post" noValidate className="measure">
            <input type="hidden" name="intent" value="mark-published" />
            <PublishedFields
              ticked={answer ? answer.values.published !== undefined : page.published !== undefined}
              reference={answer ? String(answer.values.publishedReference ?? '') : (page.published ?? '')}
              errors={answer?.errors ?? {}}
            />
            <FormActions>
              <Button kind="quiet">Store this</Button>
            </FormActions>
          </form>
        </Section>
      )}
      {page.mayWithdraw && (
        <Section title="Withdraw this cohort">
          <div className="stack">
            <p>For instance when the wrong columns were read. It leaves the pages; its rows are kept.</p>
            <form method="post">
              <input type="hidden" name="intent" value="withdraw" />
              <Button kind="quiet">Withdraw</Button>
            </form>
          </div>
        </Section>
      )}
    </>
  )
}

/** What one may ask of the figures: nothing but the address changes. */
function Choices({ kind, chosen }: { kind: CohortKind; chosen: CohortChosen }) {
  const overTime = kind === 'time-to-event' || kind === 'weekly-urine'
  const comparable = chosen.groups.length > 1
  if (!overTime && !comparable) return null
  const unit = kind === 'weekly-urine' ? 'Weeks' : 'Days'
  return (
    <form method="get" className="stack">
      {chosen.endpoint !== undefined && (
        <SelectField
          name="endpoint"
          label="Published definition"
          options={ENDPOINT_NAMES.map((value) => {
            const { name, source } = endpointDefinition(value)
            return { value, label: `${name} (${source.words.split(',')[0]})` }
          })}
          defaultValue={chosen.endpoint}
        />
      )}
      {comparable && (
        <SelectField
          name="reference"
          label="The others are compared with"
          options={chosen.groups.map((value) => ({ value, label: value }))}
          defaultValue={chosen.reference ?? ''}
        />
      )}
      <div className="row">
        {overTime && <Times unit={unit} chosen={chosen} />}
        <Button kind="quiet">Show</Button>
      </div>
    </form>
  )
}

function Times({ unit, chosen }: { unit: 'Weeks' | 'Days'; chosen: CohortChosen }) {
  if (!chosen.timed)
    return (
      <>
        <input type="hidden" name="days" value={chosen.days} />
        <input type="hidden" name="until" value={chosen.until} />
      </>
    )
  return (
    <>
      <TextField
        name="days"
        label={`${unit} to tell`}
        hint="Numbers with commas between them"
        width="medium"
        defaultValue={chosen.days}
        error={chosen.daysProblem}
      />
      <TextField
        name="until"
        label={`Mean ${unit.toLowerCase()} up to`}
        hint="Empty: as long as every group was followed"
        width="medium"
        inputMode="decimal"
        optional
        defaultValue={chosen.until}
        error={chosen.untilProblem}
      />
    </>
  )
}
