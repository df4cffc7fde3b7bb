import type { ConsentDocument } from './consent-document.ts'
import { consentHash } from './consent-hash.server.ts'

/** A document as a page shows it before signing. */
export type DocumentView = ReturnType<typeof documentView>

/** What leaves of a document. The right answers stay here: what a browser is sent, somebody can read before answering. */
export function documentView(document: ConsentDocument) {
  return {
    id: document.id,
    version: document.version,
    title: document.title,
    summary: document.summary,
    reviewPending: document.counselReview === 'pending',
    need: document.need,
    form: document.form,
    sections: document.sections.map((s) => ({
      ...s,
      blocks: s.blocks.map((b) => (typeof b === 'string' ? b : [...b])),
    })),
    acknowledgements: document.acknowledgements.map((a) => ({ ...a })),
    questions: document.teachBack.map((q) => ({
      id: q.id,
      question: q.question,
      answers: q.answers.map((a) => ({ ...a })),
    })),
    withdrawal: { stops: [...document.withdrawal.stops], leaves: [...document.withdrawal.leaves] },
    textHash: consentHash(document),
  }
}
