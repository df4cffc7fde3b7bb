import { listInstruments } from '@evenkeel/questionnaires'
import { accountNames, peopleByIds, personById } from '../../identity/index.server.ts'
import { runQuery } from '../../platform/command.server.ts'
import type { Read } from '../../platform/database.server.ts'
import type { ClinicId } from '../../platform/ids.ts'
import { isUuid, parseId } from '../../platform/ids.ts'
import { notFound, type PageArgs } from '../../platform/page.server.ts'
import { msBetween } from '../../platform/time.ts'
import { responsesOfPeople, responsesOfPerson } from '../assess-queries.server.ts'
import { editionOrigins } from '../forms/edition-queries.server.ts'
import type { SittingId } from '../forms/sitting.ts'
import { reasonsSetAside } from '../forms/sitting-queries.server.ts'
import type { InstrumentResponse } from '../instrument-response.ts'
import { editionWords, OUR_EDITION } from './edition-words.ts'
import { listWaitingResults, readResults } from './result-access.ts'
import { type Beside, faceOf } from './result-face.ts'
import { isSetAside } from './result-line.ts'
import { newestRows, waitingRows } from './result-overview.ts'
import { reviewsOf, waitingResponseIds } from './result-queries.server.ts'
import type { ResultReview } from './result-review.ts'

const ORDER = listInstruments().map(({ id }) => id)

/** Names of everybody who recorded or looked at results, by account id. */
export function namesOf(
  db: Read,
  responses: readonly InstrumentResponse[],
  reviews: Iterable<readonly ResultReview[]>,
  earlier: readonly { readonly answeredBy: string; readonly changedBy: string }[] = [],
): Promise<Map<string, string>> {
  return accountNames(
    db,
    [
      ...responses.map(({ recordedBy }) => recordedBy),
      ...[...reviews].flat().map(({ by }) => by),
      ...earlier.flatMap(({ answeredBy, changedBy }) => [answeredBy, changedBy]),
    ].filter((by): by is string => by !== undefined && isUuid(by)),
  )
}

/**
 * What pages say about results beside their scores: whose words they were asked in, and why a form was set aside.
 *
 * @param timeZone the clinic's
 */
export async function besides(
  db: Read,
  clinicId: ClinicId,
  responses: readonly InstrumentResponse[],
  timeZone: string,
): Promise<Omit<Beside, 'reviews' | 'names'>> {
  const editions = [...new Set(responses.map(({ edition }) => edition))].filter((one) => one !== OUR_EDITION)
  const setAside = responses.filter(isSetAside).map(({ objectId }) => objectId as SittingId)
  return {
    timeZone,
    editionInWords: editionWords(await editionOrigins(db, clinicId, editions), timeZone),
    whySetAside: await reasonsSetAside(db, clinicId, setAside),
  }
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
    const beside = await besides(db, clinic.id, responses, clinic.timeZone)
    audit.read(readResults.id, { personId, object: 'results', detail: { results: responses.length } })
    const results = {
      responses,
      reviewed: new Set(reviews.keys()),
      context: { sex: person.sex ?? 'unknown' },
      editionInWords: beside.editionInWords,
    }
    const rows = newestRows(results, ORDER)
    const face = (row: (typeof rows)[number]) =>
      faceOf(row, { ...beside, reviews: reviews.get(row.response.id) ?? [], names })
    const constructs = [...new Set(rows.map(({ construct }) => construct))].sort((a, b) =>
      a.localeCompare(b, 'en'),
    )
    const asked = url.searchParams.get('construct') ?? ''
    const construct = constructs.includes(asked) ? asked : undefined
    return {
      person: { id: person.id as string, name: person.displayName },
      answered: responses.length,
      // What waits is shown whatever is filtered: a filter must not hide it.
      waiting: waitingRows(results).map(face),
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
    const personIds = [...new Set(waiting.map((one) => one.personId))]
    const known = new Map((await peopleByIds(db, clinic.id, personIds)).map((person) => [person.id, person]))
    // Earlier results of the same questionnaire say how a waiting one changed.
    const responses = await responsesOfPeople(db, clinic.id, personIds, [
      ...new Set(waiting.map(({ instrumentId }) => instrumentId)),
    ])
    const names = await namesOf(
      db,
      responses.filter(({ id }) => waits.has(id)),
      [],
    )
    const beside = await besides(db, clinic.id, responses, clinic.timeZone)
    const rows = [...Map.groupBy(responses, (one) => one.personId)].flatMap(([personId, theirs]) => {
      const person = known.get(personId)
      return waitingRows({
        responses: theirs,
        reviewed: new Set(theirs.filter(({ id }) => !waits.has(id)).map(({ id }) => id)),
        context: { sex: person?.sex ?? 'unknown' },
        editionInWords: beside.editionInWords,
      }).map((row) => ({
        person: person?.displayName ?? 'unknown',
        personHref: `/work/people/${personId}/results`,
        ageMs: msBetween(row.response.completedAt, at),
        ...faceOf(row, { ...beside, reviews: [], names }),
      }))
    })
    audit.read(listWaitingResults.id, { object: 'result-list', detail: { waiting: rows.length } })
    return { rows: rows.sort((a, b) => b.ageMs - a.ageMs) }
  })
}
