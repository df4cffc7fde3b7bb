import { formHash, instrumentById } from '@evenkeel/questionnaires'
import { personById } from '../../identity/index.server.ts'
import { ownPersonId } from '../../platform/actor.ts'
import type { Command, Needs } from '../../platform/command.server.ts'
import type { PersonId } from '../../platform/ids.ts'
import { done, type Outcome, refused } from '../../platform/outcome.ts'
import { addMs } from '../../platform/time.ts'
import { holdAlone } from '../answering-queries.server.ts'
import { answerForm, layForms as layFormsAction, setFormAside as setAsideAction } from '../assess-access.ts'
import type { InstrumentResponse } from '../instrument-response.ts'
import { saysSomethingNew } from '../intake-answers.ts'
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
  insertSittingAnswers,
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

/**
 * A form that this actor may answer: a person their own, unless it is rated by staff. Whoever saves, finishes or sets
 * it aside holds it alone, so that no answer falls between the result and the end.
 */
async function openSitting(
  { db, actor }: Needs,
  id: SittingId,
): Promise<Outcome<{ sitting: Sitting; answers: readonly SittingAnswer[] }, WhyNotAnswer>> {
  await holdAlone(db, actor.clinicId, `form-sitting ${id}`)
  const sitting = await sittingById(db, actor.clinicId, id)
  const own = ownPersonId(actor)
  if (!sitting || (own && (own !== sitting.personId || sitting.respondent === 'clinician'))) {
    return refused('no-such-form')
  }
  if (sitting.end) return refused('form-ended')
  return done({ sitting, answers: (await sittingAnswers(db, actor.clinicId, [id])).get(id) ?? [] })
}

async function contextOf({ db, actor }: Needs, { personId, phase }: Sitting) {
  const person = await personById(db, actor.clinicId, personId)
  return scoringContext(person?.sex, await trackOfPerson(db, actor.clinicId, personId), phase)
}

export type SaveFormAnswers = {
  readonly sittingId: SittingId
  readonly answers: readonly {
    readonly item: string
    /** Checked at the edge; null skips an item that has no answer yet. */
    readonly value: number | null
    /** With null: what was answered is taken back and is open again. The earlier answer is kept. */
    readonly takeBack?: boolean
    /** How long ago it was given, in ms, when it waited for a connection: what was answered since then stands. */
    readonly ageMs?: number
    /** What the page showed before this answer, null for nothing: another answer that came since is not replaced unseen. */
    readonly seen?: number | null
  }[]
  /** Where it is answered, as an IANA name. */
  readonly timeZone: string
}

/**
 * Stores answers to one form at once. The same again changes nothing, a different answer is the next revision. Answers
 * that make a critical trigger certain raise a concern in the same transaction, before the form is finished.
 */
export const saveFormAnswers: Command<
  SaveFormAnswers,
  {
    readonly values: Readonly<Record<string, number | null>>
    readonly concernRaised: boolean
    /** Items whose answer waited so long that a later one stands. */
    readonly older: readonly string[]
    /** Items that somebody answered otherwise since the page was opened: what they said stands. */
    readonly meanwhile: readonly { readonly item: string; readonly value: number | null }[]
  },
  WhyNotAnswer
> = {
  action: answerForm,
  async run(needs, { sittingId, answers: given, timeZone }) {
    const { audit } = needs
    const found = await openSitting(needs, sittingId)
    if (!found.ok) return found
    const { sitting } = found.value
    const stored: SittingAnswer[] = [...found.value.answers]
    const saved: SittingAnswer[] = []
    const older: string[] = []
    const meanwhile: { item: string; value: number | null }[] = []
    const items = new Set(instrumentById(sitting.instrumentId)?.items.map(({ id }) => id))
    for (const one of given) {
      // An item that the form does not have would spoil every later score of it.
      if (!items.has(one.item)) continue
      const stands = stored.filter(({ item }) => item === one.item).at(-1)?.value ?? null
      if (one.seen !== undefined && one.seen !== stands && one.value !== stands) {
        meanwhile.push({ item: one.item, value: stands })
        continue
      }
      const answer = nextRevision(needs, stored, one, timeZone)
      if (answer === 'older') older.push(one.item)
      else if (answer) {
        stored.push(answer)
        saved.push(answer)
      }
    }
    if (!(await insertSittingAnswers(needs.db, needs.actor.clinicId, sittingId, saved))) {
      throw new Error('a form answer could not be stored although nobody else was writing')
    }
    const { values } = sittingNow(stored)
    const concernRaised = await raiseIfCritical(needs, {
      personId: sitting.personId,
      source: 'form',
      objectId: sittingId,
      instrumentId: sitting.instrumentId,
      saved: saved.map(({ item, revision }) => ({ itemId: item, revision })),
      before: sittingNow(found.value.answers).values,
      answers: values,
      context: await contextOf(needs, sitting),
    })
    if (saved.length > 0) {
      audit.write(answerForm.id, {
        personId: sitting.personId,
        object: 'form-sitting',
        objectId: sittingId,
        detail: { answers: saved.length },
      })
    }
    return done({ values, concernRaised, older, meanwhile })
  },
}

/**
 * @returns the new revision, undefined when it would say nothing new, or "older" when something was answered after it
 * was given
 */
function nextRevision(
  { at, actor }: Needs,
  stored: readonly SittingAnswer[],
  { item, value, takeBack, ageMs }: SaveFormAnswers['answers'][number],
  timeZone: string,
): SittingAnswer | 'older' | undefined {
  const before = stored.filter((one) => one.item === item).at(-1)
  if (!before && takeBack) return undefined
  if (before && !saysSomethingNew(before.value, value, takeBack)) return undefined
  if (before && ageMs && before.answeredAt > addMs(at, -ageMs)) return 'older'
  return {
    item,
    revision: (before?.revision ?? 0) + 1,
    value,
    answeredAt: at,
    answeredBy: actor.kind === 'member' ? actor.accountId : actor.kind,
    timeZone,
  }
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
    const { values } = sittingNow(answers)
    if (Object.values(values).every((value) => value === null)) return refused('nothing-answered')
    const by = actor.kind === 'member' ? actor.accountId : actor.kind
    const ended = { kind: 'finished', reason: undefined, endedAt: at, endedBy: by, timeZone } as const
    if (!(await insertSittingEnd(db, actor.clinicId, sittingId, ended))) return refused('form-ended')
    const response = await storeResult(needs, sitting, answers, 'form', timeZone)
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

/** What was answered as a stored response, in the wording that the form was laid in. */
async function storeResult(
  needs: Needs,
  sitting: Sitting,
  answers: readonly SittingAnswer[],
  source: 'form' | 'form-set-aside',
  timeZone: string,
): Promise<InstrumentResponse> {
  const { instrumentId, editionId, personId, respondent, proxy } = sitting
  const instrument = await instrumentOfEdition(needs.db, needs.actor.clinicId, instrumentId, editionId)
  if (!instrument) throw new Error(`form ${sitting.id}: its wording ${editionId} is gone`)
  const { values, startedAt } = sittingNow(answers)
  const { response } = await recordResponse(needs, {
    id: needs.ids.next(),
    personId,
    source,
    objectId: sitting.id,
    instrumentId,
    instrument,
    answers: values,
    context: await contextOf(needs, sitting),
    startedAt,
    timeZone,
    respondent,
    proxy,
  })
  return response
}

/**
 * Sets a form aside with a reason. What was answered, and every concern it raised, stays; answers are kept as a result
 * that says it was set aside, so that a warning in them is looked at by somebody.
 */
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
    const { sitting, answers } = found.value
    const by = actor.kind === 'member' ? actor.accountId : actor.kind
    const ended = { kind: 'set-aside', reason, endedAt: at, endedBy: by, timeZone } as const
    if (!(await insertSittingEnd(db, actor.clinicId, sittingId, ended))) return refused('form-ended')
    if (Object.values(sittingNow(answers).values).some((value) => value !== null)) {
      await storeResult(needs, sitting, answers, 'form-set-aside', timeZone)
    }
    audit.write(setAsideAction.id, {
      personId: sitting.personId,
      object: 'form-sitting',
      objectId: sittingId,
    })
    tell('form.set-aside', { sittingId, personId: sitting.personId })
    return done({ sittingId })
  },
}
