import type { PdfBlock, PdfContent } from '../../platform/pdf-block.ts'
import { HASH_COVERS } from './consent-document.ts'
import { DRAWING_BOX } from './signature-drawing.ts'
import type { SignedCopy } from './signed-copy.server.ts'

/**
 * The statement that must go with whatever is given on the strength of such a paper, in the law's words: 42 CFR
 * 2.32(a)(2) as amended in 2024 (89 FR 12472). The paper itself is the copy of the consent that goes with it.
 */
export const PART_2_STATEMENT = '42 CFR part 2 prohibits unauthorized use or disclosure of these records.'

/** A signed copy as a document to print: everything that the page and the file have, and what the hash covers beside. Pure. */
export function copyContent(copy: SignedCopy): PdfContent {
  const { document, withdrawn } = copy
  const draft = document.reviewPending ? ' Draft: have counsel review before use.' : ''
  const blocks: PdfBlock[] = [
    { kind: 'heading', level: 1, text: document.title },
    { kind: 'paragraph', text: `Signed copy. Version ${document.version}.${draft}`, tone: 'quiet' },
    ...(withdrawn
      ? [notice(`Taken back ${withdrawn.at}, said by ${withdrawn.by}. It allows nothing from then on.`)]
      : []),
    ...(copy.intact === 'changed' ? [notice(copy.intactWords)] : []),
    { kind: 'paragraph', text: document.summary },
    ...document.sections.flatMap((section): PdfBlock[] => [
      { kind: 'heading', level: 2, text: section.heading },
      ...section.blocks.map(
        (block): PdfBlock =>
          typeof block === 'string' ? { kind: 'paragraph', text: block } : { kind: 'list', items: block },
      ),
    ]),
    { kind: 'heading', level: 2, text: 'Taking this back' },
    { kind: 'paragraph', text: 'It needs no reason. This happens at once:' },
    { kind: 'list', items: document.withdrawal.stops },
    { kind: 'paragraph', text: 'This stays as it is:' },
    { kind: 'list', items: document.withdrawal.leaves },
    ...(copy.elements.length > 0
      ? ([
          { kind: 'heading', level: 2, text: 'What was allowed' },
          { kind: 'facts', facts: copy.elements },
        ] as const)
      : []),
    { kind: 'heading', level: 2, text: 'Answers and statements' },
    ...(copy.answers.length > 0 ? [{ kind: 'facts', facts: copy.answers } as const] : []),
    ...(copy.acknowledged.length > 0 ? [{ kind: 'list', items: copy.acknowledged } as const] : []),
    ...(copy.answers.length + copy.acknowledged.length === 0
      ? [{ kind: 'paragraph', text: 'None were asked for.' } as const]
      : []),
    { kind: 'heading', level: 2, text: 'Signature' },
    // First, so that it stands with its heading and with the name.
    ...(copy.drawing
      ? [
          {
            kind: 'drawing',
            path: copy.drawing,
            box: DRAWING_BOX,
            width: 220,
            alt: `Signature drawn by ${copy.typedName}`,
          } as const,
        ]
      : []),
    {
      kind: 'facts',
      facts: [
        {
          term: 'Person',
          value: copy.person,
          source: copy.synthetic ? 'an invented person' : undefined,
        },
        { term: 'Name, typed', value: copy.typedName },
        { term: 'Signed', value: copy.signedAt },
        ...copy.helpers,
      ],
    },
    { kind: 'heading', level: 2, text: 'How to check it' },
    { kind: 'paragraph', text: copy.intactWords },
    {
      kind: 'facts',
      facts: [
        { term: 'Hash of the text', value: copy.textHash, as: 'code' },
        {
          term: 'Hash of everything signed',
          value: copy.signatureHash ?? 'none: signed before there was one',
          as: copy.signatureHash ? 'code' : 'words',
          source: HASH_COVERS,
        },
        { term: 'Signature’s record', value: copy.signatureId, as: 'code' },
      ],
    },
    {
      kind: 'paragraph',
      tone: 'quiet',
      text: `Copy made ${copy.printed}. What counts is the record: it may have been taken back since.`,
    },
  ]
  return {
    title: `${document.title}, signed copy`,
    language: 'en',
    made: copy.printedAt,
    blocks,
    everyPage: {
      clinic: copy.clinic,
      printed: `Copy made ${copy.printed}`,
      reference: copy.signatureHash ?? copy.textHash,
      notice: document.form === 'disclosure' ? PART_2_STATEMENT : undefined,
    },
  }
}

const notice = (text: string): PdfBlock => ({ kind: 'paragraph', tone: 'notice', text })
