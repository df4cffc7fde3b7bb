import { makeAccessLink, personById } from '../identity/index.server.ts'
import type { Command, Needs } from '../platform/command.server.ts'
import type { Id, PersonId } from '../platform/ids.ts'
import { planMail } from '../platform/mail.server.ts'
import { done, refused } from '../platform/outcome.ts'
import { makeIntakeLink as makeLinkAction, openAssessment as openAction } from './assess-access.ts'
import { assessmentById, assessmentOfRequest, insertAssessment } from './assess-queries.server.ts'
import type { AssessmentId } from './assessment.ts'
import type { TrackId } from './forms/condition-track.ts'
import { fixIntakePlan } from './forms/plan-intake.server.ts'

/** How long a link to the intake works. */
const INTAKE_LINK_DAYS = 30

export type OpenAssessment = {
  readonly personId: PersonId
  readonly requestId?: Id<'request'>
  /** What the person is treated for; without it, by the request. */
  readonly track?: TrackId
  /** Becomes the id of the assessment, so that a repeated form makes no second one. */
  readonly key?: AssessmentId
  /** Where the clinic is reached, without a slash at the end; given, the person is written to with their link. */
  readonly invite?: { readonly baseUrl: string }
}

/**
 * Opens the assessment of a person; once per request and per key. With `invite` and a known e-mail address the
 * person gets their link in the same transaction, so that a repeated reaction writes no second letter.
 */
export const openAssessment: Command<OpenAssessment, { assessmentId: AssessmentId }, 'no-such-person'> = {
  action: openAction,
  async run(needs, input) {
    const { db, at, ids, actor, audit, tell } = needs
    const person = await personById(db, actor.clinicId, input.personId)
    if (!person) return refused('no-such-person')
    const assessmentId: AssessmentId = input.key ?? ids.next()
    const opened = await insertAssessment(
      db,
      actor.clinicId,
      {
        id: assessmentId,
        personId: input.personId,
        requestId: input.requestId,
        openedAt: at,
        intakeCompletedAt: undefined,
      },
      actor.kind === 'member' ? actor.accountId : actor.kind,
    )
    if (!opened) {
      const earlier = input.requestId && (await assessmentOfRequest(db, actor.clinicId, input.requestId))
      return done({ assessmentId: earlier?.id ?? assessmentId })
    }
    await fixIntakePlan(needs, { id: assessmentId, requestId: input.requestId }, input.track)
    audit.write('assess.open', { personId: input.personId, object: 'assessment', objectId: assessmentId })
    tell('assessment.opened', { assessmentId, personId: input.personId })
    if (input.invite && person.contact.email) {
      const token = await makeAccessLink(needs, intakeLinkOf(input.personId))
      await planInvitation(
        needs,
        assessmentId,
        person.contact.email,
        `${input.invite.baseUrl}/intake/${token}`,
      )
    }
    return done({ assessmentId })
  },
}

function intakeLinkOf(personId: PersonId) {
  return { personId, purpose: 'intake', validDays: INTAKE_LINK_DAYS } as const
}

/** The letter says neither what the clinic treats nor what is asked. */
async function planInvitation(needs: Needs, assessmentId: AssessmentId, to: string, link: string) {
  await planMail(needs, needs.actor.clinicId, {
    key: `intake-invitation ${assessmentId}`,
    to,
    subject: 'The next step',
    body: [
      'Hello,',
      `there are some questions for you before we meet: ${link}`,
      `They take about half an hour. Every answer is kept as you go, so you can stop and go on later, also on another device. The link is only for you and works for ${INTAKE_LINK_DAYS} days.`,
      'If you would rather answer by telephone or when you are here, just reply or call us.',
    ].join('\n\n'),
  })
}

/** A new link to the intake, for staff to hand out. Earlier links keep working until they expire. */
export const makeIntakeLink: Command<
  { assessmentId: AssessmentId },
  { path: string },
  'no-such-assessment' | 'intake-finished'
> = {
  action: makeLinkAction,
  async run(needs, { assessmentId }) {
    const assessment = await assessmentById(needs.db, needs.actor.clinicId, assessmentId)
    if (!assessment) return refused('no-such-assessment')
    if (assessment.intakeCompletedAt) return refused('intake-finished')
    const token = await makeAccessLink(needs, intakeLinkOf(assessment.personId))
    return done({ path: `/intake/${token}` })
  },
}
