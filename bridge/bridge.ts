import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { type Configuration, parseConfiguration } from './configuration.ts'
import { type DeliveryReport, httpPost, startDelivery } from './deliver.ts'
import { createIntake, type IntakeReport } from './intake.ts'
import { type After, type HangUp, openMllpListener } from './mllp.ts'
import { openSpool } from './spool.ts'
import { diskFiles } from './spool-segment.ts'

/** One bridge, put together: listener → intake → spool → delivery. */

export type BridgeReport =
  | IntakeReport
  | DeliveryReport
  | { readonly what: 'connection'; readonly reason: HangUp; readonly address: string }

export type Bridge = {
  readonly port: number
  readonly waiting: number
  readonly damagedLines: number
  /** Lets messages in hand be answered and posts under way end; what waits stays on disk. */
  close(): Promise<void>
}

/**
 * Opens a bridge.
 *
 * @param needs.keys device → key, as read by `readBridgeFile`.
 * @param needs.after timers of the process; `now` and `random` its clock and chance.
 * @throws when the spool is in use, the folder cannot be written, or the port is taken.
 */
export async function openBridge(needs: {
  readonly configuration: Configuration
  readonly keys: ReadonlyMap<string, string>
  readonly after: After
  now(): number
  random(): number
  report(said: BridgeReport): void
}): Promise<Bridge> {
  const { configuration, keys } = needs
  const spool = await openSpool({
    folder: configuration.spool.folder,
    limits: configuration.spool.limits,
    // Rises over the loss of the folder: no device makes a thousand batches a second for long.
    firstSequence: needs.now(),
    files: diskFiles,
  })
  let answers = 0
  const began = needs.now().toString(36)
  const intake = createIntake({
    mapping: configuration.mapping,
    spool,
    answerAnyway: configuration.answerAnyway,
    now: needs.now,
    nextId: () => `${began}-${++answers}`,
    report: needs.report,
  })
  const delivery = startDelivery({
    spool,
    post: httpPost(
      configuration.server.url,
      (deviceId) => keys.get(deviceId),
      configuration.server.timeoutMs,
    ),
    after: needs.after,
    random: needs.random,
    now: needs.now,
    report: needs.report,
  })
  const listener = await openMllpListener({
    ...configuration.listen,
    limits: configuration.limits,
    after: needs.after,
    receive: intake.receive,
    refuse: intake.refuse,
    report: (reason, address) => needs.report({ what: 'connection', reason, address }),
  }).catch(async (error) => {
    await delivery.close()
    await spool.close()
    throw error
  })
  return {
    port: listener.port,
    get waiting() {
      return spool.waiting
    },
    damagedLines: spool.damagedLines,
    async close() {
      await listener.close()
      await delivery.close()
      await spool.close()
    },
  }
}

/**
 * Reads the configuration file and the keys it points to; paths in it are seen from the file's folder.
 *
 * @param surroundings variables that `keyVariable` may name.
 */
export async function readBridgeFile(
  path: string,
  surroundings: Readonly<Record<string, string | undefined>>,
): Promise<
  | { readonly ok: true; readonly configuration: Configuration; readonly keys: ReadonlyMap<string, string> }
  | { readonly ok: false; readonly problems: readonly string[] }
> {
  let input: unknown
  try {
    input = JSON.parse(await readFile(path, 'utf8'))
  } catch (error) {
    return { ok: false, problems: [`${path}: ${error instanceof Error ? error.message : 'cannot be read'}`] }
  }
  const parsed = parseConfiguration(input)
  if (!parsed.ok) return parsed
  const folder = dirname(resolve(path))
  const keys = new Map<string, string>()
  const problems: string[] = []
  for (const [deviceId, where] of parsed.configuration.keys) {
    const key =
      'file' in where
        ? await readFile(resolve(folder, where.file), 'utf8').catch(() => '')
        : (surroundings[where.variable] ?? '')
    if (key.trim() === '') problems.push(`the key of ${deviceId} cannot be read`)
    keys.set(deviceId, key.trim())
  }
  if (problems.length > 0) return { ok: false, problems }
  const { configuration } = parsed
  return {
    ok: true,
    configuration: {
      ...configuration,
      spool: { ...configuration.spool, folder: resolve(folder, configuration.spool.folder) },
    },
    keys,
  }
}
