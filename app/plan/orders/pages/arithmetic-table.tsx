import { DataTable, EmptyState } from '../../../ui/index.ts'
import type { ArithmeticLine } from '../rounding.ts'

/**
 * The calculation of an order, line by line, as a person would check it.
 *
 * @param phone `scroll` keeps it a table on a narrow screen and on paper, which is as narrow
 */
export function ArithmeticTable({
  lines,
  caption,
  phone = 'stack',
}: {
  lines: readonly ArithmeticLine[]
  caption: string
  phone?: 'stack' | 'scroll'
}) {
  return (
    <DataTable
      caption={caption}
      rows={lines}
      rowKey={(line) => line.label}
      phone={phone}
      empty={<EmptyState title="Nothing to count yet" />}
      columns={[
        { key: 'label', head: 'Step', names: true, cell: (line) => line.label },
        { key: 'working', head: 'Working', cell: (line) => line.working },
        { key: 'result', head: 'Result', align: 'figure', cell: (line) => <strong>{line.result}</strong> },
      ]}
    />
  )
}
