import { useLoaderData } from 'react-router'
import { accountNames, people } from '../../identity/index.server.ts'
import { mayDo } from '../../platform/access.ts'
import { runQuery } from '../../platform/command.server.ts'
import { guardedLoader } from '../../platform/page.server.ts'
import { dayInWords, msBetween } from '../../platform/time.ts'
import { Age, DataTable, EmptyState, PageHead, Section, StateChip } from '../../ui/index.ts'
import { listAssessments, readClinicalPart } from '../assess-access.ts'
import { allAssessments, intakeAnswers } from '../assess-queries.server.ts'
import { ASSESSMENT_STATE_WORDS } from '../assess-words.ts'
import { assessmentState } from '../assessment.ts'
import { decisionsOfPeople } from '../eligibility/decision-of.server.ts'
import { changeRows } from '../eligibility/decision-page.server.ts'
import eligibilityCss from '../eligibility/eligibility.css?url'
import { ChangeList } from '../eligibility/pages/changes-notice.tsx'
import { intakesOf } from '../forms/plan-intake.server.ts'
import { answersNow } from '../intake-answers.ts'
import { intakeOf } from '../intake-form.ts'
import { intakeProgress } from '../intake-progress.ts'

export const loader = guardedLoader(listAssessments, async ({ services, actor, clinic }) =>
  runQuery(services, actor, async ({ db, at, audit }) => {
    const all = await allAssessments(db, clinic.id)
    const ids = all.map((assessment) => assessment.id)
    const decisions = new Map((await decisionsOfPeople(db, clinic.id)).map((one) => [one.assessmentId, one]))
    const undecided = ids.filter((id) => !decisions.has(id))
    const answers = Map.groupBy(
      await intakeAnswers(db, clinic.id, undecided),
      (answer) => answer.assessmentId,
    )
    const intakes = await intakesOf(db, clinic.id, undecided)
    const names = new Map((await people(db, clinic.id)).map((person) => [person.id, person.displayName]))
    const deciders = await accountNames(
      db,
      [...decisions.values()].flatMap((one) => [one.decidedBy, ...one.changes.flatMap(({ by }) => by ?? [])]),
    )
    audit.read(listAssessments.id, { object: 'assessment-list', detail: { assessments: all.length } })
    const clinical = mayDo(actor, readClinicalPart)
    const rows = all.map((assessment) => {
      const decision = decisions.get(assessment.id)
      const progress = intakeProgress(
        intakes.get(assessment.id) ?? intakeOf([]),
        answersNow(answers.get(assessment.id) ?? []),
      )
      const done = progress.answered + progress.skipped
      return {
        id: assessment.id,
        name: names.get(assessment.personId) ?? 'unknown',
        state: assessmentState({
          decided: decision !== undefined,
          intakeCompleted: assessment.intakeCompletedAt !== undefined,
          answers: done,
        }),
        intake: decision ? undefined : `${done} of ${done + progress.open}`,
        ageMs: msBetween(assessment.openedAt, at),
        opened: dayInWords(assessment.openedAt, clinic.timeZone),
        decision: decision && {
          eligible: decision.decision === 'eligible',
          on: dayInWords(decision.decidedAt, clinic.timeZone),
          by: deciders.get(decision.decidedBy) ?? 'unknown',
          // What the person told is for those who treat them.
          changes: clinical ? changeRows(decision.changes, deciders, clinic.timeZone) : [],
          stale: decision.stale,
          ruleOnly: decision.changes.every((change) => change.ruleOnly),
        },
      }
    })
    return {
      // What waits for a prescriber first, then what waits for the person; the oldest first.
      open: rows
        .filter((row) => !row.decision)
        .sort(
          (a, b) =>
            Number(b.state === 'intake-complete') - Number(a.state === 'intake-complete') ||
            b.ageMs - a.ageMs,
        ),
      again: rows.filter((row) => row.decision?.stale && !row.decision.ruleOnly),
      byRule: rows.filter((row) => row.decision?.stale && row.decision.ruleOnly),
      decided: rows.filter((row) => row.decision && !row.decision.stale),
    }
  }),
)

export function links() {
  return [{ rel: 'stylesheet', href: eligibilityCss }]
}

export function meta() {
  return [{ title: 'Assessments' }]
}

export default function Assessments() {
  const { open, again, byRule, decided } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead title="Assessments" lead="From an accepted request to a prescriber’s signed answer." />
      {again.length + byRule.length > 0 && (
        <Section title="To be looked at again">
          <p>
            Something these decisions rest on has changed since they were signed. Until a prescriber decides
            again, no order can be signed and no dose started.
          </p>
          {again.length > 0 && <AgainTable rows={again} />}
          {byRule.length > 0 && (
            <details className="disclosure" open={again.length === 0 && byRule.length < 10}>
              <summary>
                {byRule.length} only because a rule was set anew; what is known of the person gives the same
                answer
              </summary>
              <AgainTable rows={byRule} />
            </details>
          )}
        </Section>
      )}
      <DataTable
        caption={open.length === 1 ? '1 without a decision' : `${open.length} without a decision`}
        rows={open}
        rowKey={(row) => row.id}
        phone="stack"
        empty={
          <EmptyState title="No assessment is open">
            An assessment opens when a request is accepted.
          </EmptyState>
        }
        columns={[
          {
            key: 'name',
            head: 'Name',
            names: true,
            cell: (row) => <a href={`/work/assessments/${row.id}`}>{row.name}</a>,
          },
          {
            key: 'state',
            head: 'State',
            cell: (row) => <StateChip {...ASSESSMENT_STATE_WORDS[row.state]} />,
          },
          { key: 'intake', head: 'Questions done', align: 'figure', cell: (row) => row.intake ?? '' },
          { key: 'opened', head: 'Opened', cell: (row) => row.opened },
          { key: 'age', head: 'Age', cell: (row) => <Age ageMs={row.ageMs} /> },
        ]}
      />
      {decided.length > 0 && (
        <Section title="Decided">
          <DataTable
            caption={`${decided.length} decided, newest first`}
            rows={decided}
            rowKey={(row) => row.id}
            phone="stack"
            empty={null}
            columns={[
              {
                key: 'name',
                head: 'Name',
                names: true,
                cell: (row) => <a href={`/work/assessments/${row.id}`}>{row.name}</a>,
              },
              {
                key: 'decision',
                head: 'Decision',
                cell: (row) => (row.decision?.eligible ? 'eligible' : 'not eligible'),
              },
              { key: 'on', head: 'Signed', cell: (row) => row.decision?.on },
              { key: 'by', head: 'By', cell: (row) => row.decision?.by },
            ]}
          />
        </Section>
      )}
    </>
  )
}

type Row = ReturnType<typeof useLoaderData<typeof loader>>['again'][number]

/** Decisions whose grounds have changed, with what has. */
function AgainTable({ rows }: { rows: readonly Row[] }) {
  return (
    <DataTable
      caption={rows.length === 1 ? '1 decision' : `${rows.length} decisions`}
      rows={rows}
      rowKey={(row) => row.id}
      rowTone={() => 'amber'}
      phone="stack"
      empty={null}
      columns={[
        {
          key: 'name',
          head: 'Name',
          names: true,
          cell: (row) => <a href={`/work/assessments/${row.id}/decision`}>{row.name}</a>,
        },
        {
          key: 'was',
          head: 'Decided',
          cell: (row) =>
            `${row.decision?.eligible ? 'eligible' : 'not eligible'}, ${row.decision?.on}, ${row.decision?.by}`,
        },
        {
          key: 'changes',
          head: 'What has changed',
          cell: (row) =>
            row.decision && row.decision.changes.length > 0 ? (
              <ChangeList changes={row.decision.changes} />
            ) : (
              'shown to those who treat'
            ),
        },
      ]}
    />
  )
}
