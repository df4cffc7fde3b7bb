import { studyById } from '../../find/index.server.ts'
import { accountNames } from '../../identity/index.server.ts'
import { mayDo } from '../../platform/access.ts'
import { runQuery } from '../../platform/command.server.ts'
import type { AccountId } from '../../platform/ids.ts'
import { notFound, type PageArgs } from '../../platform/page.server.ts'
import { momentInWords } from '../../platform/time.ts'
import {
  draftProtocol,
  publishProtocol,
  retireProtocol,
  reviewProtocol,
  submitProtocol,
} from '../plan-access.ts'
import { DEVIATION_WORDS } from './deviation.ts'
import { orderability } from './orderable.ts'
import { CONDITION_GROUPS, type Protocol } from './protocol.ts'
import { protocolChanges, protocolDocument } from './protocol-document.ts'
import { type ClinicProtocol, clinicProtocolById, clinicProtocols, protocolOf } from './protocol-of.server.ts'
import { deviationCounts, newestSimulation } from './protocol-queries.server.ts'
import {
  basisOf,
  NEXT_EVENTS,
  type OwnVersion,
  type ProtocolEvent,
  type VersionState,
  versionState,
} from './protocol-version.ts'
import { doseWords, GRADE_WORDS, GROUP_WORDS, stretchWords } from './protocol-words.ts'

/** What a version's state is called. */
const STATE_WORDS: Readonly<Record<VersionState, string>> = {
  draft: 'draft',
  'in-review': 'waits for a second prescriber',
  approved: 'approved, not published',
  published: 'published',
  retired: 'retired',
}

const LIBRARY_STATE_WORDS: Readonly<Record<VersionState, string>> = {
  draft: 'offered by the library, not adopted here',
  'in-review': 'put forward, waits for a second prescriber',
  approved: 'approved, not adopted yet',
  published: 'adopted',
  retired: 'retired',
}

const EVENT_WORDS: Readonly<Record<ProtocolEvent['kind'], string>> = {
  submitted: 'Submitted for review',
  returned: 'Sent back',
  approved: 'Approved by a second prescriber',
  published: 'Published',
  retired: 'Retired',
}

const LIBRARY_EVENT_WORDS: Readonly<Record<ProtocolEvent['kind'], string>> = {
  ...EVENT_WORDS,
  submitted: 'Put forward to be adopted',
  published: 'Adopted',
}

/** What the list says of a protocol that new plans do not get. */
const STANDING_WORDS: Readonly<Record<ClinicProtocol['standing'], string>> = {
  'in-use': 'can be ordered',
  offered: 'offered by the library, not adopted here',
  'not-published': 'own protocol, not published yet',
  retired: 'retired here',
}

/** "library version 1", "own version 2". */
function versionWords(version: string): string {
  return version.startsWith('own-') ? `own version ${version.slice(4)}` : `library version ${version}`
}

/** What the state of a version is called: the library offers, and a clinic adopts. */
function stateWords(version: string, state: VersionState): string {
  return (version.startsWith('own-') ? STATE_WORDS : LIBRARY_STATE_WORDS)[state]
}

/** All protocols by condition: what they are, how good the evidence is, whether they can be ordered. */
export async function protocolsPage({ services, actor, clinic }: PageArgs) {
  return runQuery(services, actor, async ({ db }) => {
    const all = await clinicProtocols(db, clinic.id)
    return {
      groups: CONDITION_GROUPS.flatMap((group) => {
        const rows = all.filter((p) => p.shown.conditionGroup === group).map(listRow)
        return rows.length === 0 ? [] : [{ title: GROUP_WORDS[group], rows }]
      }),
      orderable: all.filter((p) => p.standing === 'in-use' && p.orderability.orderable).length,
      all: all.length,
    }
  })
}

function listRow(found: ClinicProtocol) {
  const protocol = found.shown
  const under = (version: string) => versionState(found.events.filter((e) => e.version === version))
  const open = [...found.library, ...found.own].flatMap(({ version }) => {
    const state = under(version)
    const isOffer = state === 'draft' && !version.startsWith('own-')
    return isOffer || ['published', 'retired'].includes(state) ? [] : [{ version, state }]
  })
  return {
    id: found.id,
    title: protocol.title,
    condition: protocol.condition,
    dose: doseWords(protocol).replace(/\. .*$/s, ''),
    course: protocol.course.map(stretchWords).join('; '),
    grade: GRADE_WORDS[protocol.evidence.grade],
    version: versionWords(protocol.version),
    standing: STANDING_WORDS[found.standing],
    inUse: found.standing === 'in-use',
    hospital: protocol.setting === 'hospital-only',
    reasons: found.orderability.orderable ? [] : [...found.orderability.reasons],
    open: open.map((v) => `${versionWords(v.version)}: ${stateWords(v.version, v.state)}`),
  }
}

/** One protocol in one version, as a document with all that happened to it. */
export async function protocolPage({ services, actor, clinic, params, url }: PageArgs) {
  return runQuery(services, actor, async ({ db }) => {
    const found = (await clinicProtocolById(db, clinic.id, params.id ?? '')) ?? notFound()
    const asked = url.searchParams.get('version')
    const shown = asked ? versionOf(found, asked) : found.shown
    if (!shown) return notFound()
    const own = found.own.find(({ version }) => version === shown.version)
    const simulation = await newestSimulation(db, clinic.id, {
      ownId: own?.id,
      protocolId: found.id,
      version: shown.version,
    })
    const basis = own && basisOf(own)
    const base = basis && (await protocolOf(db, clinic.id, basis.protocolId, basis.version))
    const against = url.searchParams.get('against')
    const compared = against ? versionOf(found, against) : base
    const names = await accountNames(db, accountsIn(found, simulation?.by))
    const nameOf = (id: AccountId | undefined) => (id ? (names.get(id) ?? 'unknown') : 'the system')
    const say = (at: Parameters<typeof momentInWords>[0]) => momentInWords(at, clinic.timeZone)
    const events = found.events.filter((e) => e.version === shown.version)
    const state = versionState(events)
    const next = NEXT_EVENTS[state]
    const ability = orderability(shown)
    // An offer that could not be ordered anyway is not adopted.
    const onItsWay = own !== undefined || ability.orderable
    const member = actor.kind === 'member' ? actor.accountId : undefined
    const didLast = (kind: ProtocolEvent['kind']) =>
      member !== undefined && events.findLast((e) => e.kind === kind)?.by === member
    const may = {
      draft: mayDo(actor, draftProtocol),
      edit: own !== undefined && state === 'draft' && mayDo(actor, draftProtocol),
      simulate: onItsWay && state !== 'retired' && mayDo(actor, submitProtocol),
      submit: onItsWay && next.includes('submitted') && mayDo(actor, submitProtocol),
      review: next.includes('approved') && mayDo(actor, reviewProtocol),
      takeBack: next.includes('returned') && mayDo(actor, reviewProtocol),
      publish: next.includes('published') && mayDo(actor, publishProtocol),
      retire: (own ? next.includes('retired') : state === 'published') && mayDo(actor, retireProtocol),
    }
    return {
      id: found.id,
      title: shown.title,
      condition: shown.condition,
      version: shown.version,
      versionWords: versionWords(shown.version),
      isCurrent: found.current?.version === shown.version,
      current: found.current && {
        version: found.current.version,
        words: versionWords(found.current.version),
      },
      grade: GRADE_WORDS[shown.evidence.grade],
      evidence: [...shown.evidence.text],
      studies: shown.evidence.studyIds.flatMap((id) => {
        const study = studyById(id)
        return study ? [{ href: study.href, citation: study.citation, direction: study.direction }] : []
      }),
      reasons: ability.orderable ? [] : [...ability.reasons],
      sections: protocolDocument(shown).filter(({ id }) => id !== 'evidence'),
      state: stateWords(shown.version, state),
      inForce: state === 'published',
      revision: own?.revision ?? 0,
      /** Why the viewer may not sign the next step, though their role may. */
      mayNotReview: own ? own.authors.includes(member) : didLast('submitted'),
      mayNotPublish: didLast('approved'),
      own: own && {
        revision: own.revision,
        basedOn: `${base && basis!.protocolId !== found.id ? `“${base.title}”, ` : ''}${versionWords(basis!.version)}`,
        newer: newerThanBase(found, own),
        saved: `${say(own.savedAt)}, by ${own.authors.map(nameOf).join(', ')}`,
      },
      compared: compared &&
        (compared.id !== shown.id || compared.version !== shown.version) && {
          from: `${compared.id === shown.id ? '' : `“${compared.title}”, `}${versionWords(compared.version)}`,
          changes: protocolChanges(compared, shown),
        },
      versions: [
        ...found.library.map((p) => ({
          version: p.version,
          words: versionWords(p.version),
          state: stateWords(p.version, versionState(found.events.filter((e) => e.version === p.version))),
        })),
        ...found.own.map((v) => ({
          version: v.version,
          words: versionWords(v.version),
          state: stateWords(v.version, versionState(v.events)),
        })),
      ],
      events: events.map((e) => ({
        id: e.id as string,
        words: (own ? EVENT_WORDS : LIBRARY_EVENT_WORDS)[e.kind],
        when: say(e.at),
        dateTime: e.at as string,
        by: nameOf(e.by),
        reason: e.reason,
      })),
      simulation: simulation && {
        report: simulation.report,
        ran: `${say(simulation.at)}, by ${nameOf(simulation.by)}`,
        outdated: simulation.revision !== (own?.revision ?? 0),
      },
      deviations: (await deviationCounts(db, clinic.id, found.id)).map((d) => ({
        version: versionWords(d.version),
        kind: DEVIATION_WORDS[d.kind],
        deviations: d.deviations,
        plans: d.plans,
      })),
      may: { ...may, any: Object.values(may).some(Boolean) },
      key: services.ids.next() as string,
      done: url.searchParams.get('done') ?? undefined,
    }
  })
}

export type ProtocolPageData = Awaited<ReturnType<typeof protocolPage>>

function versionOf(found: ClinicProtocol, version: string): Protocol | undefined {
  return (
    found.library.find((p) => p.version === version) ?? found.own.find((v) => v.version === version)?.protocol
  )
}

/** The version that new plans get, when it came after the one a draft was begun from. */
function newerThanBase(found: ClinicProtocol, own: OwnVersion): string | undefined {
  const current = found.current?.version
  if (!current || current === own.basedOn || current === own.version) return undefined
  const open = !['published', 'retired'].includes(versionState(own.events))
  return open ? versionWords(current) : undefined
}

function accountsIn(found: ClinicProtocol, more: AccountId | undefined): AccountId[] {
  const all = [...found.own.flatMap(({ authors }) => authors), ...found.events.map(({ by }) => by), more]
  return [...new Set(all.flatMap((id) => id ?? []))]
}
