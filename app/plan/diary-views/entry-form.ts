import * as z from 'zod'
import { wallTime } from '../diary/diary-form.ts'

const chosen = z.string().optional()

/** What the page of one visit may send to move it. What is left out stays as it is. */
export const entryMoveForm = z.object({
  start: wallTime,
  chair: chosen,
  room: chosen,
  nurse: chosen,
  therapist: chosen,
  prescriber: chosen,
  seen: chosen,
})
