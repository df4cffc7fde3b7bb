import type { SearchDocument } from '../../../find/index.ts'
import { publicProtocols } from './public-protocol.ts'

/** Each public protocol as something that the search of the site can find. */
export function protocolDocuments(): SearchDocument[] {
  return publicProtocols().map((one) => ({
    href: `/protocols/${one.id}`,
    kind: 'protocol',
    title: one.fullTitle,
    summary: `${one.condition}. ${one.given}: ${one.sessions}. ${one.grade}.`,
    keywords: [one.group, 'protocol', 'treatment plan', 'dose', 'schedule'],
    body: [
      ...one.evidence,
      ...one.sections.flatMap(({ lines }) => lines.map(({ term, value }) => `${term}: ${value}`)),
    ]
      .map((part) => part.replace(/\.$/, ''))
      .join('. '),
  }))
}
