import type { Instrument } from '@evenkeel/questionnaires'
import * as ask from '../../ask/index.server.ts'
import type { Command, Needs } from '../../platform/command.server.ts'
import type { Read } from '../../platform/database.server.ts'
import type { ClinicId, Id, PersonId } from '../../platform/ids.ts'
import { done, refused } from '../../platform/outcome.ts'
import { holdAlone } from '../answering-queries.server.ts'
import { planIntake as planIntakeAction } from '../assess-access.ts'
import { assessmentById, assessmentsOfPerson, intakeAnswers } from '../assess-queries.server.ts'
import type { Assessment, AssessmentId } from '../assessment.ts'
import { type Intake, intakeOf } from '../intake-form.ts'
import { type PhaseId, type TrackId, trackOfTopics } from './condition-track.ts'
import { instrumentInUse, instrumentOfEdition } from './edition-queries.server.ts'
import { FIRST_INTAKE, type IntakePlan, type PlannedForm } from './form-plan.ts'
import { insertIntakePlan, intakePlans, storedSets } from './form-plan-queries.server.ts'
import { defaultSet } from './instrument-sets.ts'

/** The instruments that a track asks at every phase in this clinic: its own set where it has one, else the default. */
export async function setsInUse(
  db: Read,
  clinicId: ClinicId,
  track: TrackId,
): Promise<(phase: PhaseId) => readonly string[]> {
  const own = (await storedSets(db, clinicId)).filter((set) => set.track === track)
  return (phase) => own.find((set) => set.phase === phase)?.instruments ?? defaultSet(track, phase)
}

/** The track of the request that an assessment came from; "other" when it came from none. */
async function trackOf(db: Read, clinicId: ClinicId, requestId: Id<'request'> | undefined): Promise<TrackId> {
  const request = requestId && (await ask.requestById(db, clinicId, requestId))
  return request ? trackOfTopics(request.answers.topics) : 'other'
}

/**
 * Part of a command: fixes what an assessment's intake asks, in the wordings in use now.
 *
 * @param track as staff chose it; without it, by the request
 */
export async function fixIntakePlan(
  { db, at, ids, actor }: Needs,
  assessment: Pick<Assessment, 'id' | 'requestId'>,
  track?: TrackId,
): Promise<void> {
  const chosen = track ?? (await trackOf(db, actor.clinicId, assessment.requestId))
  const forms: PlannedForm[] = []
  const setOf = await setsInUse(db, actor.clinicId, chosen)
  for (const instrumentId of setOf('intake')) {
    const inUse = await instrumentInUse(db, actor.clinicId, instrumentId)
    if (inUse) forms.push({ instrumentId, editionId: inUse.editionId })
  }
  await insertIntakePlan(db, actor.clinicId, {
    id: ids.next(),
    assessmentId: assessment.id,
    track: chosen,
    forms,
    plannedAt: at,
    plannedBy: actor.kind === 'member' ? actor.accountId : actor.kind,
  })
}

/**
 * Staff choose another track for an intake that is not begun: its forms change. Once a question is answered the plan
 * stands, since answers already given must keep the form they belong to.
 */
export const planIntake: Command<
  { readonly assessmentId: AssessmentId; readonly track: TrackId },
  { readonly assessmentId: AssessmentId },
  'no-such-assessment' | 'intake-begun'
> = {
  action: planIntakeAction,
  async run(needs, { assessmentId, track }) {
    const { db, actor, audit, tell } = needs
    const assessment = await assessmentById(db, actor.clinicId, assessmentId)
    if (!assessment) return refused('no-such-assessment')
    await holdAlone(db, actor.clinicId, `assessment ${assessmentId}`)
    if ((await intakeAnswers(db, actor.clinicId, [assessmentId])).length > 0) return refused('intake-begun')
    await fixIntakePlan(needs, assessment, track)
    audit.write(planIntakeAction.id, {
      personId: assessment.personId,
      object: 'assessment',
      objectId: assessmentId,
      detail: { track },
    })
    tell('intake.planned', { assessmentId, personId: assessment.personId })
    return done({ assessmentId })
  },
}

/** What some intakes ask, each in the wordings fixed for it; one from before there were plans asks what it asked then. */
export async function intakesOf(
  db: Read,
  clinicId: ClinicId,
  assessmentIds: readonly AssessmentId[],
): Promise<ReadonlyMap<AssessmentId, Intake>> {
  const plans = await intakePlans(db, clinicId, assessmentIds)
  const known = new Map<string, Instrument>()
  const intakes = new Map<AssessmentId, Intake>()
  for (const id of assessmentIds) {
    const instruments: Instrument[] = []
    for (const form of plans.get(id)?.forms ?? FIRST_INTAKE) {
      const key = `${form.instrumentId} ${form.editionId}`
      const instrument =
        known.get(key) ?? (await instrumentOfEdition(db, clinicId, form.instrumentId, form.editionId))
      if (!instrument) throw new Error(`no instrument ${key}`)
      known.set(key, instrument)
      instruments.push(instrument)
    }
    intakes.set(id, intakeOf(instruments))
  }
  return intakes
}

/** What one intake asks. */
export async function intakeOfAssessment(db: Read, clinicId: ClinicId, id: AssessmentId): Promise<Intake> {
  return (await intakesOf(db, clinicId, [id])).get(id)!
}

export async function intakePlanOf(
  db: Read,
  clinicId: ClinicId,
  id: AssessmentId,
): Promise<IntakePlan | undefined> {
  return (await intakePlans(db, clinicId, [id])).get(id)
}

/** The track of a person's newest assessment; undefined when they have none, or one from before there were tracks. */
export async function trackOfPerson(
  db: Read,
  clinicId: ClinicId,
  personId: PersonId,
): Promise<TrackId | undefined> {
  const newest = (await assessmentsOfPerson(db, clinicId, personId))[0]
  return newest && (await intakePlanOf(db, clinicId, newest.id))?.track
}
