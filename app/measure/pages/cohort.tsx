import { useLoaderData } from 'react-router'
import { mayDo } from '../../platform/access.ts'
import { runCommand, runQuery } from '../../platform/command.server.ts'
import { parseId } from '../../platform/ids.ts'
import { goTo, guardedAction, guardedLoader, notFound } from '../../platform/page.server.ts'
import { momentInWords } from '../../platform/time.ts'
import {
  Breadcrumb,
  Button,
  ButtonLink,
  Notice,
  PageHead,
  Section,
  SelectField,
  TextField,
} from '../../ui/index.ts'
import { CohortBlockFigure } from '../cohorts/cohort-block-figure.tsx'
import type { CohortChosen } from '../cohorts/cohort-blocks.ts'
import { type CohortKind, KIND_WORDS, mappingWords } from '../cohorts/cohort-mapping.ts'
import { cohortWithFigures, ownCurve } from '../cohorts/cohort-view.server.ts'
import { withdrawCohort } from '../cohorts/import-cohort.server.ts'
import { OwnCurve } from '../cohorts/own-curve.tsx'
import { endpointDefinition } from '../cohorts/urine-blocks.ts'
import { ENDPOINT_NAMES } from '../cohorts/urine-figures.ts'
import { readResults, withdrawCohortAction } from '../measure-access.ts'

export const loader = guardedLoader(readResults, async ({ services, actor, clinic, params, url }) => {
  const id = parseId<'outside-cohort'>(params.id) ?? notFound()
  const ask = url.searchParams
  const asked = { days: ask.get('days'), until: ask.get('until'), endpoint: ask.get('endpoint') }
  return runQuery(services, actor, async (needs) => {
    const { cohort, blocks, chosen } = (await cohortWithFigures(needs, id, asked)) ?? notFound()
    needs.audit.read(readResults.id, { object: 'outside-cohort', objectId: id })
    const timed = cohort.mapping.kind === 'time-to-event'
    return {
      id,
      name: cohort.name,
      kind: cohort.mapping.kind,
      people: cohort.people,
      fileName: cohort.fileName,
      leftOut: leftOutWords(cohort.rowsNotWanted, cohort.rowsLeftOut),
      source: `Source: ${cohort.fileName}; ${mappingWords(cohort.mapping)}. Brought in on ${momentInWords(cohort.importedAt, clinic.timeZone)}.`,
      blocks,
      chosen,
      download: `/work/measure/cohorts/${id}/curves.csv?${new URLSearchParams(
        Object.entries(asked).filter((entry): entry is [string, string] => entry[1] !== null),
      )}`,
      done: ask.get('done'),
      mayWithdraw: mayDo(actor, withdrawCohortAction),
      own: timed ? await ownCurve(needs, clinic) : undefined,
      clinicName: clinic.name,
    }
  })
})

export const action = guardedAction({
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

function leftOutWords(notWanted: number, leftOut: number): string {
  return [
    ...(notWanted > 0 ? [` ${notWanted} rows of the file were not asked for.`] : []),
    ...(leftOut > 0 ? [` ${leftOut} rows were left out because a cell was missing.`] : []),
  ].join('')
}

const HAPPENED: Readonly<Record<string, { title: string; says: string }>> = {
  'brought-in': {
    title: 'The file was brought in.',
    says: 'Compare a figure or two with its publication before you use it.',
  },
  already: {
    title: 'This file, read in this way, was here already.',
    says: 'Nothing was stored a second time; this is the first one.',
  },
}

export default function Cohort() {
  const page = useLoaderData<typeof loader>()
  const happened = page.done === null ? undefined : HAPPENED[page.done]
  const [first, ...others] = page.blocks
  return (
    <>
      <PageHead
        breadcrumb={<Breadcrumb items={[{ href: '/work/measure', label: 'Results' }]} />}
        kicker="Outside cohort: people of another place, never mixed with our own"
        title={page.name}
        lead={`${KIND_WORDS[page.kind].label}. ${page.people} people from ${page.fileName}.${page.leftOut}`}
        actions={
          <ButtonLink kind="quiet" size="small" href={page.download}>
            Download the numbers (CSV)
          </ButtonLink>
        }
      />
      {happened && (
        <Notice title={happened.title} announce="status">
          <p>{happened.says}</p>
        </Notice>
      )}
      {first && (
        <Section title={first.title}>
          <div className="stack">
            <Choices kind={page.kind} chosen={page.chosen} />
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
  if (kind !== 'time-to-event' && kind !== 'weekly-urine') return null
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
      <div className="row">
        {chosen.timed ? (
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
        ) : (
          <>
            <input type="hidden" name="days" value={chosen.days} />
            <input type="hidden" name="until" value={chosen.until} />
          </>
        )}
        <Button kind="quiet">Show</Button>
      </div>
    </form>
  )
}
