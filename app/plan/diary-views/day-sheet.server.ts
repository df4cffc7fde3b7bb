import { people } from '../../identity/index.server.ts'
import { runQuery } from '../../platform/command.server.ts'
import type { PageArgs } from '../../platform/page.server.ts'
import { addDays, dateInWords, instantAt, localDateOf, momentInWords } from '../../platform/time.ts'
import { consentState } from '../consents/consents-of.server.ts'
import { gateWords } from '../day-before/gate-words.ts'
import { gateLines } from '../day-before/load-gate.server.ts'
import { entriesBetween } from '../diary/entry-queries.server.ts'
import { activeOrder } from '../orders/sign-order.server.ts'
import { readSchedule } from '../plan-access.ts'
import { planById } from '../plan-queries.server.ts'
import { plannedSessions } from '../protocols/course.ts'
import { protocolOfPlan } from '../protocols/protocol-of.server.ts'
import { initials, recordMark } from './person-mark.ts'
import { dayAsked, scheduleHref } from './schedule-address.ts'
import { spanWords } from './schedule-columns.ts'

/** One day on paper. A sheet lies about: it has initials and the end of the record's number, never a name. */
export function daySheet({ services, actor, clinic, url }: PageArgs) {
  return runQuery(services, actor, async ({ db, at, audit }) => {
    const { timeZone } = clinic
    const day = dayAsked(url.searchParams.get('day'), localDateOf(at, timeZone))
    const from = instantAt(day, '00:00', timeZone)
    const to = instantAt(addDays(day, 1), '00:00', timeZone)
    const entries = await entriesBetween(db, clinic.id, from, to)
    audit.read(readSchedule.id, { object: 'day-sheet', detail: { day, visits: entries.length } })
    const names = new Map((await people(db, clinic.id)).map((p) => [p.id, p.displayName]))
    const lines = await gateLines(db, clinic.id, { from, to }, timeZone, at)
    const gates = new Map(lines.map((line) => [line.visit.id, line]))
    const rows = []
    for (const entry of entries) {
      const gate = gates.get(entry.id)
      const plan = entry.planId && (await planById(db, clinic.id, entry.planId))
      const dosing = plan && entry.sessionNumber !== undefined
      const protocol = dosing ? await protocolOfPlan(db, clinic.id, plan) : undefined
      const missing = dosing ? (await consentState(db, clinic.id, entry.personId)).missing : []
      rows.push({
        id: entry.id as string,
        time: spanWords(entry, timeZone),
        person: `${initials(names.get(entry.personId))}\u00a0${recordMark(entry.personId)}`,
        place: entry.place?.label ?? 'by telephone',
        staff: entry.staff.map((s) => s.name).join(', '),
        what: protocol
          ? `${protocol.title}, session ${entry.sessionNumber} of ${plannedSessions(protocol)}`
          : entry.typeName,
        order: dosing
          ? (await activeOrder(db, clinic.id, plan.id, entry.startsAt))
            ? 'signed'
            : 'not signed'
          : 'none needed',
        consent: dosing
          ? missing.length === 0
            ? 'signed'
            : `missing: ${missing.map((m) => m.title).join(', ')}`
          : 'none needed',
        gate: gate ? gateWords(gate.state) : 'not asked',
        lookAgain: gate?.lookAgain ?? false,
      })
    }
    return {
      day,
      title: dateInWords(day),
      clinic: clinic.name,
      rows,
      printed: momentInWords(at, timeZone),
      back: scheduleHref({ view: 'day', day }),
    }
  })
}
