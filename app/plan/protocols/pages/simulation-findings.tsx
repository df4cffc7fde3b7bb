import { DataTable, EmptyState, Facts, Notice, Section } from '../../../ui/index.ts'
import type { ProtocolPageData } from '../protocols-page.server.ts'
import type { Finding } from '../simulation-report.ts'

/** What invented people met, each figure with what it is counted in, and what was taken for granted. */
export function SimulationFindings({
  simulation,
}: {
  simulation: NonNullable<ProtocolPageData['simulation']>
}) {
  const { report } = simulation
  return (
    <Section title="Tried on invented people">
      {simulation.outdated && (
        <Notice state="due" title="This was an earlier revision">
          <p>The version was changed since. Run the simulation again before publishing.</p>
        </Notice>
      )}
      {report.obstacles.map((text) => (
        <Notice key={text} state="due" title={text} />
      ))}
      <Facts
        facts={[
          { term: 'Eligible', value: `${report.eligible.count} of ${report.eligible.of} invented people` },
          {
            term: 'First dose',
            value: report.doseMg
              ? `${report.doseMg.low} to ${report.doseMg.high} mg, half of them up to ${report.doseMg.middle} mg`
              : 'no order could be worked out',
          },
          { term: 'Run', value: simulation.ran, source: `seed ${report.seed}` },
        ]}
      />
      <Findings title="Orders" findings={report.orders} />
      <Findings title="Diary" findings={report.diary} />
      <Findings title="Readings" findings={report.readings} />
      <Findings title="Requirements not met, or not settled" findings={report.excludedBy} />
      <h3>Taken for granted</h3>
      <ul className="plan-list measure">
        {report.assumptions.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </Section>
  )
}

function Findings({ title, findings }: { title: string; findings: readonly Finding[] }) {
  return (
    <DataTable
      caption={title}
      rows={findings}
      rowKey={(row) => row.id}
      phone="stack"
      empty={<EmptyState title="Nothing to count">Nobody came so far.</EmptyState>}
      columns={[
        { key: 'what', head: 'What', names: true, cell: (row) => row.what },
        {
          key: 'count',
          head: 'How many',
          align: 'figure',
          cell: (row) => (row.of === 0 ? 'nobody came so far' : `${row.count} of ${row.of}`),
        },
        { key: 'of', head: 'Counted in', cell: (row) => row.ofWhat },
      ]}
    />
  )
}
