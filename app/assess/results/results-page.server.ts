import { listInstruments } from '@evenkeel/questionnaires'
import { accountNames, people, personById } from '../../identity/index.server.ts'
import { runQuery } from '../../platform/command.server.ts'
import type { Read } from '../../platform/database.server.ts'
import { isUuid, parseId } from '../../platform/ids.ts'
import { notFound, type PageArgs } from '../../platform/page.server.ts'
import { msBetween } from '../../platform/time.ts'
import { responsesOfPerson } from '../assess-queries.server.ts'
import type { InstrumentResponse } from '../instrument-response.ts'
import { listWaitingResults, readResults } from './result-access.ts'
import { faceOf } from './result-face.ts'
import { overviewOf } from './result-overview.ts'
import { reviewsOf, waitingResponseIds } from './result-queries.server.ts'
import type { ResultReview } from './result-review.ts'

const ORDER = listInstruments().map(({ id }) => id)

/** Names of everybody who recorded or looked at results, by account id. */
export function namesOf(
  db: Read,
  responses: readonly InstrumentResponse[],
  reviews: Iterable<readonly ResultReview[]>,
): Promise<Map<string, string>> {
  return accountNames(
    db,
    [...responses.map(({ recordedBy }) => recordedBy), ...[...reviews].flat().map(({ by }) => by)].filter(
      isUuid,
    ),
  )
}

/** All results of one person: what waits for a look, and the newest of every line. */
export async function loadResults({ services, actor, clinic, params, url }: PageArgs) {
  const personId = parseId<'person'>(params.id)
  if (!personId) notFound()
  return runQuery(services, actor, async ({ db, audit }) => {
    const person = (await personById(db, clinic.id, personId)) ?? notFound()
    const responses = await responsesOfPerson(db, clinic.id, personId)
    const reviews = await reviewsOf(
      db,
      clinic.id,
      responses.map(({ id }) => id),
    )
    const names = await namesOf(db, responses, reviews.values())
    audit.read(readResults.id, { personId, object: 'results', detail: { results: responses.length } })
    const { waiting, rows } = overviewOf(
      responses,
      new Set(reviews.keys()),
      { sex: person.sex ?? 'unknown' },
      ORDER,
    )
    const face = (row: (typeof rows)[number]) =>
      faceOf(row, reviews.get(row.response.id) ?? [], clinic.timeZone, names)
    const constructs = [...new Set(rows.map(({ construct }) => construct))].sort((a, b) =>
      a.localeCompare(b, 'en'),
    )
    const asked = url.searchParams.get('construct') ?? ''
    const construct = constructs.includes(asked) ? asked : undefined
    return {
      person: { id: person.id as string, name: person.displayName },
      answered: responses.length,
      // What waits is shown whatever is filtered: a filter must not hide it.
      waiting: waiting.map(face),
      rows: rows.filter((row) => construct === undefined || row.construct === construct).map(face),
      constructs,
      construct,
      done: url.searchParams.get('done') === 'looked',
    }
  })
}

/** Results of the whole clinic in which a trigger asked for a look and nobody has looked yet, oldest first. */
export async function loadWaitingResults({ services, actor, clinic }: PageArgs) {
  return runQuery(services, actor, async ({ db, at, audit }) => {
    const waiting = await waitingResponseIds(db, clinic.id)
    const waits = new Set<string>(waiting.map(({ id }) => id))
    const known = new Map((await people(db, clinic.id)).map((person) => [person.id, person]))
    const rows = []
    for (const personId of new Set(waiting.map((one) => one.personId))) {
      const person = known.get(personId)
      const responses = await responsesOfPerson(db, clinic.id, personId)
      const names = await namesOf(db, responses, [])
      const overview = overviewOf(
        responses,
        new Set(responses.filter(({ id }) => !waits.has(id)).map(({ id }) => id)),
        { sex: person?.sex ?? 'unknown' },
        ORDER,
      )
      for (const row of overview.waiting) {
        rows.push({
          person: person?.displayName ?? 'unknown',
          personHref: `/work/people/${personId}/results`,
          ageMs: msBetween(row.response.completedAt, at),
          ...faceOf(row, [], clinic.timeZone, names),
        })
      }
    }
    audit.read(listWaitingResults.id, { object: 'result-list', detail: { waiting: rows.length } })
    return { rows: rows.sort((a, b) => b.ageMs - a.ageMs) }
  })
}
