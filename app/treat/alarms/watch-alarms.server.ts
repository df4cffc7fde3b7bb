import type { AlarmInput } from '@evenkeel/vital-signs'
import { directory } from '../../identity/index.server.ts'
import { appointmentById } from '../../plan/index.server.ts'
import type { AppointmentId, ChairId } from '../../plan/index.ts'
import type { SystemActor } from '../../platform/actor.ts'
import { runCommand } from '../../platform/command.server.ts'
import { asWrite, setTenant, type Write } from '../../platform/database.server.ts'
import type { FeedEvent } from '../../platform/domain-event.ts'
import { feedHead } from '../../platform/feed.server.ts'
import type { ClinicId } from '../../platform/ids.ts'
import type { Services } from '../../platform/services.server.ts'
import { addMs, DAY_MS, type Instant, localDateOf, toMs } from '../../platform/time.ts'
import { boardVisit } from '../bedside/session-page.server.ts'
import type { DeviceId } from '../monitors/device.ts'
import { monitorDevices, placements } from '../monitors/monitor-queries.server.ts'
import { countSessionSamples, sessionSamples } from '../monitors/sample-queries.server.ts'
import type { TakenPart } from '../monitors/take-batches.server.ts'
import { foldSession } from '../session/session.ts'
import type { SessionEvent, SessionId } from '../session/session-event.ts'
import { THE_CLINIC } from '../session/session-event.ts'
import { eventsOfSessions, sessionRecord, sessionsOpenedSince } from '../session/session-queries.server.ts'
import { type AlarmRoom, alarmRoomInParts } from './alarm-room.ts'
import { leaveAlarmWatch, takeAlarmWatch } from './alarm-watch-queries.server.ts'
import { inputOfBatch } from './monitor-inputs.ts'
import { recordAlarmChanges } from './record-alarms.server.ts'
import { standingMonitors } from './standing-monitors.server.ts'
import { type TakenParts, takenParts } from './taken-parts.ts'

/** The alarms of this process's clinics. */
export type AlarmWatch = {
  /** What monitors sent, after it was stored. */
  taken(clinicId: ClinicId, parts: readonly TakenPart[]): void
  /** Another process stored something of these sessions. */
  storedElsewhere(clinicId: ClinicId, sessionIds: readonly SessionId[]): void
  /** What others said may not have been heard: looks for what they stored. Done every few seconds anyway. */
  lookForMissed(): Promise<void>
  /** Looks at watches, timers and what could not be written or read; called often. What follows from it is done later. */
  tick(): Promise<void>
  /** Settles when what was handed in so far has been dealt with. */
  settled(): Promise<void>
  stop(): Promise<void>
}

/** How long a watch holds unless it is kept; another process takes over after this. */
const WATCH_S = 6
const KEEP_EVERY_MS = 2_000
/** How often the clinics of this house are looked up. */
const CLINICS_EVERY_MS = 10_000

/** How often what is stored is compared with what was taken: a notice of another process may get lost. */
const LOOK_EVERY_MS = 4_000
/** What another process stores may be committed, or dated by its clock, this much later than what was read before it. */
const MISSED_MS = 30_000
/** The same for what is read at each notice; what is older is found by looking. */
const STORED_LATELY_MS = 5_000

const LANES = 4

/** A session is watched until its day is over, when nobody ended it. */
type Room = AlarmRoom & {
  readonly untilMs: number
  readonly openedAt: Instant
  readonly chairId: ChairId | null | undefined
}

type Watched = {
  readonly clinicId: ClinicId
  rooms: Map<SessionId, Room>
  /** What is done of one session is done one after the other; sessions share a few lanes, so that a bad moment takes few connections. */
  lanes: Promise<void>[]
  /** What came for sessions that are being read, to be handed in once they are. */
  reading: Map<SessionId, ((room: Room) => void)[]>
  /** Sessions that could not be read; tried again at the next look. */
  unread: Set<SessionId>
  /** Sessions of which something is about to be written. */
  queued: Set<SessionId>
  /** What was taken in of late, by this process or read from the database, and up to when nothing was missed. */
  parts: TakenParts
  lookedTo: Instant
  /** What devices call themselves. */
  names: Map<DeviceId, string>
  stopFollowing: () => void
}

/**
 * Watches over the alarms of every clinic whose watch this process can get. At the beginning everything is found anew from what
 * is stored, so that a process that was killed has lost nothing; then values, entries and the clock move it on. What is found is
 * written as entries of the clinic itself, with ids made of what happened: a second process writes them no second time.
 *
 * @param holder names this process; another one has another name
 * @param nowMs a clock that never jumps, for keeping the watch; what is judged goes by the services' clock
 * @param wrote called with the clinic after something was written, so that other processes look at the feed at once
 * @param clinicsOfHouse those whose rooms are watched; everyone of the directory when not said
 */
export function watchAlarms(
  services: Services,
  holder: string,
  nowMs: () => number,
  wrote: (clinicId: ClinicId) => void = () => {},
  clinicsOfHouse: () => Promise<readonly ClinicId[]> = async () =>
    (await directory(services.db)).map(({ clinicId }) => clinicId),
): AlarmWatch {
  const watched = new Map<ClinicId, Watched>()
  let clinics: readonly ClinicId[] = []
  let clinicsAtMs = Number.NEGATIVE_INFINITY
  let keptAtMs = Number.NEGATIVE_INFINITY
  let lookedAtMs = Number.NEGATIVE_INFINITY
  let stopped = false

  const inClinic = <Value>(clinicId: ClinicId, work: (db: Write) => Promise<Value>): Promise<Value> =>
    services.db.transaction().execute(async (transaction) => {
      await setTenant(transaction, clinicId)
      return work(asWrite(transaction))
    })
  const actor = (clinicId: ClinicId): SystemActor => ({ kind: 'system', clinicId, name: 'alarms' })
  const clockMs = () => toMs(services.clock.now())

  /** Does something for a session after what is under way for it. */
  function later(clinic: Watched, sessionId: SessionId, work: () => Promise<void>): void {
    const lane = Number.parseInt(sessionId.slice(-4), 16) % LANES
    clinic.lanes[lane] = (clinic.lanes[lane] ?? Promise.resolve())
      .then(() => (watched.get(clinic.clinicId) === clinic ? work() : undefined))
      .catch((error) => {
        services.log.error('alarms.failed', error)
      })
  }

  /** Hands something to a session's alarms; reads the session first when this process does not know it. */
  function handIn(clinic: Watched, sessionId: SessionId, hand: (room: Room) => void): void {
    const room = clinic.rooms.get(sessionId)
    const waiting = clinic.reading.get(sessionId)
    if (waiting) waiting.push(hand)
    else if (room) {
      hand(room)
      if ((!room.found() && !room.mustReload()) || clinic.queued.has(sessionId)) return
      clinic.queued.add(sessionId)
      later(clinic, sessionId, () => {
        clinic.queued.delete(sessionId)
        return moveOn(clinic, sessionId, room)
      })
    } else readAnew(clinic, sessionId, hand)
  }

  /** Reads a session once, however much comes for it meanwhile. */
  function readAnew(clinic: Watched, sessionId: SessionId, ...hands: ((room: Room) => void)[]): void {
    const waiting = clinic.reading.get(sessionId)
    if (waiting) {
      waiting.push(...hands)
      return
    }
    clinic.reading.set(sessionId, hands)
    later(clinic, sessionId, async () => {
      try {
        await loadRoom(clinic, sessionId)
      } catch (error) {
        // What came meanwhile is stored, and read with all the rest.
        clinic.reading.delete(sessionId)
        clinic.unread.add(sessionId)
        throw error
      }
    })
  }

  /** What monitors sent of a session, as inputs. What a device calls itself never changes, so the names are read when one is new. */
  async function storedBatches(
    clinic: Watched,
    db: Write,
    sessionId: SessionId,
    since?: Instant,
  ): Promise<AlarmInput[]> {
    const { clinicId, names } = clinic
    const parts = (await sessionSamples(db, clinicId, [sessionId], since)).get(sessionId) ?? []
    if (parts.some(({ deviceId }) => !names.has(deviceId))) {
      for (const { id, wireName } of await monitorDevices(db, clinicId)) names.set(id, wireName)
    }
    const fromAt = addMs(clinic.lookedTo, -MISSED_MS)
    for (const part of parts) if (part.receivedAt >= fromAt) clinic.parts.note(sessionId, part.deviceId, part)
    return parts.map((part) => inputOfBatch(part, names.get(part.deviceId) ?? part.deviceId, part.receivedAt))
  }

  async function loadRoom(clinic: Watched, sessionId: SessionId): Promise<void> {
    const { clinicId } = clinic
    const profile = await services.clinicProfile(clinicId)
    const stored = await inClinic(clinicId, async (db) => {
      const at = services.clock.now()
      const session = await sessionRecord(db, clinicId, sessionId)
      if (!session || session.openedAt < addMs(at, -DAY_MS)) return undefined
      const log = (await eventsOfSessions(db, clinicId, [sessionId])).get(sessionId) ?? []
      if (foldSession(log).closed) return undefined
      const appointment = await appointmentById(db, clinicId, session.appointmentId as AppointmentId)
      if (!appointment) return undefined
      const today = localDateOf(at, profile.timeZone)
      const visit = await boardVisit(db, clinicId, appointment, sessionId, today, profile.timeZone, at)
      const batches = await storedBatches(clinic, db, sessionId)
      const { chairId } = appointment
      const { openedAt } = session
      const standing = await placements(db, clinicId)
      const monitors = await standingMonitors(db, clinicId, chairId, openedAt, standing)
      return { plan: visit.plan, log, batches, at, openedAt, chairId, monitors }
    })
    const room: Room | undefined = stored && {
      ...(await withRests(
        alarmRoomInParts(stored.plan, stored.log, stored.batches, toMs(stored.at), stored.monitors),
      )),
      untilMs: toMs(stored.openedAt) + DAY_MS,
      openedAt: stored.openedAt,
      chairId: stored.chairId,
    }
    // What was handed in while this was read is taken now; what was read already changes nothing.
    const waiting = clinic.reading.get(sessionId) ?? []
    clinic.reading.delete(sessionId)
    if (!room) {
      clinic.rooms.delete(sessionId)
      return
    }
    for (const hand of waiting) hand(room)
    clinic.rooms.set(sessionId, room)
    await write(clinic, sessionId, room)
  }

  async function write(clinic: Watched, sessionId: SessionId, room: Room): Promise<void> {
    const found = room.found()
    if (!found) return
    const outcome = await runCommand(services, actor(clinic.clinicId), recordAlarmChanges, {
      sessionId,
      holder,
      changes: found.changes,
      ...(found.open ? { open: found.open } : {}),
      config: room.config,
      baseUrl: services.config.linkBase,
    })
    if (outcome.ok) {
      room.written(found)
      if (outcome.value.written > 0) wrote(clinic.clinicId)
    } else if (outcome.reason === 'watch-lost') lose(clinic)
    else clinic.rooms.delete(sessionId)
  }

  function lose(clinic: Watched): void {
    watched.delete(clinic.clinicId)
    clinic.stopFollowing()
  }

  async function begin(clinicId: ClinicId): Promise<void> {
    const clinic: Watched = {
      clinicId,
      rooms: new Map(),
      lanes: [],
      reading: new Map(),
      unread: new Set(),
      queued: new Set(),
      parts: takenParts(),
      lookedTo: services.clock.now(),
      names: new Map(),
      stopFollowing: () => {},
    }
    watched.set(clinicId, clinic)
    const { head, sessions } = await inClinic(clinicId, async (db) => ({
      // The number first: what is told between it and the reading comes again and changes nothing.
      head: await feedHead(db, clinicId),
      sessions: await sessionsOpenedSince(db, clinicId, addMs(services.clock.now(), -DAY_MS)),
    }))
    clinic.stopFollowing = services.feed.follow(clinicId, head, {
      deliver: (events) => hear(clinic, events),
      // Read anew at the next look.
      close: () => lose(clinic),
    })
    for (const { id } of sessions) readAnew(clinic, id)
  }

  function hear(clinic: Watched, events: readonly FeedEvent[]): void {
    for (const { kind, data } of events) {
      if (kind === 'monitor.changed') lookAtPlaces(clinic)
      if (kind !== 'session.opened' && kind !== 'session.event') continue
      const sessionId = data.sessionId as SessionId
      const event = data.event as SessionEvent | undefined
      // What this watch wrote itself is known.
      if (event?.kind === 'alarm' && event.by === THE_CLINIC) continue
      if (!event || event.kind === 'session-closed') readAnew(clinic, sessionId)
      else handIn(clinic, sessionId, (room) => room.hear(event, clockMs()))
    }
  }

  /** Somebody said that a monitor stands elsewhere: each room is told of those at its chair. */
  function lookAtPlaces(clinic: Watched): void {
    const { clinicId } = clinic
    for (const [sessionId, { chairId, openedAt }] of clinic.rooms) {
      later(clinic, sessionId, async () => {
        const monitors = await inClinic(clinicId, async (db) =>
          standingMonitors(db, clinicId, chairId, openedAt, await placements(db, clinicId)),
        )
        handIn(clinic, sessionId, (room) => room.stand(monitors, clockMs()))
      })
    }
  }

  /** Compares what is stored with what was taken; one question for a clinic, and in a single process nothing more. */
  async function lookForMissed(clinic: Watched): Promise<void> {
    const { clinicId, parts } = clinic
    const at = services.clock.now()
    const since = addMs(clinic.lookedTo, -MISSED_MS)
    const sessionIds = [...clinic.rooms.keys()]
    const stored = await inClinic(clinicId, (db) => countSessionSamples(db, clinicId, sessionIds, since))
    parts.forgetBefore(since)
    for (const [sessionId, count] of stored)
      if (count > parts.count(sessionId)) later(clinic, sessionId, () => takeStored(clinic, sessionId, since))
    clinic.lookedTo = at
  }

  async function lookEverywhere(): Promise<void> {
    lookedAtMs = nowMs()
    for (const clinic of watched.values()) {
      // Where the question fails, the next one asks from the same instant on.
      await lookForMissed(clinic).catch((error) => services.log.error('alarms.look', error))
    }
  }

  async function moveOn(clinic: Watched, sessionId: SessionId, room: Room): Promise<void> {
    if (room.mustReload()) readAnew(clinic, sessionId)
    else await write(clinic, sessionId, room)
  }

  async function keepWatches(): Promise<void> {
    const now = nowMs()
    if (now - clinicsAtMs >= CLINICS_EVERY_MS) {
      clinics = await clinicsOfHouse()
      clinicsAtMs = now
    }
    if (now - keptAtMs < KEEP_EVERY_MS) return
    keptAtMs = now
    for (const clinicId of clinics) {
      const held = await inClinic(clinicId, (db) => takeAlarmWatch(db, clinicId, holder, WATCH_S))
      const clinic = watched.get(clinicId)
      if (held && !clinic) await begin(clinicId)
      if (!held && clinic) lose(clinic)
    }
  }

  let ticking: Promise<void> | undefined
  async function tick(): Promise<void> {
    await keepWatches()
    if (nowMs() - lookedAtMs >= LOOK_EVERY_MS) await lookEverywhere()
    for (const clinic of watched.values()) {
      for (const sessionId of clinic.unread) {
        clinic.unread.delete(sessionId)
        readAnew(clinic, sessionId)
      }
      for (const [sessionId, room] of clinic.rooms) {
        if (clockMs() > room.untilMs) clinic.rooms.delete(sessionId)
        else handIn(clinic, sessionId, (now) => now.tick(clockMs()))
      }
    }
  }
  const settled = async () => {
    // What is done may bring more to do.
    for (;;) {
      const lanes = [...watched.values()].flatMap((clinic) => clinic.lanes)
      await Promise.all(lanes)
      const now = [...watched.values()].flatMap((clinic) => clinic.lanes)
      if (now.every((lane) => lanes.includes(lane))) return
    }
  }

  return {
    taken(clinicId, parts) {
      const clinic = watched.get(clinicId)
      if (!clinic) return
      for (const part of parts) {
        clinic.parts.note(part.sessionId, part.device.id, part)
        const input = inputOfBatch(part, part.device.wireName, part.receivedAt)
        handIn(clinic, part.sessionId, (room) => room.take(input, clockMs()))
      }
    },
    storedElsewhere(clinicId, sessionIds) {
      const clinic = watched.get(clinicId)
      if (!clinic) return
      for (const sessionId of sessionIds) {
        later(clinic, sessionId, () => {
          const newest = clinic.parts.newest(sessionId) ?? addMs(clinic.lookedTo, -MISSED_MS)
          return takeStored(clinic, sessionId, addMs(newest, -STORED_LATELY_MS))
        })
      }
    },
    lookForMissed: lookEverywhere,
    tick() {
      ticking ??= stopped
        ? Promise.resolve()
        : tick().finally(() => {
            ticking = undefined
          })
      return ticking
    },
    settled,
    async stop() {
      stopped = true
      await ticking?.catch(() => {})
      for (const clinic of [...watched.values()]) {
        lose(clinic)
        await Promise.all(clinic.lanes)
        await inClinic(clinic.clinicId, (db) => leaveAlarmWatch(db, clinic.clinicId, holder)).catch(() => {})
      }
    },
  }

  /** Takes what another process stored; what is known already changes nothing. */
  async function takeStored(clinic: Watched, sessionId: SessionId, since: Instant): Promise<void> {
    const { clinicId } = clinic
    const room = clinic.rooms.get(sessionId)
    if (!room) return readAnew(clinic, sessionId)
    const stored = await inClinic(clinicId, (db) => storedBatches(clinic, db, sessionId, since)).catch(
      (error) => {
        clinic.unread.add(sessionId)
        throw error
      },
    )
    handIn(clinic, sessionId, (now) => {
      for (const input of stored) now.take(input, clockMs())
    })
  }
}

/** Whatever else this process has to do is done at each rest. */
async function withRests<Value>(parts: Generator<void, Value, void>): Promise<Value> {
  for (;;) {
    const part = parts.next()
    if (part.done) return part.value
    await new Promise((done) => setImmediate(done))
  }
}
