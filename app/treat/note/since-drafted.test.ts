import { expect, it } from 'vitest'
import type { DraftPart } from './session-note.ts'
import { asWrittenWords, saidSince, sinceDrafted, takenIn } from './since-drafted.ts'

const part = (heading: string, ...texts: string[]): DraftPart => ({
  heading,
  ownText: '',
  sentences: texts.map((text) => ({ text, eventIds: [] })),
})
const drafted = ['Arrived at 10:00.', '1 reading.', 'The person has not left yet.']
const parts = [
  part('Before', 'Arrived at 10:00.'),
  part('Readings', '2 readings.', 'Systolic 177.'),
  part('Leaving', 'Left at 12:00.'),
]
const current = parts.flatMap(({ sentences }) => sentences)
const body =
  'Before\r\nArrived at 10:00.\r\nOwn words.\r\n\r\nReadings\r\n1 reading, slept.\r\n\r\nLeaving\r\nThe person has not left yet.'

it('names what came since, and what does not hold any more but still stands there', () => {
  const since = sinceDrafted(drafted, current, body)
  expect(saidSince(since)).toEqual([
    '2 readings.',
    'Systolic 177.',
    'Left at 12:00.',
    'The person has not left yet.',
  ])
  expect(saidSince(sinceDrafted(drafted, current, `${body}\nLeft at 12:00.`))).not.toContain('Left at 12:00.')
  expect(
    saidSince(
      sinceDrafted(
        current.map(({ text }) => text),
        current,
        body,
      ),
    ),
  ).toEqual([])
})

it('takes new sentences in under their headings and loses nothing that somebody wrote', () => {
  const since = sinceDrafted(drafted, current, body)
  const merged = takenIn(body, parts, since)
  expect(merged).toBe(
    'Before\nArrived at 10:00.\nOwn words.\n\nReadings\n1 reading, slept.\n2 readings.\nSystolic 177.\n\nLeaving\nLeft at 12:00.',
  )
  expect(
    saidSince(
      sinceDrafted(
        current.map(({ text }) => text),
        current,
        merged,
      ),
    ),
  ).toEqual([])
  expect(takenIn('Only mine.', parts, sinceDrafted(drafted, current, 'Only mine.'))).toBe(
    'Only mine.\n\nReadings\n2 readings.\nSystolic 177.\n\nLeaving\nLeft at 12:00.',
  )
})

it('lists under a note signed as written what it does not say', () => {
  expect(asWrittenWords(sinceDrafted(drafted, current, body))).toBe(
    '\n\nRecorded after this note was written\n2 readings.\nSystolic 177.\nLeft at 12:00.\nThe log does not say any more: “The person has not left yet.”',
  )
  expect(asWrittenWords({ added: [], gone: [] })).toBe('')
})
