import { type Instrument, instrumentById, listInstruments } from '@evenkeel/questionnaires'
import * as z from 'zod'
import { accountNames } from '../../identity/index.server.ts'
import { mayDo } from '../../platform/access.ts'
import { type Command, runCommand, runQuery } from '../../platform/command.server.ts'
import { type FormAnswer, formProblem, parseForm } from '../../platform/form.ts'
import { type Id, isUuid } from '../../platform/ids.ts'
import { done, refused } from '../../platform/outcome.ts'
import { goTo, notFound, type PageArgs } from '../../platform/page.server.ts'
import { momentInWords } from '../../platform/time.ts'
import { holdAlone } from '../answering-queries.server.ts'
import { changeSet as changeSetAction, readSets } from '../assess-access.ts'
import { isPhase, isTrack, PHASES, type PhaseId, TRACKS, type TrackId } from './condition-track.ts'
import { instrumentInUse } from './edition-queries.server.ts'
import { insertSet, storedSets } from './form-plan-queries.server.ts'
import { titleForPerson } from './form-titles.ts'
import { defaultSet, isForm, minutesOf, readSet, whatIsMissing } from './instrument-sets.ts'

type Post = PageArgs & { readonly form: FormData }

/** Changes the set of a track and phase. Intakes that are open and forms that are laid keep theirs. */
export const changeSet: Command<
  {
    readonly key: Id<'instrument-set'>
    readonly track: TrackId
    readonly phase: PhaseId
    readonly instruments: readonly string[]
    /** When the set on the page was last changed; another value now means that somebody else changed it. */
    readonly seenChange: string | undefined
  },
  { readonly track: TrackId },
  'not-a-set' | 'changed-meanwhile'
> = {
  action: changeSetAction,
  async run({ db, at, actor, audit, tell }, { key, track, phase, instruments, seenChange }) {
    if ('problem' in readSet(instruments, phase)) return refused('not-a-set')
    await holdAlone(db, actor.clinicId, `instrument-set ${track} ${phase}`)
    const now = (await storedSets(db, actor.clinicId)).find(
      (set) => set.track === track && set.phase === phase,
    )
    if (now?.changedAt !== seenChange) return refused('changed-meanwhile')
    const changedNow = await insertSet(db, actor.clinicId, key, {
      track,
      phase,
      instruments,
      changedAt: at,
      changedBy: actor.kind === 'member' ? actor.accountId : actor.kind,
    })
    if (!changedNow) return refused('changed-meanwhile')
    audit.write(changeSetAction.id, { object: 'instrument-set', objectId: key, detail: { track, phase } })
    tell('instrument-set.changed', { track, phase })
    return done({ track })
  },
}

/** Every set of one track, as it holds now. */
export async function loadSets({ services, actor, clinic, url }: PageArgs) {
  const asked = url.searchParams.get('track')
  const track: TrackId = isTrack(asked) ? asked : 'alcohol'
  return runQuery(services, actor, async ({ db, audit }) => {
    audit.read(readSets.id, { object: 'instrument-set-list' })
    const own = (await storedSets(db, clinic.id)).filter((set) => set.track === track)
    const names = await accountNames(
      db,
      own.map((set) => set.changedBy),
    )
    return {
      track: { id: track, title: TRACKS.find(({ id }) => id === track)?.title ?? track },
      may: mayDo(actor, changeSetAction),
      saved: url.searchParams.get('done') === 'saved',
      phases: PHASES.map(({ id, title, lead }) => {
        const stored = own.find((set) => set.phase === id)
        const instruments = instrumentsOf(stored?.instruments ?? defaultSet(track, id))
        return {
          id,
          title,
          lead,
          forms: instruments.map((one) => ({
            id: one.id,
            name: one.shortName,
            construct: one.construct,
            rated: one.administered !== 'self',
          })),
          minutes: minutesOf(instruments),
          changed:
            stored &&
            `Changed ${momentInWords(stored.changedAt, clinic.timeZone)} by ${names.get(stored.changedBy) ?? 'unknown'}`,
        }
      }),
    }
  })
}

function instrumentsOf(ids: readonly string[]): readonly Instrument[] {
  return ids.flatMap((id) => instrumentById(id) ?? [])
}

const EMPTY_PLACES = 4

/** One set for changing: a place for each form and a few more. */
export async function loadSet({ services, actor, clinic, params }: PageArgs) {
  const { track, phase } = params
  if (!isTrack(track) || !isPhase(phase)) notFound()
  return runQuery(services, actor, async ({ db, audit }) => {
    audit.read(readSets.id, { object: 'instrument-set', objectId: `${track} ${phase}` })
    const stored = (await storedSets(db, clinic.id)).find((set) => set.track === track && set.phase === phase)
    const instruments = stored?.instruments ?? defaultSet(track, phase)
    return {
      key: services.ids.next() as string,
      seenChange: stored?.changedAt ?? '',
      track: { id: track, title: TRACKS.find(({ id }) => id === track)?.title ?? track },
      phase: { id: phase, title: PHASES.find(({ id }) => id === phase)?.title ?? phase },
      ours: defaultSet(track, phase).map((id) => instrumentById(id)?.shortName ?? id),
      places: [...instruments, ...Array.from({ length: EMPTY_PLACES }, () => '')],
      options: listInstruments()
        .filter(isForm)
        .filter((one) => phase !== 'intake' || one.administered === 'self')
        .map((one) => ({ value: one.id, label: `${one.shortName}: ${one.construct}` })),
    }
  })
}

const setForm = z.object({
  key: z.string().refine(isUuid),
  seenChange: z.string().max(40).optional(),
})

/** How a set would look: the forms in order as a person or rater meets them. */
export type SetPreview = {
  readonly minutes: number
  /** What must be confirmed before this can be stored. */
  readonly missing: string | undefined
  readonly forms: readonly {
    readonly id: string
    readonly name: string
    readonly title: string
    readonly rated: boolean
    /** Set when the clinic needs a permission to use it. */
    readonly permission: string | undefined
    readonly prompts: readonly string[]
  }[]
}

/** Shows a set as it would be, or stores it. */
export async function postSet(
  page: Post,
): Promise<FormAnswer | { readonly preview: SetPreview; readonly values: FormAnswer['values'] } | Response> {
  const { services, actor, clinic, params, form } = page
  const { track, phase } = params
  if (!isTrack(track) || !isPhase(phase)) notFound()
  const parsed = parseForm(setForm, form, ['form'])
  if (!parsed.ok) return parsed.answer
  const chosen = form.getAll('form').flatMap((id) => (typeof id === 'string' && id !== '' ? [id] : []))
  const read = readSet(chosen, phase)
  if ('problem' in read) return formProblem(form, { form: read.problem })
  const missing = whatIsMissing(read.instruments, phase)
  if (form.get('intent') === 'preview') {
    const forms = await runQuery(services, actor, async ({ db }) => {
      const shown: SetPreview['forms'][number][] = []
      for (const { id } of read.instruments) {
        const { instrument } = (await instrumentInUse(db, clinic.id, id)) ?? notFound()
        shown.push({
          id,
          name: instrument.shortName,
          title: titleForPerson(instrument),
          rated: instrument.administered !== 'self',
          permission:
            instrument.licence.status === 'permission-needed' || instrument.licence.status === 'registration'
              ? `${instrument.licence.holder}: ${instrument.licence.terms}`
              : undefined,
          prompts: instrument.items.map((item) => item.prompt),
        })
      }
      return shown
    })
    const preview = { minutes: minutesOf(read.instruments), missing, forms }
    return { preview, values: { form: chosen } }
  }
  if (missing && form.get('confirmed') !== 'yes') {
    return formProblem(form, { confirmed: `${missing} Tick this if it is meant, or add a form.` })
  }
  const changed = await runCommand(services, actor, changeSet, {
    key: parsed.value.key as Id<'instrument-set'>,
    track,
    phase,
    instruments: chosen,
    seenChange: parsed.value.seenChange || undefined,
  })
  if (changed.ok) return goTo(`/work/sets?track=${track}&done=saved`)
  return formProblem(form, {
    form:
      changed.reason === 'changed-meanwhile'
        ? 'Somebody changed this set meanwhile. Open it again to see theirs; what you chose still stands here.'
        : 'This set could not be stored.',
  })
}
