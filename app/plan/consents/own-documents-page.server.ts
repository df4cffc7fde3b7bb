import { ownPersonId } from '../../platform/actor.ts'
import { runQuery } from '../../platform/command.server.ts'
import { notFound, type PageArgs } from '../../platform/page.server.ts'
import { dayInWords, localDateOf } from '../../platform/time.ts'
import { readOwnDocuments } from '../plan-access.ts'
import { type ConsentDocument, consentStateOf } from './consent-document.ts'
import { consentDocument } from './consent-library.ts'
import { signaturesOfPerson } from './consent-queries.server.ts'
import { documentsOfClinic } from './consents-of.server.ts'
import { visitsAtWithdrawal } from './visits-at-withdrawal.server.ts'
import { withdrawalOfAll } from './withdrawal-of-all.ts'

const WHY = {
  'never-signed': 'to read and sign',
  'newer-version': 'changed since you signed; to read and sign again',
  withdrawn: 'you took this back',
} as const

/** A person's documents: those a dose waits for, those of their own choice, and what taking all back would do. */
export async function ownDocumentsPage({ services, actor, clinic, url }: PageArgs) {
  return runQuery(services, actor, async ({ db, at, audit }) => {
    const personId = ownPersonId(actor) ?? notFound()
    const signatures = await signaturesOfPerson(db, clinic.id, personId)
    audit.read(readOwnDocuments.id, { personId, object: 'document-list' })
    const today = localDateOf(at, clinic.timeZone)
    const line = (d: ConsentDocument) => {
      const { signed, missing } = consentStateOf([d], signatures)
      const needed = d.need === 'before-dosing'
      const why = missing[0]?.why
      const papers = signatures.filter(
        (s) =>
          s.documentId === d.id &&
          !s.withdrawnAt &&
          !(s.elements?.expiry?.kind === 'on' && s.elements.expiry.date < today),
      ).length
      const word =
        d.form === 'disclosure'
          ? papers === 0
            ? 'none in force'
            : `${papers} in force`
          : signed[0]
            ? `signed ${dayInWords(signed[0].signedAt, clinic.timeZone)}`
            : why === 'never-signed' && !needed
              ? 'not signed'
              : WHY[why ?? 'never-signed']
      const calm = d.form === 'disclosure' ? papers > 0 : signed.length > 0
      return {
        id: d.id,
        title: d.title,
        summary: d.summary,
        word,
        state: calm
          ? ('calm' as const)
          : needed || why === 'newer-version'
            ? ('due' as const)
            : ('unknown' as const),
        waits: needed && signed.length === 0,
      }
    }
    const documents = await documentsOfClinic(db, clinic.id)
    const needed = documents.filter((d) => d.need === 'before-dosing').map(line)
    const open = signatures
      .filter((s) => !s.withdrawnAt)
      .flatMap((s) => consentDocument(s.documentId, s.documentVersion) ?? [])
    const visits = await visitsAtWithdrawal(db, clinic.id, personId, at)
    const underWay = visits.underWay.length > 0
    return {
      waiting: needed.filter((d) => d.waits).length,
      needed,
      others: documents.filter((d) => d.need !== 'before-dosing').map(line),
      all:
        open.length === 0
          ? undefined
          : {
              visitsAhead: open.some((d) => d.withdrawalCancelsVisits) ? visits.ahead.length : 0,
              underWay: underWay && open.some((d) => d.need === 'before-dosing'),
              document: {
                withdrawal: withdrawalOfAll(open),
              },
            },
      underWay,
      done: url.searchParams.get('done') ?? undefined,
    }
  })
}
