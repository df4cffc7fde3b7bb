import { formHash } from '@evenkeel/questionnaires'
import { personById } from '../../identity/index.server.ts'
import { ownPersonId } from '../../platform/actor.ts'
import type { Command, Needs } from '../../platform/command.server.ts'
import type { PersonId } from '../../platform/ids.ts'
import { done, type Outcome, refused } from '../../platform/outcome.ts'
import { answerForm, layForms as layFormsAction, setFormAside as setAsideAction } from '../assess-access.ts'
import type { InstrumentResponse } from '../instrument-response.ts'
import { raiseIfCritical } from '../raise-on-answer.server.ts'
import { storeFact } from '../record-fact.server.ts'
import { recordResponse } from '../record-response.server.ts'
import type { PhaseId } from './condition-track.ts'
import { instrumentInUse, instrumentOfEdition } from './edition-queries.server.ts'
import { isForm } from './instrument-sets.ts'
import { trackOfPerson } from './plan-intake.server.ts'
import { scoringContext } from './scoring-context.ts'
import { factOfResult, type Sitting, type SittingAnswer, type SittingId, sittingNow } from './sitting.ts'
import {
  insertSitting,
  insertSittingAnswer,
  insertSittingEnd,
  sittingAnswers,
  sittingById,
} from './sitting-queries.server.ts'

export type LayForms = {
  readonly personId: PersonId
  /** Each with the id its sitting gets, so that a form sent twice lays nothing twice. */
  readonly forms: readonly { readonly id: SittingId; readonly instrumentId: string }[]
  readonly phase: PhaseId
  /** Who answers what people answer about themselves; forms rated by staff are rated by staff whatever this says. */
  readonly respondent: { readonly kind: 'self' } | { readonly kind: 'proxy'; readonly proxy: string }
}

/** Lays forms before a person, each in the wording in use now. */
export const layForms: Command<
  LayForms,
  { readonly sittings: readonly SittingId[] },
  'no-such-person' | 'not-a-form'
> = {
  action: layFormsAction,
  async run({ db, at, actor, audit, tell }, { personId, forms, phase, respondent }) {
    if (!(await personById(db, actor.clinicId, personId))) return refused('no-such-person')
    for (const { id, instrumentId } of forms) {
      const inUse = await instrumentInUse(db, actor.clinicId, instrumentId)
      if (!inUse || !isForm(inUse.instrument)) return refused('not-a-form')
      const { instrument, editionId } = inUse
      const answeredBy = instrument.administered === 'self' ? respondent.kind : 'clinician'
      const laidNow = await insertSitting(db, actor.clinicId, {
        id,
        personId,
        instrumentId,
        editionId,
        edition: instrument.edition,
        formHash: formHash(instrument),
        phase,
        respondent: answeredBy,
        proxy: answeredBy === 'proxy' && respondent.kind === 'proxy' ? respondent.proxy : undefined,
        openedAt: at,
        openedBy: actor.kind === 'member' ? actor.accountId : actor.kind,
      })
      if (!laidNow) continue
      audit.write(layFormsAction.id, {
        personId,
        object: 'form-sitting',
        objectId: id,
        detail: { instrument: instrumentId, phase },
      })
      tell('form.laid', { sittingId: id, personId })
    }
    return done({ sittings: forms.map(({ id }) => id) })
  },
}

type WhyNotAnswer = 'no-such-form' | 'form-ended'

/** A form that this actor may answer: a person their own, unless it is rated by staff. */
async function openSitting(
  { db, actor }: Needs,
  id: SittingId,
): Promise<Outcome<{ sitting: Sitting; answers: readonly SittingAnswer[] }, WhyNotAnswer>> {
  const sitting = await sittingById(db, actor.clinicId, id)
  const own = ownPersonId(actor)
  if (!sitting || (own && (own !== sitting.personId || sitting.respondent === 'clinician'))) {
    return refused('no-such-form')
  }
  if (sitting.end) return refused('form-ended')
  return done({ sitting, answers: (await sittingAnswers(db, actor.clinicId, [id])).get(id) ?? [] })
}

async function contextOf({ db, actor }: Needs, personId: PersonId) {
  const person = await personById(db, actor.clinicId, personId)
  return scoringContext(person?.sex, await trackOfPerson(db, actor.clinicId, personId))
}

export type SaveFormAnswers = {
  readonly sittingId: SittingId
  /** Checked at the edge; null skips an item that has no answer yet. */
  readonly answers: readonly { readonly item: string; readonly value: number | null }[]
  /** Where it is answered, as an IANA name. */
  readonly timeZone: string
}

/**
 * Stores answers to one form at once. The same again changes nothing, a different answer is the next revision. An
 * answer that fires a critical trigger raises a concern in the same transaction, before the form is finished.
 */
export const saveFormAnswers: Command<
  SaveFormAnswers,
  { readonly values: Readonly<Record<string, number | null>>; readonly concernRaised: boolean },
  WhyNotAnswer
> = {
  action: answerForm,
  async run(needs, { sittingId, answers: given, timeZone }) {
    const { db, actor, audit } = needs
    const found = await openSitting(needs, sittingId)
    if (!found.ok) return found
    const { sitting } = found.value
    const saved: SittingAnswer[] = []
    for (const { item, value } of given) {
      const stored = await storeAnswer(needs, sittingId, item, value, timeZone)
      if (stored) saved.push(stored)
    }
    const { values } = sittingNow(
      (await sittingAnswers(db, actor.clinicId, [sittingId])).get(sittingId) ?? [],
    )
    const context = await contextOf(needs, sitting.personId)
    let concernRaised = false
    for (const { item, revision } of saved) {
      const raised = await raiseIfCritical(needs, {
        personId: sitting.personId,
        source: 'form',
        objectId: sittingId,
        instrumentId: sitting.instrumentId,
        itemId: item,
        revision,
        answers: values,
        context,
      })
      if (raised) concernRaised = true
    }
    if (saved.length > 0) {
      audit.write(answerForm.id, {
        personId: sitting.personId,
        object: 'form-sitting',
        objectId: sittingId,
        detail: { answers: saved.length },
      })
    }
    return done({ values, concernRaised })
  },
}

/** @returns the new revision, or undefined when it would say nothing new */
async function storeAnswer(
  { db, at, actor }: Needs,
  sittingId: SittingId,
  item: string,
  value: number | null,
  timeZone: string,
): Promise<SittingAnswer | undefined> {
  // Another tab may take the revision between reading and writing: look again. Bounded, since each look sees more.
  for (let tries = 0; tries < 5; tries++) {
    const stored = (await sittingAnswers(db, actor.clinicId, [sittingId])).get(sittingId) ?? []
    const before = stored.filter((one) => one.item === item).at(-1)
    if (before && (value === null || before.value === value)) return undefined
    const answer: SittingAnswer = {
      item,
      revision: (before?.revision ?? 0) + 1,
      value,
      answeredAt: at,
      answeredBy: actor.kind === 'member' ? actor.accountId : actor.kind,
      timeZone,
    }
    if (await insertSittingAnswer(db, actor.clinicId, sittingId, answer)) return answer
  }
  throw new Error('a form answer could not be stored: too many writers at once')
}

/**
 * Ends a form: it is scored and stored as a response in its wording, and what a rating by staff establishes becomes a
 * clinical fact. Gaps stay gaps. Finishing twice stores one response.
 */
export const finishForm: Command<
  { readonly sittingId: SittingId; readonly timeZone: string },
  { readonly responseId: InstrumentResponse['id'] },
  WhyNotAnswer | 'nothing-answered'
> = {
  action: answerForm,
  async run(needs, { sittingId, timeZone }) {
    const { db, at, ids, actor, audit, tell } = needs
    const found = await openSitting(needs, sittingId)
    if (!found.ok) return found
    const { sitting, answers } = found.value
    const { values, startedAt } = sittingNow(answers)
    if (Object.values(values).every((value) => value === null)) return refused('nothing-answered')
    const instrument = await instrumentOfEdition(db, actor.clinicId, sitting.instrumentId, sitting.editionId)
    if (!instrument) return refused('no-such-form')
    const by = actor.kind === 'member' ? actor.accountId : actor.kind
    const ended = { kind: 'finished', reason: undefined, endedAt: at, endedBy: by, timeZone } as const
    if (!(await insertSittingEnd(db, actor.clinicId, sittingId, ended))) return refused('form-ended')
    const { response } = await recordResponse(needs, {
      id: ids.next(),
      personId: sitting.personId,
      source: 'form',
      objectId: sittingId,
      instrumentId: sitting.instrumentId,
      instrument,
      answers: values,
      context: await contextOf(needs, sitting.personId),
      startedAt,
      timeZone,
      respondent: sitting.respondent,
      proxy: sitting.proxy,
      // Every answer was looked at when it was saved.
      watchedAlready: true,
    })
    const fact =
      sitting.respondent === 'clinician' ? factOfResult(sitting.instrumentId, response.scores) : undefined
    if (fact) {
      await storeFact(needs, {
        id: ids.next(),
        personId: sitting.personId,
        ...fact,
        observedAt: at,
        source: 'measured-here',
      })
    }
    audit.write('assess.finish-form', {
      personId: sitting.personId,
      object: 'form-sitting',
      objectId: sittingId,
    })
    tell('form.finished', { sittingId, personId: sitting.personId, responseId: response.id })
    return done({ responseId: response.id })
  },
}

/** Sets a form aside with a reason. What was answered, and every concern it raised, stays. */
export const setFormAside: Command<
  { readonly sittingId: SittingId; readonly reason: string; readonly timeZone: string },
  { readonly sittingId: SittingId },
  WhyNotAnswer
> = {
  action: setAsideAction,
  async run(needs, { sittingId, reason, timeZone }) {
    const { db, at, actor, audit, tell } = needs
    const found = await openSitting(needs, sittingId)
    if (!found.ok) return found
    const by = actor.kind === 'member' ? actor.accountId : actor.kind
    const ended = { kind: 'set-aside', reason, endedAt: at, endedBy: by, timeZone } as const
    if (!(await insertSittingEnd(db, actor.clinicId, sittingId, ended))) return refused('form-ended')
    const { personId } = found.value.sitting
    audit.write(setAsideAction.id, { personId, object: 'form-sitting', objectId: sittingId })
    tell('form.set-aside', { sittingId, personId })
    return done({ sittingId })
  },
}
