import { type Instrument, instrumentById, type ScoringContext, withWording } from '@evenkeel/questionnaires'
import { personById } from '../../identity/index.server.ts'
import { type ReadNeeds, runQuery } from '../../platform/command.server.ts'
import { parseId } from '../../platform/ids.ts'
import { notFound, type PageArgs } from '../../platform/page.server.ts'
import { type Instant, momentInWords } from '../../platform/time.ts'
import { responseById, responsesOfPerson } from '../assess-queries.server.ts'
import { triggerInWords } from '../assess-words.ts'
import { concernState } from '../concern.ts'
import { concernEvents, listConcerns } from '../concern-queries.server.ts'
import { editionByName } from '../forms/edition-queries.server.ts'
import type { InstrumentResponse, ResponseId } from '../instrument-response.ts'
import { tlfbContext } from '../use-calendar/calendar-figures.ts'
import { type EarlierAnswer, earlierAnswers } from './answer-history.server.ts'
import { readingsOf } from './change-readings.ts'
import { OUR_EDITION } from './edition-words.ts'
import { itemAnswers, wordingFor } from './item-answers.ts'
import { scoredToday } from './rescoring.ts'
import { readResult } from './result-access.ts'
import { changeFace } from './result-face.ts'
import { addressOf, linesOf, recallInWords } from './result-line.ts'
import { changesOf } from './result-overview.ts'
import { reviewsOf } from './result-queries.server.ts'
import { asksForALook, firedWith } from './result-review.ts'
import { resultView, stateInWords } from './result-view.ts'
import { respondentInWords, sourceInWords } from './result-words.ts'
import { besides, namesOf } from './results-page.server.ts'

/**
 * One stored response of the person in the address, with the person, or 404.
 *
 * @param params `id` of the person and `responseId`
 */
export async function responseInAddress(
  { db, actor }: Pick<ReadNeeds, 'db' | 'actor'>,
  params: PageArgs['params'],
) {
  const personId = parseId<'person'>(params.id) ?? notFound()
  const responseId: ResponseId = parseId<'instrument-response'>(params.responseId) ?? notFound()
  const response = await responseById(db, actor.clinicId, responseId)
  const person = await personById(db, actor.clinicId, personId)
  if (!response || !person || response.personId !== personId) notFound()
  return { response, person }
}

/** The instrument in the response's own imported edition, when the clinic has that one. */
export async function importedWording(
  { db, actor }: Pick<ReadNeeds, 'db' | 'actor'>,
  response: InstrumentResponse,
): Promise<Instrument | undefined> {
  const ours = instrumentById(response.instrumentId)
  if (!ours || ours.edition === response.edition) return undefined
  const edition = await editionByName(db, actor.clinicId, response.instrumentId, response.edition)
  return edition && withWording(ours, edition.edition, edition.wording)
}

/** Everything about one stored result. */
export async function loadResult({ services, actor, clinic, params, url }: PageArgs) {
  return runQuery(services, actor, async (needs) => {
    const { db, at, audit } = needs
    const { response, person } = await responseInAddress(needs, params)
    audit.read(readResult.id, { personId: person.id, object: 'response', objectId: response.id })
    const instrument = instrumentById(response.instrumentId)
    // What scoring was told then; for a result from before that was kept, what it would be told today.
    const context: ScoringContext =
      response.context ??
      tlfbContext({
        sex: person.sex,
        gramsPerDrink: clinic.gramsPerStandardDrink,
      })
    const all = await responsesOfPerson(db, clinic.id, person.id, [response.instrumentId])
    const line = linesOf(all).find((one) => one.some(({ id }) => id === response.id))!
    const reviews = (await reviewsOf(db, clinic.id, [response.id])).get(response.id) ?? []
    const earlier = await earlierAnswers(db, clinic.id, response)
    const names = await namesOf(db, [response], [reviews], earlier)
    const beside = await besides(db, clinic.id, [response], clinic.timeZone)
    const when = (moment: Instant) => momentInWords(moment, clinic.timeZone)
    const triggers = firedWith(response.scores)
    const result = resultView(response, instrument, context)
    const wording = wordingFor(response, instrument, await importedWording(needs, response))
    const changes = instrument ? changesOf(instrument, line, response) : []
    const place = line.findIndex(({ id }) => id === response.id)
    const neighbour = (one: InstrumentResponse | undefined) => one && addressOf(one)
    return {
      key: services.ids.next() as string,
      person: { id: person.id as string, name: person.displayName },
      fhirHref: `${addressOf(response)}/fhir.json`,
      shortName: instrument?.shortName ?? response.instrumentId,
      name: instrument?.name ?? response.instrumentId,
      construct: instrument?.construct,
      result,
      stateWords: stateInWords(result),
      whySetAside: beside.whySetAside.get(response.objectId),
      waits: reviews.length > 0 ? undefined : asksForALook(triggers),
      triggers: triggers.map((trigger) => ({ ...trigger, about: triggerInWords(trigger.id).about })),
      concerns: await concernsOf(needs, response, at),
      earlier: earlierRows(earlier, response, wording, names, when),
      reviews: reviews.map((review) => ({
        id: review.id as string,
        by: names.get(review.by) ?? 'unknown',
        at: review.at,
        when: when(review.at),
        note: review.note,
      })),
      changes: changes.map((change) => ({
        ...changeFace(change, clinic.timeZone),
        readings: readingsOf(change, instrument!),
      })),
      changeNote: instrument?.change.note,
      wording: wording.kind,
      items: itemAnswers(response, wording, context),
      asked: {
        edition: beside.editionInWords(response),
        editionName: response.edition === OUR_EDITION ? undefined : response.edition,
        version: response.version,
        recall: recallInWords(response.recallPeriod),
        recallSentence: wording.kind === 'not-at-hand' ? undefined : wording.instrument.recall.sentence,
        formHash: response.formHash,
        scoringVersion: response.scoringVersion,
        started: response.startedAt && zoned(response.startedAt, response, clinic.timeZone),
        finished: zoned(response.completedAt, response, clinic.timeZone),
        by: respondentInWords(response, names),
        recordedBy: response.recordedBy && (names.get(response.recordedBy) ?? response.recordedBy),
        source: sourceInWords(response.source),
      },
      today: instrument ? scoredToday(response, instrument, context) : undefined,
      todayScoring: instrument?.scoringVersion,
      sources: instrument && {
        cutoffs: instrument.cutoffs,
        citations: instrument.citations,
        licence: instrument.licence,
        source: instrument.source,
        notes: instrument.notes,
        confidence: instrument.confidence,
      },
      line: {
        position: `${place + 1} of ${line.length} on this line`,
        previous: neighbour(line[place - 1]),
        next: neighbour(line[place + 1]),
      },
      otherLines: all.length - line.length,
      done: url.searchParams.get('done') === 'looked',
    }
  })
}

/** A time in the zone it was answered in when that is known, with the zone in words. */
function zoned(at: Instant, { timeZone }: InstrumentResponse, clinicZone: string): string {
  return `${momentInWords(at, timeZone ?? clinicZone)} (${timeZone ?? `${clinicZone}, the clinic’s; the person’s is not recorded`})`
}

/** Answers that were changed before the end, as they are read: by what the question says or is about, never hidden. */
function earlierRows(
  earlier: readonly EarlierAnswer[],
  response: InstrumentResponse,
  wording: ReturnType<typeof wordingFor>,
  names: ReadonlyMap<string, string>,
  when: (moment: Instant) => string,
) {
  const who = (by: string) => names.get(by) ?? 'the person'
  return earlier.map((one) => {
    const [said] = itemAnswers({ ...response, answers: { [one.item]: one.value } }, wording).filter(
      ({ id }) => id === one.item,
    )
    return {
      question: said?.prompt ?? said?.concept ?? one.item,
      answer: said?.answer ?? String(one.value),
      given: `${when(one.answeredAt)}, ${who(one.answeredBy)}`,
      changed: `${when(one.changedAt)}, ${who(one.changedBy)}`,
    }
  })
}

async function concernsOf({ db, actor }: ReadNeeds, response: InstrumentResponse, at: Instant) {
  // All that were raised where this was answered, also by an answer that was changed before the end.
  const own = new Set(instrumentById(response.instrumentId)?.safetyTriggers.map(({ id }) => id))
  const concerns = (
    await listConcerns(db, actor.clinicId, { notClosed: false, personId: response.personId })
  ).filter((concern) => concern.objectId === response.objectId && own.has(concern.trigger))
  const events = await concernEvents(
    db,
    actor.clinicId,
    concerns.map(({ id }) => id),
  )
  return concerns.map((concern) => ({
    id: concern.id as string,
    trigger: concern.trigger,
    title: triggerInWords(concern.trigger).title,
    state: concernState(concern, events.get(concern.id) ?? [], at),
  }))
}

export type ResultPage = Awaited<ReturnType<typeof loadResult>>
