import { type Instrument, instrumentById, listInstruments } from '@evenkeel/questionnaires'
import * as z from 'zod'
import { accountNames, personById } from '../../identity/index.server.ts'
import { runCommand, runQuery } from '../../platform/command.server.ts'
import { type FormAnswer, formProblem, parseForm } from '../../platform/form.ts'
import { isUuid, parseId } from '../../platform/ids.ts'
import { goTo, notFound, type PageArgs } from '../../platform/page.server.ts'
import { momentInWords } from '../../platform/time.ts'
import { readForms } from '../assess-access.ts'
import { exposuresOfPerson } from '../lab-tests/lab-test-queries.server.ts'
import { isPhase, PHASES, type PhaseId, TRACKS } from './condition-track.ts'
import { instrumentOfEdition } from './edition-queries.server.ts'
import { isForm, minutesOf, readSet } from './instrument-sets.ts'
import { layForms } from './lay-forms.server.ts'
import { setsInUse, trackOfPerson } from './plan-intake.server.ts'
import { type SittingId, sittingNow } from './sitting.ts'
import { sittingAnswers, sittingsOfPerson } from './sitting-queries.server.ts'
import { standingOf } from './standing.ts'

type Post = PageArgs & { readonly form: FormData }

const MOST_FORMS = 30

/** A person's forms as staff see them: what waits, what may be laid, what was finished or set aside. */
export async function loadPersonForms(page: PageArgs) {
  const { services, actor, clinic, params, url } = page
  const personId = parseId<'person'>(params.id) ?? notFound()
  return runQuery(services, actor, async ({ db, audit }) => {
    const person = (await personById(db, clinic.id, personId)) ?? notFound()
    audit.read(readForms.id, { personId, object: 'form-list' })
    const all = await sittingsOfPerson(db, clinic.id, personId)
    const open = all.filter((one) => !one.end)
    const answers = await sittingAnswers(
      db,
      clinic.id,
      open.map((one) => one.id),
    )
    const names = await accountNames(
      db,
      all.flatMap((one) => [one.openedBy, one.end?.endedBy ?? one.openedBy]),
    )
    const when = (at: Parameters<typeof momentInWords>[0]) => momentInWords(at, clinic.timeZone)
    const waiting = []
    for (const sitting of open) {
      const instrument = await instrumentOfEdition(db, clinic.id, sitting.instrumentId, sitting.editionId)
      if (!instrument) continue
      const { values } = sittingNow(answers.get(sitting.id) ?? [])
      const standing = standingOf(instrument, values, { sex: person.sex ?? 'unknown' })
      waiting.push({
        id: sitting.id as string,
        name: instrument.shortName,
        construct: instrument.construct,
        phase: phaseTitle(sitting.phase),
        answeredBy: respondentInWords(sitting.respondent, sitting.proxy),
        progress: `${standing.answered} of ${standing.asked}`,
        since: when(sitting.openedAt),
        by: names.get(sitting.openedBy) ?? 'unknown',
      })
    }
    const track = (await trackOfPerson(db, clinic.id, personId)) ?? 'other'
    const setOf = await setsInUse(db, clinic.id, track)
    const sets = []
    for (const { id, title } of PHASES.filter((phase) => phase.id !== 'intake')) {
      const instruments = instrumentsOf(setOf(id))
      sets.push({
        phase: id,
        title,
        forms: instruments.map((one) => one.shortName).join(', '),
        minutes: minutesOf(instruments),
      })
    }
    return {
      person: { id: person.id as string, name: person.displayName },
      track: TRACKS.find((one) => one.id === track)?.title ?? track,
      key: services.ids.next() as string,
      waiting,
      sets,
      forms: listInstruments()
        .filter(isForm)
        .map(({ id, shortName, construct }) => ({ value: id, label: `${shortName}: ${construct}` })),
      chosen: url.searchParams.get('form') ?? undefined,
      // Who has been dosed is past the first visits; which day it is otherwise only staff know.
      likelyPhase: (await exposuresOfPerson(db, clinic.id, personId)).length > 0 ? 'weekly' : 'baseline',
      ended: all.flatMap((sitting) =>
        sitting.end
          ? [
              {
                id: sitting.id as string,
                name: instrumentById(sitting.instrumentId)?.shortName ?? sitting.instrumentId,
                phase: phaseTitle(sitting.phase),
                kind: sitting.end.kind,
                reason: sitting.end.reason,
                when: when(sitting.end.endedAt),
                at: sitting.end.endedAt,
                by: names.get(sitting.end.endedBy) ?? person.displayName,
              },
            ]
          : [],
      ),
      done: url.searchParams.get('done'),
    }
  })
}

function instrumentsOf(ids: readonly string[]): readonly Instrument[] {
  return ids.flatMap((id) => instrumentById(id) ?? [])
}

function phaseTitle(phase: PhaseId): string {
  return PHASES.find(({ id }) => id === phase)?.title ?? phase
}

/** Who answers a form, in words. */
export function respondentInWords(
  respondent: 'self' | 'proxy' | 'clinician',
  proxy: string | undefined,
): string {
  if (respondent === 'clinician') return 'rated by staff'
  return respondent === 'proxy' ? `for the person: ${proxy}` : 'the person'
}

const layForm = z
  .object({
    key: z.string().refine(isUuid),
    phase: z.string().refine(isPhase, 'Choose when it is asked.'),
    respondent: z.enum(['self', 'proxy'], { error: 'Choose who answers.' }),
    proxy: z.string().trim().max(120, 'Please use at most 120 characters.').optional(),
  })
  .refine(({ respondent, proxy }) => respondent === 'self' || (proxy ?? '') !== '', {
    path: ['proxy'],
    error: 'Write who answers for the person, and how they know them.',
  })

/** Lays one form, or every form of a set. */
export async function postLay(page: Post): Promise<FormAnswer | Response> {
  const { services, actor, clinic, params, form } = page
  const personId = parseId<'person'>(params.id) ?? notFound()
  const parsed = parseForm(layForm, form)
  if (!parsed.ok) return parsed.answer
  const { phase, respondent, proxy = '' } = parsed.value as z.infer<typeof layForm> & { phase: PhaseId }
  const whole = form.get('intent') === 'set'
  const ids = whole
    ? await runQuery(services, actor, async ({ db }) => {
        const track = (await trackOfPerson(db, clinic.id, personId)) ?? 'other'
        return (await setsInUse(db, clinic.id, track))(phase)
      })
    : [String(form.get('form') ?? '')]
  const read = readSet(ids.slice(0, MOST_FORMS), 'baseline')
  if ('problem' in read || read.instruments.length === 0) {
    return formProblem(form, { form: whole ? 'This set has no forms.' : 'Choose a form from the list.' })
  }
  const laid = await runCommand(services, actor, layForms, {
    personId,
    forms: read.instruments.map(({ id }, place) => ({
      id: nthId(parsed.value.key, place),
      instrumentId: id,
    })),
    phase,
    respondent: respondent === 'proxy' ? { kind: 'proxy', proxy } : { kind: 'self' },
  })
  if (!laid.ok) return notFound()
  const [first] = laid.value.sittings
  const onlyOne = laid.value.sittings.length === 1 && first && form.get('now') === 'yes'
  return goTo(
    onlyOne ? `/work/people/${personId}/forms/${first}` : `/work/people/${personId}/forms?done=laid`,
  )
}

/** The id of one of several forms laid at once: the page's key with its end replaced, so that twice sent is once laid. */
function nthId(key: string, place: number): SittingId {
  return `${key.slice(0, -4)}${place.toString(16).padStart(4, '0')}` as SittingId
}
