import type { ClinicId } from '../../platform/ids.ts'
import { newestOf, type SamplesMessage, type SessionSamples } from './live-samples.ts'

/** Hears what monitors send of a clinic, as text ready for the line. */
export type SamplesFollower = (message: string) => void

/**
 * The newest values of every session, told to open screens beside the numbered feed: a value that was never told is
 * followed by a newer one, so nothing is numbered, kept or caught up; who begins to follow is told all there is.
 * Memory: one entry for each session that was heard in the last quarter of an hour.
 */
export type SamplesChannel = {
  /** Takes values in and tells followers soon. */
  put(clinicId: ClinicId, sessions: Readonly<Record<string, SessionSamples>>): void
  /** @returns stop following */
  follow(clinicId: ClinicId, follower: SamplesFollower): () => void
  /** Whether anybody follows. */
  isFollowed(clinicId: ClinicId): boolean
  /** All there is, as the first message of a line. */
  all(clinicId: ClinicId): string
  close(): void
}

/** A session is told at most four times a second; a value that waits is overtaken by a newer one. */
const SESSION_EVERY_MS = 250
/** What comes within this time of one another goes out as one message. */
const GATHER_MS = 8
/** Sessions not heard of for this long are forgotten. */
const FORGET_MS = 15 * 60_000

/** @param nowMs a clock that never jumps, in milliseconds */
export function samplesChannel(nowMs: () => number): SamplesChannel {
  type Known = { samples: SessionSamples; untold: SessionSamples | undefined; toldMs: number; putMs: number }
  type OfClinic = {
    sessions: Map<string, Known>
    untold: Set<string>
    followers: Set<SamplesFollower>
    timer: ReturnType<typeof setTimeout> | undefined
    sweptMs: number
  }
  const clinics = new Map<ClinicId, OfClinic>()
  const ofClinic = (clinicId: ClinicId): OfClinic => {
    let found = clinics.get(clinicId)
    if (!found) {
      found = {
        sessions: new Map(),
        untold: new Set(),
        followers: new Set(),
        timer: undefined,
        sweptMs: nowMs(),
      }
      clinics.set(clinicId, found)
    }
    return found
  }

  function tell(clinic: OfClinic): void {
    clinic.timer = undefined
    const now = nowMs()
    const sessions: Record<string, SessionSamples> = {}
    let waitMs = Number.POSITIVE_INFINITY
    let some = false
    for (const id of clinic.untold) {
      const known = clinic.sessions.get(id)
      if (!known?.untold) {
        clinic.untold.delete(id)
        continue
      }
      const restMs = known.toldMs + SESSION_EVERY_MS - now
      if (restMs > 0) {
        waitMs = Math.min(waitMs, restMs)
        continue
      }
      sessions[id] = known.untold
      some = true
      known.untold = undefined
      known.toldMs = now
      clinic.untold.delete(id)
    }
    if (some && clinic.followers.size > 0) {
      const message = JSON.stringify({ sessions } satisfies SamplesMessage)
      for (const follower of clinic.followers) follower(message)
    }
    if (clinic.untold.size > 0) clinic.timer = setTimeout(tell, Math.max(GATHER_MS, waitMs), clinic)
    if (now - clinic.sweptMs > FORGET_MS) {
      clinic.sweptMs = now
      for (const [id, known] of clinic.sessions) if (now - known.putMs > FORGET_MS) clinic.sessions.delete(id)
    }
  }

  return {
    put(clinicId, sessions) {
      const clinic = ofClinic(clinicId)
      const now = nowMs()
      for (const [id, told] of Object.entries(sessions)) {
        const known = clinic.sessions.get(id)
        if (!known) {
          const samples = newestOf(undefined, told)
          clinic.sessions.set(id, {
            samples,
            untold: samples,
            toldMs: Number.NEGATIVE_INFINITY,
            putMs: now,
          })
        } else {
          known.putMs = now
          const samples = newestOf(known.samples, told)
          // Nothing newer than what is known: a late batch says nothing about now.
          if (samples === known.samples) continue
          const changed = Object.entries(samples).filter(
            ([sign, value]) => value !== known.samples[sign as keyof SessionSamples],
          )
          known.samples = samples
          known.untold = { ...known.untold, ...Object.fromEntries(changed) }
        }
        clinic.untold.add(id)
      }
      if (clinic.untold.size > 0) clinic.timer ??= setTimeout(tell, GATHER_MS, clinic)
    },
    follow(clinicId, follower) {
      const clinic = ofClinic(clinicId)
      clinic.followers.add(follower)
      return () => clinic.followers.delete(follower)
    },
    isFollowed: (clinicId) => (clinics.get(clinicId)?.followers.size ?? 0) > 0,
    all(clinicId) {
      const sessions = Object.fromEntries(
        [...ofClinic(clinicId).sessions].map(([id, { samples }]) => [id, samples]),
      )
      return JSON.stringify({ sessions } satisfies SamplesMessage)
    },
    close() {
      for (const clinic of clinics.values()) clearTimeout(clinic.timer)
    },
  }
}
