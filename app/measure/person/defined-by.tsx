import type { Definition } from '../dataset/definition.ts'
import { DefinitionList } from '../definition-list.tsx'

/** The definitions of a figure: their ids and versions at a glance, their words on opening; on paper both. */
export function DefinedBy({ definitions }: { definitions: readonly Definition[] }) {
  return (
    <details className="disclosure defined-by">
      <summary>
        Defined by {definitions.map(({ id, version }) => `${id} (version ${version})`).join(', ')}
      </summary>
      <DefinitionList definitions={definitions} />
    </details>
  )
}
