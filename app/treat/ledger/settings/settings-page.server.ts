import { accountNames, confirmIdentity } from '../../../identity/index.server.ts'
import { notConfirmedWords } from '../../../identity/index.ts'
import { mayDo } from '../../../platform/access.ts'
import { runCommand, runQuery } from '../../../platform/command.server.ts'
import { type FormAnswer, formProblem } from '../../../platform/form.ts'
import { parseId } from '../../../platform/ids.ts'
import { goTo, notFound, type PageArgs } from '../../../platform/page.server.ts'
import { momentInWords } from '../../../platform/time.ts'
import { readLedgerSettings, setLedgerSettings as setAction } from '../../treat-access.ts'
import { DEFAULT_LEDGER_SETTINGS, type LedgerSettings } from './ledger-settings.ts'
import { setLedgerSettings } from './set-ledger-settings.server.ts'
import { changesInWords, settingsInWords } from './setting-words.ts'
import { FIELD_OF_SETTING, parseSettings, settingsOfForm } from './settings-form.ts'
import { type LedgerSettingId, signedSettings } from './settings-queries.server.ts'

const SETTINGS_SHOWN = 20

/** How the ledger is kept now, and who set what before. */
export async function loadSettings({ services, actor, clinic, url }: PageArgs) {
  return runQuery(services, actor, async ({ db, audit }) => {
    audit.read(readLedgerSettings.id, { object: 'ledger-setting' })
    const signed = await signedSettings(db, clinic.id, SETTINGS_SHOWN + 1)
    const names = await accountNames(
      db,
      signed.map(({ by }) => by),
    )
    const settings = signed[0]?.settings ?? DEFAULT_LEDGER_SETTINGS
    return {
      settings,
      inWords: settingsInWords(settings),
      seen: signed[0]?.id as string | undefined,
      key: services.ids.next() as string,
      timeZone: clinic.timeZone,
      history: signed.slice(0, SETTINGS_SHOWN).map((one, index) => ({
        id: one.id as string,
        at: one.at,
        when: momentInWords(one.at, clinic.timeZone),
        by: names.get(one.by) ?? 'somebody no longer known',
        changes: changesInWords(signed[index + 1]?.settings ?? DEFAULT_LEDGER_SETTINGS, one.settings),
      })),
      maySet: mayDo(actor, setAction),
      done: url.searchParams.get('done') === 'set',
    }
  })
}

/** Signs the settings with the manager's own password or passkey. */
export async function postSettings(
  page: PageArgs & { readonly form: FormData },
): Promise<FormAnswer | Response> {
  const { services, actor, form } = page
  if (actor.kind !== 'member') return notFound()
  const parsed = parseSettings(form)
  if (!parsed.ok) return parsed.answer
  const confirmed = await confirmIdentity(page)
  if (!confirmed.ok) {
    return formProblem(form, {
      password: notConfirmedWords(confirmed, 'This is not the password of your account. Nothing was set.'),
    })
  }
  const outcome = await runCommand(services, actor, setLedgerSettings, {
    key: parsed.value.key as LedgerSettingId,
    seen: parseId<'ledger-setting'>(parsed.value.seen),
    settings: settingsOfForm(parsed.value),
    stepUp: confirmed.stepUp,
  })
  if (outcome.ok) return goTo('/work/stock/settings?done=set')
  switch (outcome.reason) {
    case 'not-allowed':
      return notFound()
    case 'not-confirmed':
      return formProblem(form, { password: 'Enter your password again to sign.' })
    case 'out-of-bounds': {
      const { names } = outcome.detail as { readonly names: readonly (keyof LedgerSettings)[] }
      return formProblem(
        form,
        Object.fromEntries(names.map((name) => [FIELD_OF_SETTING[name] ?? name, 'This cannot be set.'])),
      )
    }
    case 'set-meanwhile':
      return formProblem(form, {
        form: 'Somebody else has set this since you opened the page. Yours is below and was not signed; open the page in another tab and bring both together.',
      })
    case 'already-signed':
      return formProblem(form, {
        form: 'This form was signed once already, with other words. Reload the page before you change more.',
      })
  }
}

export type SettingsView = Awaited<ReturnType<typeof loadSettings>>
