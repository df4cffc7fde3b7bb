import { instrumentById, responseStamp } from '@evenkeel/questionnaires'
import { raiseConcern } from '../assess/index.server.ts'
import { speaksOfCrisis } from '../find/index.ts'
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
 * Words that speak of danger raise a safety concern in the same transaction; a later correction does not hide it.
 *
 * @returns the entry that counts now, whether it replaced an earlier one of the day, and whether help must be shown
 */
export const submitCheckIn: Command<
  { readonly key: CheckInId; readonly answers: CheckInAnswers },
  { readonly checkIn: CheckIn; readonly corrected: boolean; readonly help: boolean },
  'nobodys-record' | 'key-of-another'
> = {
  action: submitCheckInAction,
  async run(needs, { key, answers }) {
    const { db, at, ids, actor, audit, tell } = needs
    const help = answers.words !== null && speaksOfCrisis(answers.words)
    const personId = ownPersonId(actor)
    if (!personId) return refused('nobodys-record')
    const { clinicId } = actor
    const sameKey = await checkInById(db, clinicId, key)
    if (sameKey && sameKey.personId !== personId) return refused('key-of-another')
    // Sent twice: answered like the first time, even when a correction came in between.
    if (sameKey && sameAnswers(sameKey, answers)) return done({ checkIn: sameKey, corrected: false, help })

    const clinic = await clinicById(db, clinicId)
    if (!clinic) throw new Error(`there is no clinic ${clinicId}`)
    const forDate = localDateOf(at, clinic.timeZone)
    const cravingStamp = responseStamp(instrumentById('craving-nrs')!)
    let id = sameKey ? ids.next<'check-in'>() : key
    for (let tries = 0; tries < TRIES; tries++) {
      const latest = await checkInOfDay(db, clinicId, personId, forDate)
      if (latest && sameAnswers(latest.checkIn, answers)) {
        return done({ checkIn: latest.checkIn, corrected: latest.version > 1, help })
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
      if (help) {
        await raiseConcern(needs, {
          personId,
          source: 'check-in',
          objectId: id,
          trigger: 'words-of-danger',
          severity: 'critical',
        })
      }
      return done({
        checkIn: { ...answers, id, forDate, submittedAt: at, cravingStamp },
        corrected: version > 1,
        help,
      })
    }
    throw new Error('the check-in could not find a free version of its day')
  },
}
