import {
  DataTable,
  EmptyState,
  Facts,
  Figure,
  FunnelChart,
  IntervalChart,
  Notice,
  Section,
  SurvivalChart,
} from '../../ui/index.ts'
import type { Definition } from '../dataset/definition.ts'
import { smallCountsDefinition } from '../dataset/estimate-definitions.ts'
import { DefinitionList } from '../definition-list.tsx'
import type { Drawing, FigureBlock, NumberTable } from './figure-block.ts'
import { cellInWords } from './numbers-words.ts'

/**
 * One figure of the clinic with its finding, people, picture, numbers and definitions, or why there is none. What small
 * counts are stands once on the page (`SmallCounts`).
 *
 * @param invented what the title says of people who do not exist
 * @param period whom it is about
 */
export function FigureBlockView({
  block,
  invented,
  period,
}: {
  block: FigureBlock
  invented: string
  period: string
}) {
  const { id, title, finding, facts, drawing, tables, caution, nothing } = block
  const definitions = block.definitions.filter(({ id }) => id !== smallCountsDefinition.id)
  const [own, ...others] = definitions.map(({ id, version }) => `${id} v${version}`)
  const counted = (
    <details className="disclosure">
      <summary>
        How this is counted ({own}
        {others.length > 0 && ` and ${others.length} more`})
      </summary>
      <DefinitionList definitions={definitions} />
    </details>
  )
  return (
    <div id={id}>
      <Section title={`${title}${invented}`}>
        <div className="stack">
          {finding !== undefined && <p className="measure">{finding}</p>}
          {nothing && (
            <EmptyState title={nothing.title}>
              <p>{nothing.text}</p>
            </EmptyState>
          )}
          {facts.length > 0 && <Facts layout="columns" facts={facts} />}
          {drawing ? (
            <Figure
              title={`${titleOf(drawing)}${invented}`}
              definition={counted}
              note={drawing.kind === 'intervals' && drawing.note ? `${period} ${drawing.note}` : period}
              table={<Tables tables={tables} />}
            >
              <BlockPicture drawing={drawing} alt={`${title}${invented}. ${finding}`} />
            </Figure>
          ) : (
            <>
              <Tables tables={tables} />
              {counted}
              <p className="chart-figure-note">{period}</p>
            </>
          )}
          {caution !== undefined && !nothing && <Notice title="To be read with care">{caution}</Notice>}
        </div>
      </Section>
    </div>
  )
}

/** What is withheld from the reader of this page, and why: once for all its figures. */
export function SmallCounts({ definition }: { definition: Definition }) {
  return (
    <Section title="What is withheld">
      <DefinitionList definitions={[definition]} />
    </Section>
  )
}

/** What is drawn, beneath the heading that says of what. */
function titleOf(drawing: Drawing): string {
  switch (drawing.kind) {
    case 'curve':
      return `${drawing.survivalLabel}, with numbers still observed`
    case 'intervals':
      return drawing.unit === 'number' ? drawing.valueLabel : `${drawing.valueLabel}, with 95 % intervals`
    case 'funnel':
      return `${drawing.shareLabel}, by number of people`
  }
}

/** The picture of a figure, without what must stand beside it. @param alt what it says, in a sentence or two */
export function BlockPicture({ drawing, alt }: { drawing: Drawing; alt: string }) {
  switch (drawing.kind) {
    case 'curve':
      return (
        <SurvivalChart
          groups={[drawing.group]}
          alt={alt}
          timeLabel={drawing.timeLabel}
          survivalLabel={drawing.survivalLabel}
          bandLabel="Band: 95 % interval"
        />
      )
    case 'intervals':
      return (
        <IntervalChart
          groups={drawing.groups}
          alt={alt}
          valueLabel={drawing.valueLabel}
          range={drawing.range}
          unit={drawing.unit}
          reference={drawing.reference}
        />
      )
    case 'funnel':
      return (
        <FunnelChart
          units={drawing.units}
          lines={drawing.lines}
          target={drawing.target}
          alt={alt}
          shareLabel={drawing.shareLabel}
          sizeLabel={drawing.sizeLabel}
        />
      )
  }
}

type NumberedRow = { readonly at: number; readonly cells: NumberTable['rows'][number] }

function Tables({ tables }: { tables: readonly NumberTable[] }) {
  return (
    <div className="stack">
      {tables.map((table) => (
        <DataTable
          key={table.id}
          caption={table.caption}
          rows={table.rows.map((cells, at): NumberedRow => ({ at, cells }))}
          rowKey={({ at }) => String(at)}
          empty={null}
          columns={table.columns.map((column) => ({
            key: column.key,
            head: column.head,
            ...(column.unit ? { unit: column.unit } : {}),
            ...(column.names ? { names: true } : {}),
            ...(column.kind === 'words' ? {} : { align: 'figure' as const }),
            cell: ({ cells }: NumberedRow) => cellInWords(cells[column.key], column),
          }))}
        />
      ))}
    </div>
  )
}
