import { isDeepStrictEqual } from 'node:util'
import { personById } from '../../identity/index.server.ts'
import type { Command } from '../../platform/command.server.ts'
import type { PersonId } from '../../platform/ids.ts'
import { done, refused } from '../../platform/outcome.ts'
import { addMs, type Instant, MINUTE_MS } from '../../platform/time.ts'
import type { FactId } from '../fact.ts'
import { storeFact } from '../record-fact.server.ts'
import { explainingDose } from './ketamine-exposure.ts'
import { type LabTestId, type LabTestRow, standingTests } from './lab-test.ts'
import { recordTest as recordTestAction } from './lab-test-access.ts'
import { exposuresOfPerson, insertLabTest, labTestsOfPerson } from './lab-test-queries.server.ts'

export type NewTest = {
  readonly id: LabTestId
  readonly personId: PersonId
  readonly collectedAt: Instant
  readonly result: LabTestRow['result']
  /** What this row replaces, and why. */
  readonly correction?: { readonly of: LabTestId; readonly reason: string }
  /** Somebody looked at the dose that would explain ketamine here and says that it does not. */
  readonly ketamineUnexplained?: boolean
}

/** How far a bedside clock may run ahead of the server's. */
const CLOCK_SLACK_MS = 5 * MINUTE_MS

/**
 * Records one test, or corrects one. Ketamine after a session here is not accepted as simply positive: staff call it
 * expected, with the reason, or say that the session does not explain it.
 *
 * A breath test becomes the clinical fact `breath-alcohol` of the same id. Once it is corrected or withdrawn that fact
 * does not stand any more, whatever its time (`factsOfPerson`): a 0.00 taken by mistake must not let a dose through.
 */
export const recordTest: Command<
  NewTest,
  { readonly id: LabTestId },
  | 'no-such-person'
  | 'collected-in-the-future'
  | 'nothing-to-correct'
  | 'corrected-meanwhile'
  | 'ketamine-explained'
  | 'id-taken'
> = {
  action: recordTestAction,
  async run(needs, input) {
    const { db, at, actor, audit, tell } = needs
    const { clinicId } = actor
    if (!(await personById(db, clinicId, input.personId))) return refused('no-such-person')
    const rows = await labTestsOfPerson(db, clinicId, input.personId)
    const sent = rows.find(({ id }) => id === input.id)
    if (sent) return isTheSame(sent, input) ? done({ id: input.id }) : refused('id-taken')
    const planned = input.result.kind === 'missed' ? 0 : CLOCK_SLACK_MS
    if (input.collectedAt > addMs(at, planned)) return refused('collected-in-the-future')
    if (input.correction) {
      const { standing } = standingTests(rows)
      if (!standing.some(({ id }) => id === input.correction!.of)) {
        const was = rows.some(({ id }) => id === input.correction!.of)
        return refused(was ? 'corrected-meanwhile' : 'nothing-to-correct')
      }
    }
    const ketamine =
      input.result.kind === 'urine'
        ? input.result.findings.find((one) => one.analyte === 'ketamine' && one.result === 'positive')
        : undefined
    if (ketamine && !input.ketamineUnexplained) {
      const dose = explainingDose(await exposuresOfPerson(db, clinicId, input.personId), input.collectedAt)
      if (dose) return refused('ketamine-explained', dose)
    }
    const stored = await insertLabTest(db, clinicId, {
      id: input.id,
      personId: input.personId,
      collectedAt: input.collectedAt,
      result: input.result,
      corrects: input.correction?.of,
      reason: input.correction?.reason,
      recordedAt: at,
      recordedBy: actor.kind === 'member' ? actor.accountId : actor.kind,
    })
    if (!stored) return refused(input.correction ? 'corrected-meanwhile' : 'id-taken')
    if (input.result.kind === 'breath') {
      const fact = await storeFact(needs, {
        // One fact a test: the same id twice in two tables, so that one leads to the other.
        id: input.id as string as FactId,
        personId: input.personId,
        kind: 'breath-alcohol',
        value: input.result.gPerDl,
        observedAt: input.collectedAt,
        source: 'measured-here',
      })
      if (!fact) return refused('id-taken')
    }
    audit.write(recordTestAction.id, {
      personId: input.personId,
      object: 'lab-test',
      objectId: input.id,
      detail: { kind: input.result.kind, corrects: input.correction?.of ?? null },
    })
    tell('lab-test.recorded', { personId: input.personId, testId: input.id, kind: input.result.kind })
    return done({ id: input.id })
  },
}

/** Whether a form came twice. With other values it is no repetition: then the person must know that these were not kept. */
function isTheSame(row: LabTestRow, input: NewTest): boolean {
  return (
    row.collectedAt === input.collectedAt &&
    row.corrects === input.correction?.of &&
    row.reason === input.correction?.reason &&
    // As the database gives it back: without members that are undefined.
    isDeepStrictEqual(row.result, JSON.parse(JSON.stringify(input.result)))
  )
}
