import { describe, expect, it } from 'vitest'
import { packFile, unpackFile } from './file-parcel.server.ts'
import { checkStep, lookStep } from './new-cohort-form.server.ts'

function form(fields: Record<string, string | readonly string[]>): FormData {
  const made = new FormData()
  for (const [name, value] of Object.entries(fields))
    for (const one of typeof value === 'string' ? [value] : value) made.append(name, one)
  return made
}

const CSV = 'days,status,arm\n5,1,a\n6,0,b\n'
const mapped = {
  parcel: packFile(CSV),
  'file-name': 'people.csv',
  kind: 'time-to-event',
  separator: 'comma',
  decimal: 'point',
  missing: 'NA',
  whenMissing: 'refuse',
  time: 'days',
  unit: 'days',
  event: 'status',
  yes: '1',
  no: '0',
  group: 'arm',
  groupMissing: 'refuse',
  name: 'Another place',
}

describe('choosing a file', () => {
  it('shows its columns with a guess, and asks for what is unsure', () => {
    const step = lookStep(form({ file: CSV, 'file-name': 'people.csv', key: 'k' }))
    expect(step.file).toMatchObject({ fileName: 'people.csv', kind: 'time-to-event' })
    expect(step.values).toMatchObject({ time: 'days', event: 'status', yes: '1', no: '0', key: 'k' })
    const comma = lookStep(form({ file: 'days;status\n1,5;1\n2;0\n' }))
    expect(comma.file?.looked).toMatchObject({ separator: 'semicolon', decimalUnsure: true })
    expect(comma.values).not.toHaveProperty('decimal')
  })

  it.each([
    ['no file', {}, 'Choose a CSV file that is not empty.'],
    ['a parcel that is none', { parcel: '%%%' }, 'The file did not come along. Choose it again.'],
    ['another encoding', { file: 'd\ufffdys\n1\n' }, 'not written in UTF-8'],
    ['a file that is too large', { file: `days\n${'1\n'.repeat(2_500_001)}` }, 'larger than 5 MB'],
    ['a head alone', { file: 'days,status\n' }, 'Line 1: there are no rows beneath the head.'],
  ])('says what to do with %s, and keeps what was chosen', (_, fields, says) => {
    const step = lookStep(form({ kind: 'weekly-urine', ...fields }))
    expect(step.errors.file).toContain(says)
    expect(step.values.kind).toBe('weekly-urine')
    expect(step.file).toBeUndefined()
  })

  it('takes typed answers before guesses when the kind or the separator changes', () => {
    const step = lookStep(form({ ...mapped, kind: 'repeated-scores', name: 'Mine' }))
    expect(step.file?.kind).toBe('repeated-scores')
    expect(step.values).toMatchObject({ name: 'Mine', time: 'days' })
  })
})

describe('checking the columns', () => {
  it('reads the whole file, and hands it on when nothing is wrong', () => {
    const checked = checkStep(form({ ...mapped, covariates: ['arm'] }))
    expect(checked).toMatchObject({
      ok: true,
      text: CSV,
      name: 'Another place',
      mapping: { kind: 'time-to-event', covariates: ['arm'] },
      step: {
        file: {
          report: {
            ok: true,
            people: 2,
            groups: [
              { label: 'a', says: '1 person, the event in 1' },
              { label: 'b', says: '1 person, the event in 0' },
            ],
          },
        },
      },
    })
  })

  it('keeps everything typed beside what is wrong, and guesses nothing that was emptied', () => {
    const { time: _, ...without } = mapped
    const checked = checkStep(form({ ...without, time: '', name: '' }))
    expect(checked).toMatchObject({
      ok: false,
      step: {
        errors: { time: 'Choose the column with the time.', name: 'Write what this cohort is called here.' },
        values: { time: '', event: 'status', group: 'arm' },
      },
    })
    expect(checked.step.file && unpackFile(checked.step.file.parcel)).toBe(CSV)
  })

  it('shows problems by line and column', () => {
    const checked = checkStep(form({ ...mapped, yes: 'left' }))
    expect(checked.step.file?.report).toEqual({
      ok: false,
      count: 1,
      problems: [
        {
          line: 2,
          column: 'status',
          says: '"1" is neither left (happened) nor 0 (not seen to happen)',
        },
      ],
    })
  })
})

it('a file comes back from its parcel as it was', () => {
  expect(unpackFile(packFile('ä,b\n"1\n2",3'))).toBe('ä,b\n"1\n2",3')
  expect(unpackFile('nothing that was packed')).toBeUndefined()
})

describe('data that are public', () => {
  it('are so only by a tick with a reference', () => {
    const published = (fields: Record<string, string>) => {
      const checked = checkStep(form({ ...mapped, ...fields }))
      return checked.ok ? { as: checked.published } : checked.step.errors
    }
    expect(published({})).toEqual({ as: undefined })
    expect(published({ published: 'yes', publishedReference: ' Author 1991 ' })).toEqual({
      as: 'Author 1991',
    })
    expect(published({ published: 'yes', publishedReference: ' ' })).toHaveProperty('publishedReference')
    expect(published({ publishedReference: 'Author 1991' })).toHaveProperty('published')
  })
})
