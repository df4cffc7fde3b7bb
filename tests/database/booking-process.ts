// Runs as a process of its own beside others like it: books through the same commands against the same database, so that a
// race is between processes and not between promises of one. Told what to do by messages; see `BookingOrder`.
import type pg from 'pg'
import { bookSeries, type WantedVisit } from '../../app/plan/index.server.ts'
import type { PlanId, SeriesId } from '../../app/plan/index.ts'
import type { Member } from '../../app/platform/actor.ts'
import { runCommand } from '../../app/platform/command.server.ts'
import { toConfig } from '../../app/platform/config.ts'
import { systemIds } from '../../app/platform/ids.ts'
import { jsonLog } from '../../app/platform/log.server.ts'
import type { Outcome } from '../../app/platform/outcome.ts'
import type { Instant } from '../../app/platform/time.ts'
import { connect } from '../../server/database.ts'
import { composeServices } from '../../server/services.ts'

/** What a process is told: where the database is, who books, and what each attempt wants. */
export type BookingOrder = {
  readonly settings: pg.ClientConfig
  readonly now: Instant
  readonly by: Member
  readonly attempts: readonly {
    readonly key: SeriesId
    readonly planId: PlanId
    readonly visits: readonly WantedVisit[]
  }[]
}

export type BookingAnswer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'booked'; readonly outcomes: readonly Outcome<unknown, string>[] }

let prepared: (() => Promise<void>) | undefined

process.on('message', (message: { kind: 'prepare'; order: BookingOrder } | { kind: 'go' }) => {
  if (message.kind === 'go') return void prepared?.()
  const { settings, now, by, attempts } = message.order
  const database = connect(settings as pg.PoolConfig, () => {})
  const config = toConfig({ EVENKEEL_LOG: 'quiet' })
  if (!config.ok) throw new Error(config.problems.join())
  const clock = { now: () => now }
  const services = composeServices(database, config.config, jsonLog('quiet', clock.now, console.error), {
    clock,
    ids: systemIds,
    jobs: { plan: async () => {} },
  })
  prepared = async () => {
    const outcomes = await Promise.all(
      attempts.map((attempt) => runCommand(services, by, bookSeries, attempt)),
    )
    await database.close()
    process.send?.({ kind: 'booked', outcomes } satisfies BookingAnswer, () => process.disconnect())
  }
  process.send?.({ kind: 'ready' } satisfies BookingAnswer)
})
