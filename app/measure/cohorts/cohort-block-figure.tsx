import { DataTable, Facts, Figure, IntervalChart, SurvivalChart } from '../../ui/index.ts'
import type { NumberTable } from '../clinic/figure-block.ts'
import { cellInWords } from '../clinic/numbers-words.ts'
import { DefinitionList } from '../definition-list.tsx'
import type { CohortBlock, CohortDrawing } from './cohort-block.ts'
import { MeansChart } from './means-chart.tsx'

/** A chart tells four lines apart. */
const LINES_IN_A_CHART = 4

/** One figure of an outside cohort: picture, what it says, definitions, source, and its numbers as tables. */
export function CohortBlockFigure({ block, source }: { block: CohortBlock; source: string }) {
  const tables = block.tables.map((table) => <NumbersTable key={table.id} table={table} />)
  return (
    <div className="stack" id={block.id}>
      <Finding sentences={block.finding} />
      {block.drawing ? (
        <Figure
          title="Outside data, not our own people"
          definition={<DefinitionList definitions={block.definitions} />}
          note={source}
          table={<div className="stack">{tables}</div>}
        >
          <Drawn drawing={block.drawing} title={`${block.title}, outside data.`} says={block.finding} />
        </Figure>
      ) : (
        tables
      )}
      {block.facts.length > 0 && <Facts layout="columns" facts={[...block.facts]} />}
      {block.caution !== undefined && <p className="measure">{block.caution}</p>}
    </div>
  )
}

/** Two sentences read as a paragraph; more of them as a list by group, with what is of no group beneath. */
function Finding({ sentences }: { sentences: readonly string[] }) {
  if (sentences.length === 0) return null
  if (sentences.length < 3) return <p className="measure">{sentences.join(' ')}</p>
  const parts = sentences.map((sentence) => ({ sentence, at: sentence.indexOf(': ') }))
  return (
    <div className="measure stack">
      <Facts
        facts={parts.flatMap(({ sentence, at }) =>
          at > 0 ? [{ term: sentence.slice(0, at), value: sentence.slice(at + 2) }] : [],
        )}
      />
      {parts.map(({ sentence, at }) => (at > 0 ? null : <p key={sentence}>{sentence}</p>))}
    </div>
  )
}

function Drawn({ drawing, title, says }: { drawing: CohortDrawing; title: string; says: readonly string[] }) {
  const alt = `${title} ${says.join(' ')}`
  // Where the groups need several pictures, each says what is in it.
  const altOf = (shown: readonly { label: string }[], all: readonly { label: string }[]) =>
    shown.length === all.length
      ? alt
      : `${title} ${says.filter((sentence) => shown.some(({ label }) => sentence.startsWith(`${label}:`))).join(' ')}`
  switch (drawing.kind) {
    case 'curves': {
      const endTime = Math.max(1, ...drawing.groups.map(({ untilTime }) => untilTime ?? 0))
      return parts(drawing.groups).map((groups) => (
        <SurvivalChart
          key={groups[0]!.label}
          groups={groups}
          alt={altOf(groups, drawing.groups)}
          timeLabel={drawing.timeLabel}
          survivalLabel={drawing.survivalLabel}
          bandLabel="Band: 95 % interval"
          endTime={endTime}
        />
      ))
    }
    case 'intervals':
      return (
        <IntervalChart
          groups={drawing.groups}
          alt={alt}
          valueLabel={drawing.valueLabel}
          unit={drawing.unit}
          {...(drawing.range ? { range: drawing.range } : {})}
          {...(drawing.reference ? { reference: drawing.reference } : {})}
        />
      )
    case 'means':
      return parts(drawing.lines).map((lines) => (
        <MeansChart
          key={lines[0]!.label}
          lines={lines}
          alt={altOf(lines, drawing.lines)}
          scoreLabel={drawing.scoreLabel}
          visitLabel={drawing.visitLabel}
        />
      ))
  }
}

/** Groups a few at a time, one picture for each few. */
function parts<One>(all: readonly One[]): One[][] {
  return Array.from({ length: Math.ceil(all.length / LINES_IN_A_CHART) }, (_, at) =>
    all.slice(at * LINES_IN_A_CHART, (at + 1) * LINES_IN_A_CHART),
  )
}

type NumberedRow = { readonly at: number; readonly row: NumberTable['rows'][number] }

/** Numbers as the page shows them; nothing is withheld of an outside cohort, and what there is none of is a dash. */
function NumbersTable({ table }: { table: NumberTable }) {
  return (
    <DataTable<NumberedRow>
      caption={table.caption}
      rows={table.rows.map((row, at) => ({ at, row }))}
      rowKey={({ at }) => String(at)}
      empty={null}
      columns={table.columns.map((column) => ({
        key: column.key,
        head: column.head,
        ...(column.unit ? { unit: column.unit } : {}),
        ...(column.names ? { names: true } : {}),
        align: column.kind === 'words' ? ('text' as const) : ('figure' as const),
        cell: ({ row }) => cellInWords(row[column.key], column),
      }))}
    />
  )
}
