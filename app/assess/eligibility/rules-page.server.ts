import * as z from 'zod'
import { accountNames, confirmIdentity, confirmSecond } from '../../identity/index.server.ts'
import { notConfirmedWords, parseSignedForm } from '../../identity/index.ts'
import { mayDo } from '../../platform/access.ts'
import { runCommand, runQuery } from '../../platform/command.server.ts'
import { type FormAnswer, formProblem } from '../../platform/form.ts'
import { type Id, isUuid } from '../../platform/ids.ts'
import { goTo, notFound, type PageArgs } from '../../platform/page.server.ts'
import { momentInWords } from '../../platform/time.ts'
import { readRules, setRule as setRuleAction } from '../assess-access.ts'
import type { EligibilityRule } from './eligibility.ts'
import { ELIGIBILITY_NOTICES } from './eligibility-notices.ts'
import { ELIGIBILITY_RULES } from './eligibility-rules.ts'
import {
  agesInWords,
  classInWords,
  isDefault,
  numberInWords,
  STRICTNESS_WORDS,
  tagInWords,
} from './eligibility-words.ts'
import { ruleSettings } from './rule-setting-queries.server.ts'
import {
  type RuleSetting,
  rulesAsSet,
  type SettingRefusal,
  STRICTNESS,
  settableNumbers,
  strictnessOf,
} from './rules-as-set.ts'
import { secondProblem } from './second-sign-in.ts'
import { setRule } from './set-rule.server.ts'

const ALL_RULES: readonly EligibilityRule[] = [...ELIGIBILITY_RULES, ...ELIGIBILITY_NOTICES]

/** Every rule of the clinic, as it is asked now, with whether anybody has set or confirmed it. */
export async function loadRules({ services, actor, clinic }: PageArgs) {
  return runQuery(services, actor, async ({ db, audit }) => {
    const settings = await ruleSettings(db, clinic.id)
    audit.read(readRules.id, { object: 'eligibility-rules' })
    const newest = new Map(settings.map((setting) => [setting.ruleId, setting]))
    const rows = rulesAsSet(ALL_RULES, settings).map((rule) =>
      ruleFace(rule, newest.get(rule.id), clinic.timeZone),
    )
    return { rows, open: rows.filter(({ isDefault, set }) => isDefault && !set).length }
  })
}

function ruleFace(rule: EligibilityRule, setting: RuleSetting | undefined, timeZone: string) {
  return {
    id: rule.id,
    ruleClass: rule.ruleClass,
    className: classInWords(rule),
    title: rule.title,
    threshold: rule.threshold,
    ages: agesInWords(rule),
    source: rule.source,
    tag: rule.tag,
    tagWords: tagInWords(rule.tag),
    version: rule.version,
    isDefault: isDefault(rule.tag),
    set: setting && momentInWords(setting.setAt, timeZone),
  }
}

/** One rule with what the clinic may set of it and every setting so far. */
export async function loadRule({ services, actor, clinic, params, url }: PageArgs) {
  const rule = ALL_RULES.find(({ id }) => id === params.ruleId) ?? notFound()
  return runQuery(services, actor, async ({ db, audit }) => {
    const settings = (await ruleSettings(db, clinic.id)).filter(({ ruleId }) => ruleId === rule.id)
    audit.read(readRules.id, { object: 'eligibility-rules' })
    const names = await accountNames(
      db,
      settings.flatMap(({ setBy, secondBy }) => [setBy, secondBy]),
    )
    const newest = settings.at(-1)
    const [now] = rulesAsSet([rule], settings)
    const comes = strictnessOf(rule)
    return {
      ...ruleFace(now!, newest, clinic.timeZone),
      settle: rule.settle,
      sides: rule.sides?.map((side) => ({ ...side })),
      numbers: settableNumbers(rule).map((number) => ({
        ...number,
        field: `number:${number.name}`,
        label: numberInWords(number),
        now: newest?.numbers[number.name] ?? number.comes,
      })),
      strictness: comes && {
        now: strictnessOf(now!)!,
        choices: STRICTNESS.slice(STRICTNESS.indexOf(comes)).map((value) => ({
          value,
          label: STRICTNESS_WORDS[value],
        })),
      },
      settings: settings.toReversed().map((setting) => ({
        id: setting.id as string,
        revision: setting.revision,
        reason: setting.reason,
        numbers: settableNumbers(rule).flatMap((number) => {
          const given = setting.numbers[number.name]
          return given === undefined ? [] : [`${numberInWords(number)}: ${given} ${number.unit}`]
        }),
        strictness: setting.strictness && STRICTNESS_WORDS[setting.strictness],
        by: names.get(setting.setBy) ?? 'unknown',
        second: names.get(setting.secondBy) ?? 'unknown',
        at: setting.setAt,
        when: momentInWords(setting.setAt, clinic.timeZone),
      })),
      revision: newest?.revision ?? 0,
      key: services.ids.next() as string,
      maySet: mayDo(actor, setRuleAction),
      done: url.searchParams.get('done') === 'set',
    }
  })
}

const settingForm = z.object({
  key: z.string().refine(isUuid),
  revision: z.coerce.number().int().min(0),
  strictness: z.enum(STRICTNESS, { error: 'Choose one of the list.' }).optional(),
  reason: z.string({ error: 'Write why.' }).max(2_000, 'Please use at most 2,000 characters.'),
  secondEmail: z.string({ error: 'Enter the e-mail address of the second who signs.' }).max(200),
})

/** Sets a rule after two signatures, each by password or passkey: the signer's and the colleague's. */
export async function postRule(page: PageArgs & { readonly form: FormData }): Promise<FormAnswer | Response> {
  const { services, actor, form, params } = page
  const rule = ALL_RULES.find(({ id }) => id === params.ruleId) ?? notFound()
  if (actor.kind !== 'member') return notFound()
  const parsed = parseSignedForm(settingForm, form)
  const numbers: Record<string, number> = {}
  const wrong: Record<string, string> = {}
  for (const { name, comes, least, most } of settableNumbers(rule)) {
    const text = String(form.get(`number:${name}`) ?? '').trim()
    const number =
      text === '' ? comes : /^\d{1,4}([.,]\d{1,2})?$/.test(text) ? Number(text.replace(',', '.')) : Number.NaN
    if (number >= least && number <= most) numbers[name] = number
    else wrong[`number:${name}`] = `Enter a number from ${least} to ${most}.`
  }
  if (!parsed.ok || Object.keys(wrong).length > 0) {
    return formProblem(form, { ...wrong, ...(parsed.ok ? {} : parsed.answer.errors) })
  }
  const { key, revision, strictness, reason } = parsed.value
  const confirmed = await confirmIdentity(page)
  if (!confirmed.ok) {
    return formProblem(form, {
      password: notConfirmedWords(confirmed, 'This is not the password of your account. Nothing was signed.'),
    })
  }
  const second = await confirmSecond(page, ['manager', 'prescriber'])
  if (!second.ok) {
    return formProblem(form, { secondEmail: secondProblem(second, 'a manager or prescriber') })
  }
  const set = await runCommand(services, actor, setRule, {
    ruleId: rule.id,
    key: key as Id<'rule-setting'>,
    seenRevision: revision,
    numbers,
    strictness: strictnessOf(rule) === undefined ? undefined : (strictness ?? strictnessOf(rule)),
    reason,
    stepUp: confirmed.stepUp,
    secondStepUp: second.stepUp,
  })
  if (set.ok) return goTo(`/work/eligibility-rules/${rule.id}?done=set`)
  if (set.reason === 'no-such-rule' || set.reason === 'not-allowed') return notFound()
  const names = (set.detail as { names?: readonly string[] } | undefined)?.names ?? []
  return formProblem(form, refusalWords(set.reason, names))
}

type Refusal =
  | SettingRefusal
  | 'reason-missing'
  | 'not-confirmed'
  | 'second-missing'
  | 'second-same'
  | 'second-not-valid'
  | 'set-meanwhile'

function refusalWords(reason: Refusal, names: readonly string[]): Record<string, string> {
  const each = (words: string) => Object.fromEntries(names.map((name) => [`number:${name}`, words]))
  switch (reason) {
    case 'reason-missing':
      return { reason: 'Write why in at least a few words.' }
    case 'out-of-bounds':
    case 'no-such-number':
      return each('This lies outside the bounds.')
    case 'limits-cross':
      return each('The lowest must not be above the highest.')
    case 'looser':
    case 'no-strictness':
      return { strictness: 'A rule can be made stricter than it comes, never looser.' }
    case 'not-confirmed':
      return { password: 'Enter both passwords again, or use passkeys, to sign.' }
    case 'second-missing':
      return { secondEmail: 'A second person signs as well.' }
    case 'second-same':
      return { secondEmail: 'This is you. The second must be somebody else.' }
    case 'second-not-valid':
      return { secondEmail: 'One of the two must be a manager, the other a prescriber.' }
    case 'set-meanwhile':
      return { form: 'Somebody has set this rule meanwhile. Reload and look at it again.' }
  }
}

export type RulesView = Awaited<ReturnType<typeof loadRules>>
export type RuleView = Awaited<ReturnType<typeof loadRule>>
