import { isDeepStrictEqual } from 'node:util'
import { isFreshStepUp, type StepUp } from '../../../identity/index.ts'
import type { Command } from '../../../platform/command.server.ts'
import { done, refused } from '../../../platform/outcome.ts'
import { setLedgerSettings as setAction } from '../../treat-access.ts'
import { lockLedgerHead } from '../ledger-queries.server.ts'
import { type LedgerSettings, settingProblems } from './ledger-settings.ts'
import { insertSettings, type LedgerSettingId, signedSettings } from './settings-queries.server.ts'

export type SetLedgerSettings = {
  /** Becomes the row's id, so that a form sent twice is signed once. */
  readonly key: LedgerSettingId
  /** What was signed last when the page was opened; undefined where nothing was. */
  readonly seen: LedgerSettingId | undefined
  readonly settings: LedgerSettings
  readonly stepUp: StepUp
}

/** How many rows back a repeated form is looked for. */
const REPEATED_WITHIN = 20

/**
 * Sets how the ledger is kept, by a further row. What was set before stays on record. Settings that somebody else signed after the
 * page was opened are never written over.
 */
export const setLedgerSettings: Command<
  SetLedgerSettings,
  { readonly id: LedgerSettingId },
  'not-confirmed' | 'out-of-bounds' | 'set-meanwhile' | 'already-signed'
> = {
  action: setAction,
  async run({ db, at, actor, audit, tell }, { key, seen, settings, stepUp }) {
    if (actor.kind !== 'member' || !isFreshStepUp(stepUp, actor, at)) return refused('not-confirmed')
    const names = settingProblems(settings)
    if (names.length > 0) return refused('out-of-bounds', { names })
    // Of two who sign at once the second one sees what the first has set; no movement is written in between.
    await lockLedgerHead(db, actor.clinicId)
    const before = await signedSettings(db, actor.clinicId, REPEATED_WITHIN)
    const repeated = before.find(({ id }) => id === key)
    if (repeated) {
      const same = repeated.by === actor.accountId && isDeepStrictEqual(repeated.settings, settings)
      return same ? done({ id: key }) : refused('already-signed')
    }
    if (before[0]?.id !== seen) return refused('set-meanwhile')
    const stored = await insertSettings(db, actor.clinicId, { id: key, at, by: actor.accountId, settings })
    if (!stored) return refused('already-signed')
    audit.write(setAction.id, { object: 'ledger-setting', objectId: key })
    tell('ledger.settings-set', { settingId: key })
    return done({ id: key })
  },
}
