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
import { type ClinicProtocol, clinicProtocolById, clinicProtocols } from './protocol-of.server.ts'
import { deviationCounts, newestSimulation } from './protocol-queries.server.ts'
import {
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

const EVENT_WORDS: Readonly<Record<ProtocolEvent['kind'], string>> = {
  submitted: 'Submitted for review',
  returned: 'Sent back',
  approved: 'Approved by a second prescriber',
  published: 'Published',
  retired: 'Retired',
}

/** "library version 1", "own version 2". */
function versionWords(version: string): string {
  return version.startsWith('own-') ? `own version ${version.slice(4)}` : `library version ${version}`
}

/** All protocols by condition: what they are, how good the evidence is, whether they can be ordered. */
export async function protocolsPage({ services, actor, clinic }: PageArgs) {
  return runQuery(services, actor, async ({ db }) => {
    const all = await clinicProtocols(db, clinic.id)
    return {
      groups: CONDITION_GROUPS.flatMap((group) => {
        const rows = all.filter((p) => p.library[0]!.conditionGroup === group).map(listRow)
        return rows.length === 0 ? [] : [{ title: GROUP_WORDS[group], rows }]
      }),
      orderable: all.filter((p) => p.orderability.orderable).length,
      all: all.length,
    }
  })
}

function listRow(found: ClinicProtocol) {
  const protocol = found.current ?? found.library.at(-1)!
  const open = found.own.filter(({ events }) => !['published', 'retired'].includes(versionState(events)))
  return {
    id: found.id,
    title: protocol.title,
    condition: protocol.condition,
    dose: doseWords(protocol).replace(/\. .*$/s, ''),
    course: protocol.course.map(stretchWords).join('; '),
    grade: GRADE_WORDS[protocol.evidence.grade],
    version: found.current ? versionWords(protocol.version) : 'retired here',
    hospital: protocol.setting === 'hospital-only',
    reasons: found.orderability.orderable ? [] : [...found.orderability.reasons],
    open: open.map((v) => `${versionWords(v.version)}: ${STATE_WORDS[versionState(v.events)]}`),
  }
}

/** One protocol in one version, as a document with all that happened to it. */
export async function protocolPage({ services, actor, clinic, params, url }: PageArgs) {
  return runQuery(services, actor, async ({ db }) => {
    const found = (await clinicProtocolById(db, clinic.id, params.id ?? '')) ?? notFound()
    const asked = url.searchParams.get('version')
    const shown = asked ? versionOf(found, asked) : (found.current ?? found.library.at(-1))
    if (!shown) return notFound()
    const own = found.own.find(({ version }) => version === shown.version)
    const simulation = own && (await newestSimulation(db, clinic.id, own.id))
    const base = own && versionOf(found, own.basedOn)
    const against = url.searchParams.get('against')
    const compared = against ? versionOf(found, against) : base
    const names = await accountNames(db, accountsIn(found, simulation?.by))
    const nameOf = (id: AccountId | undefined) => (id ? (names.get(id) ?? 'unknown') : 'the system')
    const say = (at: Parameters<typeof momentInWords>[0]) => momentInWords(at, clinic.timeZone)
    const state = own && versionState(own.events)
    const next = state ? NEXT_EVENTS[state] : []
    const retired = found.events.some((e) => e.version === shown.version && e.kind === 'retired')
    const ability = orderability(shown)
    const member = actor.kind === 'member' ? actor.accountId : undefined
    const may = {
      draft: mayDo(actor, draftProtocol),
      edit: state === 'draft' && mayDo(actor, draftProtocol),
      simulate: own !== undefined && state !== 'retired' && mayDo(actor, submitProtocol),
      submit: next.includes('submitted') && mayDo(actor, submitProtocol),
      review: next.includes('approved') && mayDo(actor, reviewProtocol),
      takeBack: next.includes('returned') && mayDo(actor, reviewProtocol),
      publish: next.includes('published') && mayDo(actor, publishProtocol),
      retire: !retired && (!own || next.includes('retired')) && mayDo(actor, retireProtocol),
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
      own: own && {
        revision: own.revision,
        state: STATE_WORDS[state!],
        basedOn: versionWords(own.basedOn),
        newer: newerThanBase(found, own),
        saved: `${say(own.savedAt)}, by ${own.authors.map(nameOf).join(', ')}`,
        mine: own.authors.includes(member),
      },
      compared: compared &&
        compared.version !== shown.version && {
          from: versionWords(compared.version),
          changes: protocolChanges(compared, shown),
        },
      versions: [
        ...found.library.map((p) => ({
          version: p.version,
          words: versionWords(p.version),
          state: found.events.some((e) => e.version === p.version && e.kind === 'retired')
            ? 'retired'
            : 'comes with the product',
        })),
        ...found.own.map((v) => ({
          version: v.version,
          words: versionWords(v.version),
          state: STATE_WORDS[versionState(v.events)],
        })),
      ],
      events: found.events
        .filter((e) => e.version === shown.version)
        .map((e) => ({
          id: e.id as string,
          words: EVENT_WORDS[e.kind],
          when: say(e.at),
          dateTime: e.at as string,
          by: nameOf(e.by),
          reason: e.reason,
        })),
      simulation: simulation && {
        report: simulation.report,
        ran: `${say(simulation.at)}, by ${nameOf(simulation.by)}`,
        outdated: simulation.revision !== own?.revision,
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
