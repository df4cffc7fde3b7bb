import { type Read, reader, type Write, writer } from '../../platform/database.server.ts'
import type { ClinicId, Id } from '../../platform/ids.ts'
import type { Instant } from '../../platform/time.ts'

export type SoundTestId = Id<'sound-test'>
export type ScreenId = Id<'screen'>

/** The only file that names the table of sound tests. */
type SoundTables = {
  board_sound_test: {
    clinic_id: ClinicId
    id: SoundTestId
    screen_id: ScreenId
    screen_name: string
    heard: boolean
    tested_at: Instant
    tested_by: string
  }
}

export type StoredSoundTest = {
  readonly id: SoundTestId
  readonly screenId: ScreenId
  readonly screenName: string
  readonly heard: boolean
  readonly testedAt: Instant
  readonly testedBy: string
}

/** Writes a test once; the same id again changes nothing. */
export async function insertSoundTest(
  db: Write,
  clinicId: ClinicId,
  test: StoredSoundTest,
): Promise<boolean> {
  const row = await writer<SoundTables>(db)
    .insertInto('board_sound_test')
    .values({
      clinic_id: clinicId,
      id: test.id,
      screen_id: test.screenId,
      screen_name: test.screenName,
      heard: test.heard,
      tested_at: test.testedAt,
      tested_by: test.testedBy,
    })
    .onConflict((c) => c.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** The newest test on a screen, of whichever day; undefined when there never was one. */
export async function newestSoundTest(
  db: Read,
  clinicId: ClinicId,
  screenId: ScreenId,
): Promise<StoredSoundTest | undefined> {
  const row = await reader<SoundTables>(db)
    .selectFrom('board_sound_test')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('screen_id', '=', screenId)
    .orderBy('tested_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return (
    row && {
      id: row.id,
      screenId: row.screen_id,
      screenName: row.screen_name,
      heard: row.heard,
      testedAt: row.tested_at,
      testedBy: row.tested_by,
    }
  )
}
