import { instrumentById, visibleItems } from '@evenkeel/questionnaires'
import { finishForm, layForms, saveFormAnswers } from '../app/assess/index.server.ts'
import type { PhaseId } from '../app/assess/index.ts'
import type { Member } from '../app/platform/actor.ts'
import type { Instant } from '../app/platform/time.ts'
import { answerConcerns } from './answering-concerns.ts'
import { answerToItem } from './form-answers.ts'
import { lookAtResults } from './looking-at-results.ts'
import { act, type Life, minutesAfter, type World } from './world.ts'

/** How much better somebody is by now: 1 at the beginning, lower as treatment helps those it helps. */
type Share = number

/**
 * Lays forms and fills them in, by whoever answers or rates.
 *
 * @param certain answers that are not left to chance, by "instrument.item"
 */
async function fillForms(
  world: World,
  life: Life,
  by: Member,
  forms: readonly string[],
  phase: PhaseId,
  share: Share = 1,
  certain: Readonly<Record<string, number>> = {},
): Promise<void> {
  const random = life.random.fork(forms.length * 100 + phase.length)
  const laid = forms.map((instrumentId) => ({ id: world.services.ids.next<'form-sitting'>(), instrumentId }))
  await act(world, by.roles.includes('patient') ? world.staff.therapist : by, layForms, {
    personId: life.personId,
    forms: laid,
    phase,
    respondent: { kind: 'self' },
  })
  for (const { id, instrumentId } of laid) {
    const instrument = instrumentById(instrumentId)
    if (!instrument) throw new Error(`no instrument ${instrumentId}`)
    const answers: Record<string, number> = {}
    for (const item of instrument.items) {
      const asked = visibleItems(instrumentId, answers).some((visible) => visible.item.id === item.id)
      if (!asked) continue
      answers[item.id] =
        certain[`${instrumentId}.${item.id}`] ??
        answerToItem(life.person.severity * share, random, instrumentId, item)
    }
    await act(world, by, saveFormAnswers, {
      sittingId: id,
      answers: Object.entries(answers).map(([item, value]) => ({ item, value })),
      timeZone: world.zone,
    })
    await act(world, by, finishForm, { sittingId: id, timeZone: world.zone })
  }
}

/** At the visit: the nurse asks about suicide and rates withdrawal; the therapist leaves two forms for the evening. */
export function formsOfTheVisit(world: World, life: Life, at: Instant): void {
  world.table.at(minutesAfter(at, 20), () =>
    fillForms(
      world,
      life,
      world.staff.nurses[0]!,
      ['c-ssrs-screener', 'ciwa-ar'],
      'baseline',
      1,
      // One of those who wait for their first session wishes not to wake up, without thoughts of doing anything.
      life.person.course === 'waiting' && life.person.number % 4 === 0 ? { 'c-ssrs-screener.q1': 1 } : {},
    ),
  )
  if (life.person.course !== 'waiting') lookAtResults(world, life, at)
  world.table.at(minutesAfter(at, 330), async () => {
    if (!life.patient || life.person.course === 'not-eligible') return
    await fillForms(world, life, life.patient, ['bam', 'ceq'], 'baseline')
  })
}

const WEEK_OF_EARLIER = 5

/** People of earlier fill in two forms once, after their last dose; some never do, some are no better or worse than before. */
export function formsOfEarlier(world: World, life: Life, doseAt: Instant): void {
  const at = minutesAfter(doseAt, WEEK_OF_EARLIER * 7 * 24 * 60 + 200)
  const share = 0.3 + 0.9 * life.random.next()
  const fills = life.random.chance(0.85) && (life.person.silentFromDay ?? 999) > WEEK_OF_EARLIER * 7
  if (!fills || minutesAfter(at, 60) >= world.end) return
  world.table.at(at, async () => {
    await fillForms(world, life, life.patient!, ['phq-9', 'gad-7'], 'weekly', share)
    world.table.at(minutesAfter(at, 40), () => answerConcerns(world, life))
    lookAtResults(world, life, at)
  })
}

/** In the weeks after the first dose: mood, worry and well-being; one form at the end waits for its answer. */
export function formsOfTheWeeks(world: World, life: Life, doseAt: Instant): void {
  for (const [week, share] of [
    [1, 0.75],
    [2, 0.6],
    [4, 0.5],
    [8, 0.5],
  ] as const) {
    const at = minutesAfter(doseAt, week * 7 * 24 * 60 + 200)
    // What an answer asks for is done within the hour, also on the story's last day.
    if (minutesAfter(at, 60) >= world.end) continue
    world.table.at(at, async () => {
      if (!life.patient || life.random.chance(0.2)) return
      await fillForms(world, life, life.patient, ['phq-9', 'gad-7', 'who-5'], 'weekly', share)
      // Whoever is named answers within the hour, if the answers raised a concern.
      world.table.at(minutesAfter(at, 40), () => answerConcerns(world, life))
      lookAtResults(world, life, at)
    })
  }
  world.table.at(minutesAfter(doseAt, 3 * 24 * 60), async () => {
    await act(world, world.staff.therapist, layForms, {
      personId: life.personId,
      forms: [{ id: world.services.ids.next<'form-sitting'>(), instrumentId: 'pcl-5' }],
      phase: 'monthly',
      respondent: { kind: 'self' },
    })
  })
}
