import { Facts, Notice, Section } from '../../../ui/index.ts'
import { HASH_COVERS } from '../consent-document.ts'
import { DRAWING_BOX } from '../signature-drawing.ts'
import type { SignedCopy } from '../signed-copy.server.ts'
import { ConsentText } from './consent-text.tsx'

/** What was signed, to read, to print, or to keep. `baseHref` is the address of this page; its files stand below it. */
export function SignedCopyView({ copy, baseHref }: { copy: SignedCopy; baseHref: string }) {
  return (
    <>
      {copy.withdrawn && (
        <Notice state="due" title={`Taken back ${copy.withdrawn.at}`}>
          <p>Said by {copy.withdrawn.by}. It allows nothing from then on.</p>
        </Notice>
      )}
      <p className="screen-only">
        Keep it as a{' '}
        <a href={`${baseHref}/copy.pdf`} download>
          PDF copy
        </a>{' '}
        or as{' '}
        <a href={`${baseHref}/file`} download>
          one HTML file
        </a>
        , or print this page.
      </p>
      <p className="prose">{copy.document.summary}</p>
      <ConsentText document={copy.document} />
      <Section title="Taking this back">
        <p>It needs no reason. This happens at once:</p>
        <Points of={copy.document.withdrawal.stops} />
        <p className="spaced">This stays as it is:</p>
        <Points of={copy.document.withdrawal.leaves} />
      </Section>
      {copy.elements.length > 0 && (
        <Section title="What was allowed">
          <Facts facts={copy.elements} />
        </Section>
      )}
      <Section title="Answers and statements">
        <Facts facts={copy.answers} />
        {copy.acknowledged.length > 0 && <Points of={copy.acknowledged} />}
      </Section>
      <Section title="Signature">
        <Facts
          facts={[
            { term: 'Name', value: copy.typedName },
            { term: 'Signed', value: copy.signedAt },
            ...copy.helpers,
          ]}
        />
        {copy.drawing && (
          <svg
            className="signature-drawn"
            viewBox={`0 0 ${DRAWING_BOX.width} ${DRAWING_BOX.height}`}
            role="img"
            aria-label="Drawn signature"
          >
            <path d={copy.drawing} />
          </svg>
        )}
      </Section>
      <Section title="How to check it">
        <Notice state={copy.intact === 'changed' ? 'red' : 'calm'} title={copy.intactWords} />
        <Facts
          facts={[
            { term: 'Hash of the text', value: <code className="consent-hash">{copy.textHash}</code> },
            {
              term: 'Hash of everything signed',
              value: copy.signatureHash && <code className="consent-hash">{copy.signatureHash}</code>,
              source: HASH_COVERS,
            },
          ]}
        />
        <p className="fact-source">Copy made {copy.printed}. What counts is the record.</p>
      </Section>
    </>
  )
}

function Points({ of: points }: { of: readonly string[] }) {
  return (
    <ul className="plan-list spaced">
      {points.map((text) => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  )
}
