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
      {block.drawing ? (
        <Figure
          title={`${block.title}, outside data`}
          definition={<DefinitionList definitions={block.definitions} />}
          note={source}
          table={<div className="stack">{tables}</div>}
        >
          <p>{block.finding}</p>
          <Drawn drawing={block.drawing} alt={`${block.title}, outside data. ${block.finding}`} />
        </Figure>
      ) : (
        <>
          <p>{block.finding}</p>
          {tables}
        </>
      )}
      {block.facts.length > 0 && <Facts layout="columns" facts={[...block.facts]} />}
      {block.caution !== undefined && <p className="measure">{block.caution}</p>}
    </div>
  )
}

function Drawn({ drawing, alt }: { drawing: CohortDrawing; alt: string }) {
  switch (drawing.kind) {
    case 'curves': {
      const endTime = Math.max(1, ...drawing.groups.map(({ untilTime }) => untilTime ?? 0))
      return parts(drawing.groups).map((groups) => (
        <SurvivalChart
          key={groups[0]!.label}
          groups={groups}
          alt={alt}
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
          alt={alt}
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
