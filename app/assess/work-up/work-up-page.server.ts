import { accountNames, people, personById } from '../../identity/index.server.ts'
import { mayDo } from '../../platform/access.ts'
import { runQuery } from '../../platform/command.server.ts'
import { parseId } from '../../platform/ids.ts'
import { notFound, type PageArgs } from '../../platform/page.server.ts'
import { dayInWords, localDateOf, momentInWords, timeInWords } from '../../platform/time.ts'
import { allAssessments } from '../assess-queries.server.ts'
import { decisionsOfPeople } from '../eligibility/decision-of.server.ts'
import { OVER_DAYS, workUpStanding } from './work-up.ts'
import { listWorkUps, readWorkUp, recordWorkUp } from './work-up-access.ts'
import { WORK_UP_ITEMS } from './work-up-items.ts'
import { OUTCOME_LABELS, workUpRows } from './work-up-words.ts'
import { workUpOfPerson, workUpsOf } from './work-ups-of.server.ts'

/** Everything the page of one person's work-up shows. */
export async function loadWorkUp({ services, actor, clinic, params, url }: PageArgs) {
  const id = parseId<'person'>(params.id) ?? notFound()
  const zone = clinic.timeZone
  return runQuery(services, actor, async ({ db, at, audit }) => {
    const person = (await personById(db, clinic.id, id)) ?? notFound()
    audit.read(readWorkUp.id, { personId: id, object: 'work-up', objectId: id })
    const found = await workUpOfPerson(db, clinic.id, id, at)
    const entries = found?.known.entries ?? []
    const names = await accountNames(
      db,
      entries.map(({ recordedBy }) => recordedBy),
    )
    const name = (accountId: string) => names.get(accountId) ?? 'unknown'
    const item = WORK_UP_ITEMS.find((one) => one.id === url.searchParams.get('item'))
    const standing = found?.results.find((one) => one.item.id === item?.id)
    return {
      person: { id: id as string, name: person.displayName },
      may: mayDo(actor, recordWorkUp),
      done: url.searchParams.get('done') === 'recorded',
      assessment: found && {
        id: found.assessment.id as string,
        opened: dayInWords(found.assessment.openedAt, zone),
      },
      rows: found ? workUpRows(found.results, zone, name) : [],
      form:
        mayDo(actor, recordWorkUp) && found && item && item.record.length > 0
          ? {
              key: services.ids.next() as string,
              itemId: item.id,
              title: item.title,
              how: item.how,
              asksState: item.asksState === true,
              now: `${localDateOf(at, zone)}T${timeInWords(at, zone)}`,
              choices: [...item.record, ...(standing?.entry ? (['withdrawn'] as const) : [])].map(
                (outcome) => ({ value: outcome as string, label: OUTCOME_LABELS[outcome] }),
              ),
            }
          : undefined,
      history: [...entries].reverse().map((entry) => ({
        id: entry.id as string,
        title: `${WORK_UP_ITEMS.find((one) => one.id === entry.itemId)?.title ?? entry.itemId}: ${OUTCOME_LABELS[entry.outcome].toLowerCase()}`,
        words: [entry.usState, entry.words].filter(Boolean).join('; '),
        when: momentInWords(entry.recordedAt, zone),
        dateTime: entry.recordedAt,
        by: `${name(entry.recordedBy)}; it was on ${dayInWords(entry.happenedAt, zone)}`,
      })),
    }
  })
}

export type WorkUpView = Awaited<ReturnType<typeof loadWorkUp>>

/**
 * What is open across people: everybody in assessment or treatment, overdue first. Assessments that were left open
 * long ago are counted and shown when asked for.
 */
export async function loadWorkUps({ services, actor, clinic, url }: PageArgs) {
  const zone = clinic.timeZone
  const item = WORK_UP_ITEMS.find((one) => one.id === url.searchParams.get('item'))
  const overdueOnly = url.searchParams.get('show') === 'overdue'
  const showLeftOpen = url.searchParams.get('show') === 'left-open'
  return runQuery(services, actor, async ({ db, at, audit }) => {
    const seen = new Set<string>()
    const newest = (await allAssessments(db, clinic.id)).filter(
      ({ personId }) => !seen.has(personId) && seen.add(personId),
    )
    const decisions = new Map((await decisionsOfPeople(db, clinic.id)).map((one) => [one.assessmentId, one]))
    const open = newest.filter(({ id }) => decisions.get(id)?.decision !== 'not-eligible')
    const standing = Map.groupBy(await workUpsOf(db, clinic.id, open, at), ({ assessment, known }) =>
      workUpStanding(known, decisions.get(assessment.id)?.decidedAt, at),
    )
    const leftOpen = standing.get('left-open') ?? []
    const found = showLeftOpen ? leftOpen : (standing.get('open') ?? [])
    audit.read(listWorkUps.id, { object: 'work-up-list', detail: { people: found.length } })
    const names = new Map((await people(db, clinic.id)).map((one) => [one.id, one.displayName]))
    const rows = found.map(({ assessment, results }) => {
      const rowsOf = workUpRows(results, zone, () => 'a colleague').filter(
        ({ id, how }) => how !== undefined && (!item || id === item.id),
      )
      const overdue = rowsOf.filter(({ state }) => state === 'overdue')
      const first = results
        .filter(({ state, item: one }) => state === 'overdue' && (!item || one.id === item.id))
        .map(({ dueAt }) => dueAt ?? '')
        .sort()[0]
      return {
        personId: assessment.personId as string,
        name: names.get(assessment.personId) ?? 'unknown',
        overdue: overdue.map(({ title, words }) => ({ title, words })),
        due: rowsOf.filter(({ state }) => state === 'due').map(({ title, words }) => ({ title, words })),
        first: first ?? '',
      }
    })
    const shown = rows.filter((row) => row.overdue.length > 0 || (!overdueOnly && row.due.length > 0))
    return {
      item: item?.id,
      overdueOnly,
      leftOpen: leftOpen.length,
      showLeftOpen,
      overDays: OVER_DAYS,
      items: WORK_UP_ITEMS.map(({ id, title }) => ({ value: id, label: title })),
      people: rows.length,
      withOverdue: rows.filter((row) => row.overdue.length > 0).length,
      // Overdue first, the longest overdue on top; then by name.
      rows: shown.sort(
        (a, b) =>
          Number(b.overdue.length > 0) - Number(a.overdue.length > 0) ||
          a.first.localeCompare(b.first) ||
          a.name.localeCompare(b.name, 'en'),
      ),
    }
  })
}
