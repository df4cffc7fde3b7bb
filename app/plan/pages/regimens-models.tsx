import { DataTable, Facts, Section } from '../../ui/index.ts'
import type { ShownModel } from '../regimens/regimen-view.ts'
import { CONFIDENCE_WORDS } from '../regimens/regimen-words.ts'

/** What must stand beside curves: whose models they are, whom they were made for, and what is known to be weak. */
export function ModelWords({ models }: { models: readonly ShownModel[] }) {
  return (
    <Section title={models.length === 1 ? 'The model' : 'The models'}>
      {models.map((model) => (
        <article key={model.id} className="regimens-model">
          <h3>{model.title}</h3>
          <ul>
            {model.cautions.map((caution) => (
              <li key={caution}>{caution}</li>
            ))}
          </ul>
          <Facts
            facts={[
              { term: 'Measured in', value: model.site },
              { term: 'Drug', value: model.analyte },
              { term: 'People', value: model.population },
              { term: 'Made for', value: model.madeFor },
              { term: 'Differences between people', value: model.variability },
              { term: 'Scatter of a measured level', value: model.residual },
              { term: 'Source', value: model.source },
            ]}
          />
          <details className="disclosure regimens-constants">
            <summary>
              Every constant<span className="hidden"> of {model.title}</span>
            </summary>
            <DataTable
              caption={`How far to trust it: ${CONFIDENCE_WORDS}`}
              rows={model.constants}
              rowKey={({ name }) => name}
              empty={null}
              columns={[
                { key: 'name', head: 'Constant', names: true, cell: ({ name }) => name },
                { key: 'value', head: 'Value at 70 kg or per kg', cell: ({ value }) => value },
                { key: 'trust', head: 'Trust', cell: ({ confidence }) => confidence },
                { key: 'source', head: 'Source', cell: ({ source }) => source },
              ]}
            />
          </details>
        </article>
      ))}
    </Section>
  )
}
