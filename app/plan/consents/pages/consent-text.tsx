import type { DocumentView } from '../document-view.server.ts'

/** The text of a document, in one measure for reading. */
export function ConsentText({
  document,
}: {
  document: Pick<DocumentView, 'version' | 'reviewPending' | 'sections'>
}) {
  return (
    <div className="prose consent-text">
      <p>
        Version {document.version}.{document.reviewPending && ' Draft: have counsel review before use.'}
      </p>
      {document.sections.map((section) => (
        <section key={section.id}>
          <h2>{section.heading}</h2>
          {section.blocks.map((block) =>
            typeof block === 'string' ? (
              <p key={block}>{block}</p>
            ) : (
              <ul key={block[0]} className="plan-list">
                {block.map((point) => (
                  <li key={point}>{point}</li>
                ))}
              </ul>
            ),
          )}
        </section>
      ))}
    </div>
  )
}
