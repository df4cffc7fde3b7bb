import { instrumentById, responseStamp } from '@evenkeel/questionnaires'
import { clinicById } from '../identity/index.server.ts'
import { ownPersonId } from '../platform/actor.ts'
import type { Command } from '../platform/command.server.ts'
import { done, refused } from '../platform/outcome.ts'
import { localDateOf } from '../platform/time.ts'
import { type CheckIn, type CheckInAnswers, type CheckInId, sameAnswers } from './check-in.ts'
import { submitCheckInAction } from './follow-up-access.ts'
import { checkInById, checkInOfDay, insertCheckIn } from './follow-up-queries.server.ts'

/** Two tabs may write the same version of a day; the slower one takes the next. */
const TRIES = 5

/**
 * Keeps how somebody is today. One entry a day: a second one with other answers is a correction, and the first stays in
 * the history. The same answers sent again, by whatever key, make no second entry.
 *
 * @returns the entry that counts now, and whether it replaced an earlier one of the day
 */
export const submitCheckIn: Command<
  { readonly key: CheckInId; readonly answers: CheckInAnswers },
  { readonly checkIn: CheckIn; readonly corrected: boolean },
  'nobodys-record' | 'key-of-another'
> = {
  action: submitCheckInAction,
  async run({ db, at, ids, actor, audit, tell }, { key, answers }) {
    const personId = ownPersonId(actor)
    if (!personId) return refused('nobodys-record')
    const { clinicId } = actor
    const sameKey = await checkInById(db, clinicId, key)
    if (sameKey && sameKey.personId !== personId) return refused('key-of-another')
    // Sent twice: answered like the first time, even when a correction came in between.
    if (sameKey && sameAnswers(sameKey, answers)) return done({ checkIn: sameKey, corrected: false })

    const clinic = await clinicById(db, clinicId)
    if (!clinic) throw new Error(`there is no clinic ${clinicId}`)
    const forDate = localDateOf(at, clinic.timeZone)
    const cravingStamp = responseStamp(instrumentById('craving-nrs')!)
    let id = sameKey ? ids.next<'check-in'>() : key
    for (let tries = 0; tries < TRIES; tries++) {
      const latest = await checkInOfDay(db, clinicId, personId, forDate)
      if (latest && sameAnswers(latest.checkIn, answers)) {
        return done({ checkIn: latest.checkIn, corrected: latest.version > 1 })
      }
      const version = (latest?.version ?? 0) + 1
      const entry = { ...answers, id, personId, forDate, version, at, cravingStamp }
      if (!(await insertCheckIn(db, clinicId, { ...entry, byLink: actor.kind === 'link' }))) {
        // Another tab was faster, perhaps with this very key.
        id = ids.next()
        continue
      }
      audit.write(submitCheckInAction.id, {
        personId,
        object: 'check-in',
        objectId: id,
        detail: { version },
      })
      tell('check-in.submitted', { checkInId: id, personId })
      return done({
        checkIn: { ...answers, id, forDate, submittedAt: at, cravingStamp },
        corrected: version > 1,
      })
    }
    throw new Error('the check-in could not find a free version of its day')
  },
}
