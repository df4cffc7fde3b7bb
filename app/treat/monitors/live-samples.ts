import type { MonitoredSign, SampleQuality } from '@evenkeel/vital-signs'

/** The newest value of one sign that a monitor sent. */
export type LiveValue = {
  /** In the sign's own unit. */
  readonly value: number
  /** When it was measured, epoch milliseconds by the device's clock. */
  readonly atMs: number
  /** `invalid`: the device itself does not believe it, or took it back; no value to be shown. */
  readonly quality: SampleQuality
  /** The device's name in this clinic. */
  readonly device: string
}

/** The newest values of one session by sign; a sign that no monitor sent is not there. */
export type SessionSamples = Readonly<Partial<Record<MonitoredSign, LiveValue>>>

/** What the line tells under the name `samples`: what is new of each session, or, at the beginning of a line, all there is. */
export type SamplesMessage = { readonly sessions: Readonly<Record<string, SessionSamples>> }

/**
 * What is known after more values. By sign the one measured last counts, so that messages may come again and in any order;
 * of two of the same instant the first stays, unless the device takes it back. What it does not believe grows no younger what it did.
 */
export function newestOf(known: SessionSamples = {}, told: SessionSamples): SessionSamples {
  let after: Record<string, LiveValue> | undefined
  for (const [sign, value] of Object.entries(told)) {
    const before = known[sign as MonitoredSign]
    if (before ? !isNewer(value, before) : value.quality === 'invalid') continue
    after ??= { ...known }
    after[sign] = value
  }
  return after ?? known
}

/** Whether a value takes the place of the one known before. */
export function isNewer(
  value: Pick<LiveValue, 'atMs' | 'quality'>,
  before: Pick<LiveValue, 'atMs' | 'quality'>,
): boolean {
  if (value.quality === 'invalid') return value.atMs === before.atMs && before.quality !== 'invalid'
  return value.atMs > before.atMs
}

/**
 * The samples of all sessions on a screen after a message of the line.
 *
 * @example source.addEventListener('samples', (event) => setSamples((s) => withSamples(s, JSON.parse(event.data))))
 */
export function withSamples(
  known: Readonly<Record<string, SessionSamples>>,
  { sessions }: SamplesMessage,
): Readonly<Record<string, SessionSamples>> {
  const after = { ...known }
  for (const [sessionId, told] of Object.entries(sessions))
    after[sessionId] = newestOf(after[sessionId], told)
  return after
}
