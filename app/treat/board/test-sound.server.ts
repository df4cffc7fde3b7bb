import type { Command } from '../../platform/command.server.ts'
import { done } from '../../platform/outcome.ts'
import { accountOf } from '../session/recorder.ts'
import { testSound as testSoundAction } from '../treat-access.ts'
import { insertSoundTest, type ScreenId, type SoundTestId } from './sound-test-queries.server.ts'

/** Writes down whether the sound of alarms was heard on a screen: who said so, when and where. Sent again it is the same test. */
export const testSound: Command<
  {
    readonly key: SoundTestId
    readonly screenId: ScreenId
    /** What people here call the screen. */
    readonly screenName: string
    readonly heard: boolean
  },
  { readonly added: boolean },
  never
> = {
  action: testSoundAction,
  async run({ db, at, actor, audit }, { key, screenId, screenName, heard }) {
    const added = await insertSoundTest(db, actor.clinicId, {
      id: key,
      screenId,
      screenName,
      heard,
      testedAt: at,
      testedBy: accountOf(actor),
    })
    if (added)
      audit.write(testSoundAction.id, { object: 'screen', objectId: screenId, detail: { screenName, heard } })
    return done({ added })
  },
}
