import type { Definition } from './definitions.ts'

/** Definitions in words with their version, printed with the figure they belong to. */
export function DefinitionList({ definitions }: { definitions: readonly Definition[] }) {
  return (
    <dl className="stack">
      {definitions.map((definition) => (
        <div key={definition.id}>
          <dt>
            <strong>{definition.name}</strong> (definition {definition.id}, version {definition.version})
          </dt>
          <dd>{definition.text}</dd>
        </div>
      ))}
    </dl>
  )
}
