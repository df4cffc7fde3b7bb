import { offerOfSecret, storeChoice, storeOffer } from '../../ask/index.server.ts'
import type { OfferId, RequestId, TimeOffer } from '../../ask/index.ts'
import { clinicById } from '../../identity/index.server.ts'
import type { Command, ReadNeeds } from '../../platform/command.server.ts'
import type { Read } from '../../platform/database.server.ts'
import type { ClinicId, PersonId } from '../../platform/ids.ts'
import { type Outcome, refused } from '../../platform/outcome.ts'
import type { Instant } from '../../platform/time.ts'
import { type AppointmentType, DOSING } from '../diary/appointment-type.ts'
import { bookEntries, type bookVisits } from '../diary/book-series.server.ts'
import { loadDiary } from '../diary/load-diary.server.ts'
import { LOOKED_THROUGH, nextFreeStarts } from '../diary/take-visits.server.ts'
import { offeredTimes } from '../own-visits/offered-times.ts'
import type { SeriesId } from '../plan.ts'
import { type TimesNow, timesNow } from './first-times.ts'
import { chooseFirstVisit as chooseAction, offerFirstVisit as offerAction } from './first-visit-access.ts'

/** The kind of visit that is offered unless another is chosen. */
export const FIRST_VISIT = 'assessment'

/** Times free for a kind of visit from now on: all of them, and some spread over the days to choose from. */
export type FreeTimes = {
  readonly type: AppointmentType
  readonly all: readonly Instant[]
  readonly some: readonly Instant[]
}

/** Kinds of visits whose times can be offered: those with a length of their own, dosing visits never. */
export async function offeredTypes({ db, at, actor }: Pick<ReadNeeds, 'db' | 'at' | 'actor'>) {
  const { types } = await loadDiary(db, actor.clinicId, at)
  return types.filter((t) => !t.retired && t.code !== DOSING && t.lengthMin !== undefined)
}

/** @returns undefined when the clinic has no such kind of visit */
export async function freeTimes(
  db: Read,
  clinicId: ClinicId,
  personId: PersonId,
  typeCode: string,
  at: Instant,
): Promise<FreeTimes | undefined> {
  const facts = await loadDiary(db, clinicId, at)
  const type = facts.types.find((t) => t.code === typeCode && !t.retired && t.code !== DOSING)
  if (type?.lengthMin === undefined) return undefined
  const wish = { personId, type, startsAt: at, lengthMin: type.lengthMin }
  const all = (await nextFreeStarts(db, facts, wish, LOOKED_THROUGH)).filter((start) => start > at)
  return { type, all, some: [...offeredTimes(all, at, facts.clinic.timeZone)].sort() }
}

/** What can be chosen now of an offer. */
export async function timesOfOffer(
  db: Read,
  clinicId: ClinicId,
  personId: PersonId,
  offer: TimeOffer,
  at: Instant,
): Promise<TimesNow> {
  const times = await freeTimes(db, clinicId, personId, offer.typeCode, at)
  return timesNow(offer, times?.all ?? [], times?.some ?? [])
}

/**
 * Offers two to four free times to somebody whose request was accepted. Nothing is held meanwhile: the first who chooses has it.
 *
 * @returns `mailed`: whether they are told by e-mail; refusal `not-free` with the times that are taken by now
 */
export const offerFirstVisit: Command<
  {
    readonly requestId: RequestId
    readonly key: OfferId
    readonly personId: PersonId
    readonly typeCode: string
    readonly starts: readonly Instant[]
    readonly linkBase: string
  },
  { readonly mailed: boolean },
  'no-such-request' | 'not-accepted' | 'how-many' | 'not-free' | 'no-such-type'
> = {
  action: offerAction,
  async run(needs, { requestId, key, personId, typeCode, starts, linkBase }) {
    const { db, at, actor, audit, tell } = needs
    const clinic = await clinicById(db, actor.clinicId)
    const times = await freeTimes(db, actor.clinicId, personId, typeCode, at)
    if (!times || !clinic) return refused('no-such-type')
    const gone = starts.filter((start) => !times.all.includes(start))
    if (gone.length > 0) return refused('not-free', { gone })
    const stored = await storeOffer(needs, { requestId, offerId: key, typeCode, starts, clinic, linkBase })
    if (!stored.ok) return stored
    audit.write(offerAction.id, { personId, object: 'request', objectId: requestId })
    tell('request.times-offered', { requestId })
    return stored
  },
}

type BookRefusal = Awaited<ReturnType<typeof bookVisits.run>> extends Outcome<unknown, infer R> ? R : never

/**
 * Somebody chooses a time for their first visit by the link to their request: it is booked in the same transaction, or nothing
 * is. Choosing the same time twice books it once.
 */
export const chooseFirstVisit: Command<
  { readonly tokenHash: string; readonly offerId: OfferId; readonly startsAt: Instant },
  undefined,
  'no-such-request' | 'not-offered' | 'already-chosen' | BookRefusal
> = {
  action: chooseAction,
  async run(needs, { tokenHash, offerId, startsAt }) {
    const { db, at, actor, tell } = needs
    const seen = await offerOfSecret(needs, tokenHash)
    if (!seen) return refused('no-such-request')
    const { requestId, personId } = seen
    const stored = await storeChoice(
      needs,
      { requestId, offerId, startsAt },
      async (offer) => {
        if (offer.starts.includes(startsAt)) return true
        return (await timesOfOffer(db, actor.clinicId, personId, offer, at)).spare.includes(startsAt)
      },
      ({ id, typeCode }, person) =>
        bookEntries(
          needs,
          { key: id as string as SeriesId, personId: person, typeCode, visits: [{ startsAt }] },
          chooseAction.id,
        ),
    )
    if (stored.ok) tell('request.time-chosen', { requestId, personId })
    return stored
  },
}
