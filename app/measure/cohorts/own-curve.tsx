import { EmptyState, Figure, Section } from '../../ui/index.ts'
import type { FigureBlock } from '../clinic/figure-block.ts'
import { BlockPicture } from '../clinic/figure-block-view.tsx'
import { DefinitionList } from '../definition-list.tsx'

/** The clinic's own time to first use, as the looker may see it, on the page of other people, with why the two cannot be compared as they stand. */
export function OwnCurve({
  own: { block, invented },
  clinicName,
}: {
  own: { readonly block: FigureBlock; readonly invented: string }
  clinicName: string
}) {
  return (
    <Section title={`Beside it: ${clinicName}${invented}`}>
      <p className="measure">
        Not comparable as it stands: the event is another one (here: first use after the first dose), the
        people came by other ways, and follow-up was done differently. It is shown so that the course and the
        uncertainty can be seen side by side.
      </p>
      {block.drawing && block.finding !== undefined ? (
        <Figure
          title={`${block.title}${invented}`}
          definition={<DefinitionList definitions={block.definitions} />}
          note={
            <>
              {block.finding} {block.drawing.kind === 'intervals' && block.drawing.note}{' '}
              <a href="/work/measure">Its numbers are with our own results</a>.
            </>
          }
        >
          <BlockPicture drawing={block.drawing} alt={`${block.title}${invented}. ${block.finding}`} />
        </Figure>
      ) : (
        <EmptyState title={block.nothing?.title ?? 'No curve yet'}>
          <p>{block.nothing?.text}</p>
        </EmptyState>
      )}
    </Section>
  )
}
