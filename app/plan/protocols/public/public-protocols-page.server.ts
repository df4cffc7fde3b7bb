import { studyById } from '../../../find/index.server.ts'
import { runQuery } from '../../../platform/command.server.ts'
import { notFound, type PageArgs } from '../../../platform/page.server.ts'
import { protocolEvents } from '../protocol-queries.server.ts'
import { offerOf } from './offer-words.ts'
import { publicProtocolById, publicProtocols } from './public-protocol.ts'

const SUMMARY =
  'Every way of giving ketamine that we know from studies, in plain words: for what, how, how often, what is watched, and how good the evidence is.'

/** All protocols of the library by condition, and which of them this clinic treats by. */
export async function publicProtocolsPage({ services, actor, clinic }: PageArgs) {
  const events = await runQuery(services, actor, ({ db }) => protocolEvents(db, clinic.id))
  const all = publicProtocols()
  const groups = [...new Set(all.map(({ group }) => group))].map((group) => {
    const rows = all.filter((one) => one.group === group)
    return {
      id: rows[0]!.groupId,
      title: group,
      rows: rows.map(({ id, title, condition, given, sessions, grade }) => ({
        id,
        title,
        condition,
        given,
        sessions,
        grade,
        offer: offerOf(events.filter((event) => event.protocolId === id)),
      })),
    }
  })
  return {
    title: 'Treatment plans from studies',
    summary: SUMMARY,
    clinicName: clinic.name,
    groups,
    all: all.length,
  }
}

/** One protocol, with its studies and whether this clinic treats by it. */
export async function publicProtocolPage({ services, actor, clinic, params }: PageArgs) {
  const id = params.id ?? ''
  const protocol = publicProtocolById(id)
  if (protocol === undefined) notFound()
  const events = await runQuery(services, actor, ({ db }) => protocolEvents(db, clinic.id, id))
  return {
    protocol,
    offer: offerOf(events),
    studies: protocol.studyIds.flatMap((studyId) => studyById(studyId) ?? []),
    title: protocol.fullTitle,
    summary: `${protocol.condition}. ${protocol.given}. ${protocol.grade}.`,
    clinicName: clinic.name,
  }
}
