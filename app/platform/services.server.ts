import type { Kysely } from 'kysely'
import { createContext } from 'react-router'
import type { Action } from './access.ts'
import type { Actor } from './actor.ts'
import type { AuditSink } from './audit-trail.ts'
import type { ClinicProfile } from './clinic-profile.ts'
import type { Config } from './config.ts'
import type { DomainEvent } from './domain-event.ts'
import type { FeedHub } from './feed.server.ts'
import type { ClinicId, Ids } from './ids.ts'
import type { Jobs } from './jobs.server.ts'
import type { Log } from './log.server.ts'
import type { Metrics } from './metrics.server.ts'
import type { Clock } from './time.ts'

/** What follows from an event in another slice. Runs after commit, at least once, harmless when repeated. */
export type Reaction = (services: Services, event: DomainEvent) => Promise<void>

/** Everything the process owns, handed to whoever needs it. Commands receive only the parts they name. */
export type Services = {
  readonly config: Config
  /** Connections with the rights of `evenkeel_app`: row-level security applies. */
  readonly db: Kysely<never>
  readonly clock: Clock
  readonly ids: Ids
  readonly audit: AuditSink
  readonly feed: FeedHub
  readonly jobs: Jobs
  readonly log: Log
  readonly metrics: Metrics
  readonly reactions: ReadonlyMap<string, readonly Reaction[]>
  /** Name, place, hours and zone of a clinic; cached for a few seconds. */
  readonly clinicProfile: (clinicId: ClinicId) => Promise<ClinicProfile>
}

/** What a page gets with each request. */
export type RequestScope = {
  readonly services: Services
  readonly actor: Actor
  readonly clinic: ClinicProfile
  readonly nonce: string
  /** The sender's network address, for rate limits only; never stored with a person's data. */
  readonly address: string
  /** The page is read with a neutral title and icon, see `discreet.ts`. */
  readonly discreet?: boolean
}

// Vite bundles its own copy of this module; the key must be one object in both copies.
const shared = globalThis as { evenkeelRequestScope?: ReturnType<typeof createContext<RequestScope>> }
shared.evenkeelRequestScope ??= createContext<RequestScope>()
export const requestScope = shared.evenkeelRequestScope

/** A loader or action that says which actions it guards; the access matrix reads this. */
export type Guarded = {
  readonly guards?: readonly Action[]
  /** For an action: which form asks for which declared action. */
  readonly intents?: Readonly<Record<string, string>>
}
