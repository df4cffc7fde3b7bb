import { closeConcern, openConcerns, respondToConcern } from '../app/assess/index.server.ts'
import { runQuery } from '../app/platform/command.server.ts'
import { act, type Life, type World } from './world.ts'

/** Every open concern about the person is answered and closed by the prescriber. */
export async function answerConcerns(world: World, life: Life): Promise<void> {
  const { prescriber } = life
  const clinicId = world.system.clinicId
  const open = await runQuery(world.services, prescriber, ({ db, at }) => openConcerns(db, clinicId, at))
  for (const concern of open.filter((c) => c.personId === life.personId)) {
    await act(world, prescriber, respondToConcern, {
      concernId: concern.id,
      key: world.services.ids.next(),
      told: 'The person, by telephone',
      contact: 'reached',
      outcome: 'safety-plan',
      note: 'Called at once. Thoughts without plan or intent. Safety plan made together; their sister knows.',
    })
    await act(world, prescriber, closeConcern, { concernId: concern.id })
  }
}
