import { describe, expect, it } from 'vitest'
import { plainLineEnds, readCohort } from './cohort-file.ts'
import { mappingWords } from './cohort-mapping.ts'
import { guessFields, lookAtFile } from './look-at-file.ts'
import { type MappingFields, mappingFromFields } from './mapping-form.ts'
import { terminalFields } from './terminal-fields.ts'

const how = { separator: 'comma', decimal: 'point', missing: 'NA | .', whenMissing: 'refuse' }
const timed = {
  ...how,
  kind: 'time-to-event',
  time: 'days',
  unit: 'days',
  event: 'status',
  yes: '1',
  no: '0',
  group: 'clinic',
  groupMissing: 'refuse',
}
const weekly = { ...how, kind: 'weekly-urine', pattern: 'weeks', positive: '+', negative: '-', none: 'o' }
const scores = {
  ...how,
  kind: 'repeated-scores',
  person: 'who',
  visit: 'week',
  visitUnit: 'weeks',
  score: 'phq9',
  better: 'lower',
}
const counts = {
  ...how,
  kind: 'counts-by-arm',
  study: 'study',
  arm: 'arm',
  events: 'x',
  people: 'n',
  reference: 'none',
}

/** The file read with what was chosen: its rows, or its problems as "line column: what". */
function read(text: string, fields: MappingFields) {
  const looked = lookAtFile(text, fields.separator as 'comma')
  const names = looked.ok ? looked.columns.map(({ name }) => name) : []
  const mapping = mappingFromFields(fields, names)
  if (!mapping.ok) return { errors: mapping.errors }
  const file = readCohort(plainLineEnds(text), mapping.mapping)
  return file.ok
    ? { rows: file.cohort.rows, notWanted: file.rowsNotWanted, leftOut: file.rowsLeftOut }
    : {
        problems: file.problems.map(
          ({ line, column, says }) => `${line}${column === undefined ? '' : ` ${column}`}: ${says}`,
        ),
        count: file.count,
      }
}

describe('time to an event', () => {
  it('takes the named columns and leaves the others', () => {
    expect(read('id,clinic,days,status\n9,1,428,1\n8,B,30.5,0\n', timed).rows).toEqual([
      // A bare figure says nothing without its column; a word does.
      { timeDays: 428, event: true, group: 'clinic 1' },
      { timeDays: 30.5, event: false, group: 'B' },
    ])
  })

  it('keeps weeks and months as days', () => {
    const text = 'days,status\n2,1\n'
    expect(read(text, { ...timed, group: '', unit: 'weeks' }).rows).toEqual([
      { timeDays: 14, event: true, group: 'everybody' },
    ])
    expect(read(text, { ...timed, group: '', unit: 'months' }).rows).toEqual([
      { timeDays: expect.closeTo(60.875, 10), event: true, group: 'everybody' },
    ])
  })

  it('takes any words for happened and not seen, strata and columns to be shown', () => {
    const text = 'days,how,site,age\n3,Left,A,40\n4,stays,B,NA\n'
    expect(
      read(text, {
        ...timed,
        group: '',
        event: 'how',
        yes: 'left | died',
        no: 'stays',
        stratum: 'site',
        covariates: ['age'],
      }).rows,
    ).toEqual([
      { timeDays: 3, event: true, group: 'everybody', stratum: 'A', covariates: { age: '40' } },
      { timeDays: 4, event: false, group: 'everybody', stratum: 'B', covariates: { age: undefined } },
    ])
  })

  it('says every problem with its line and column and takes nothing', () => {
    const text = [
      'days,status,clinic',
      '12,1,1',
      ',1,1',
      '-3,0,1',
      '1e3,0,2',
      '5,2,2',
      '5,,2',
      '5,1,',
      '5,1',
      '7,NA,1',
    ].join('\n')
    expect(read(text, timed)).toEqual({
      problems: [
        '3 days: it is missing',
        '4 days: -3 is before the start',
        '5 days: "1e3" is not a number with a decimal point',
        '6 status: "2" is neither 1 (happened) nor 0 (not seen to happen)',
        '7 status: it is missing',
        '8 clinic: the group is missing',
        '9: 2 cells where the head has 3',
        '10 status: it is missing',
      ],
      count: 8,
    })
  })

  it('shows fifty problems and counts all', () => {
    const text = `days,status\n${'x,1\n'.repeat(120)}`
    const answer = read(text, { ...timed, group: '' })
    expect([answer.problems?.length, answer.count]).toEqual([50, 120])
  })

  it('leaves rows out only when told to, and counts them', () => {
    const text = 'days,status,clinic,arm\n5,1,1,a\n,1,1,a\n6,0,,a\n7,1,2,b\n'
    expect(read(text, { ...timed, whenMissing: 'leave-out', groupMissing: 'leave-out' })).toMatchObject({
      leftOut: 2,
      rows: [{ timeDays: 5 }, { timeDays: 7 }],
    })
    expect(read(text, { ...timed, whenMissing: 'leave-out', groupMissing: 'own-group' }).rows).toMatchObject([
      { group: 'clinic 1' },
      { group: 'clinic not known' },
      { group: 'clinic 2' },
    ])
    expect(
      read(text, { ...timed, group2: 'arm', onlyColumn: 'arm', onlyValues: 'b', whenMissing: 'leave-out' }),
    ).toMatchObject({ notWanted: 3, leftOut: 0, rows: [{ group: 'clinic 2 · b' }] })
  })

  it('never reads a comma as a point unless told', () => {
    const text = 'days;status\n1,5;1\n'
    const semicolon = { ...timed, group: '', separator: 'semicolon' }
    expect(read(text, { ...semicolon, decimal: 'comma' }).rows).toMatchObject([{ timeDays: 1.5 }])
    expect(read(text, semicolon).problems).toEqual(['2 days: "1,5" is not a number with a decimal point'])
    expect(read('days;status\n1.500,5;1\n', { ...semicolon, decimal: 'comma' }).problems).toEqual([
      '2 days: "1.500,5" is not a number with a decimal comma',
    ])
  })

  it('refuses a file it cannot use at all', () => {
    expect(read('days,status,clinic\n5,1,1\n', { ...timed, time: 'weeks' }).errors).toEqual({
      time: 'There is no column “weeks” in this file.',
    })
    expect(read('days,days,status,clinic\n1,1,1,1\n', timed).errors).toEqual({
      time: 'The column “days” stands in the file 2 times.',
    })
    const people = Array.from({ length: 13 }, (_, at) => `1,1,person ${at}`).join('\n')
    expect(read(`days,status,clinic\n${people}`, timed).problems).toEqual([
      '1 clinic: 13 different groups; at most 12 can be compared',
    ])
    expect(read('days,status,clinic\n,1,1\n', { ...timed, whenMissing: 'leave-out' }).problems).toEqual([
      '1: no row is left: all were left out, or none has the values wanted',
    ])
  })

  it('asks for each thing that was not chosen', () => {
    expect(read('a,b\n1,2\n', { kind: 'time-to-event' }).errors).toEqual({
      separator: 'Choose what stands between two cells.',
      decimal: 'Choose how decimals are written.',
      whenMissing: 'Choose what becomes of a row with a missing cell.',
      unit: 'Choose in what the time is counted.',
      yes: 'Write which values mean that it happened.',
      no: 'Write which values mean that it was not seen to happen.',
      time: 'Choose the column with the time.',
      event: 'Choose the column with whether the event happened.',
    })
    expect(read('a,b\n1,2\n', {}).errors).toMatchObject({ kind: 'Choose what kind of data this is.' })
    expect(read('days,status,clinic\n1,2,3\n', { ...timed, yes: 'Yes', no: 'yes' }).errors).toEqual({
      no: '“Yes” cannot mean both.',
    })
  })
})

describe('weekly urine', () => {
  it('reads the letters of the file as the letters of the definitions', () => {
    const text = 'weeks,arm\nPNNx,a\nN?,b\n'
    const letters = {
      ...weekly,
      positive: 'Pp',
      negative: 'N',
      mixed: 'x',
      none: '?',
      group: 'arm',
      groupMissing: 'refuse',
    }
    expect(read(text, letters).rows).toEqual([
      { weeks: '+--*', group: 'a' },
      { weeks: '-o', group: 'b' },
    ])
    expect(read('weeks,arm\n--*,a\n', weekly).problems).toEqual([
      '2 weeks: week 3 is "*", which was given no meaning',
    ])
    expect(read(text, { ...letters, none: 'P' }).errors).toEqual({ none: '“P” cannot mean two things.' })
  })
})

describe('scores at visits', () => {
  it('keeps a score that is not known, numbers people, and holds them to one group', () => {
    const text = 'who,week,phq9,before\nann,0,20,21\nbob,0,18,18\nann,4,NA,21\n'
    expect(read(text, { ...scores, baseline: 'before' }).rows).toEqual([
      { person: 1, visit: 0, score: 20, baseline: 21, group: 'everybody' },
      { person: 2, visit: 0, score: 18, baseline: 18, group: 'everybody' },
      { person: 1, visit: 4, score: undefined, baseline: 21, group: 'everybody' },
    ])
    const wrong = 'who,week,phq9,arm\nann,0,20,a\nann,0,19,a\nann,4,3,b\nbob,x,1,a\n'
    expect(read(wrong, { ...scores, group: 'arm', groupMissing: 'refuse' }).problems).toEqual([
      '3 week: "ann" has visit 0 twice',
      '4 who: "ann" was in another group before',
      '5 week: "x" is not a number with a decimal point',
    ])
  })
})

describe('counts by arm', () => {
  it('takes counts that can be counts', () => {
    const text = 'study,arm,x,n\n1,none,1,10\n1,talk,11,10\n1,talk,2,10\n2,talk,1.5,10\n2,none,0,0\n'
    expect(read(text, counts).problems).toEqual([
      '3 x: 11 of 10 is more than all',
      '4 arm: study "1" has "talk" twice',
      '5 x: "1.5" is not a whole number',
      '6 n: an arm of nobody',
    ])
    expect(read('study,arm,x,n\n1,talk,1,10\n', counts).problems).toEqual([
      '1 arm: no row has "none", with which the others are compared; the file has "talk"',
    ])
    expect(read('study,arm,x,n\n1,none,1,10\n', counts).rows).toEqual([
      { study: '1', arm: 'none', events: 1, people: 10 },
    ])
  })
})

describe('looking at a file', () => {
  it('shows columns, first cells and values, and says what is unsure', () => {
    const looked = lookAtFile('\ufeff"id","wo; how",score;2\r\n1,a,1\r\n2,b,2\r\n')
    expect(looked).toMatchObject({ ok: true, separator: 'comma', separatorUnsure: true, rows: 2 })
    expect(lookAtFile('a;b\n1;1,5\n')).toMatchObject({
      separator: 'semicolon',
      separatorUnsure: false,
      decimalUnsure: true,
      columns: [
        { name: 'a', first: ['1'], values: ['1'], empty: 0 },
        { name: 'b', first: ['1,5'], values: ['1,5'], empty: 0 },
      ],
    })
    // A head that only one separator can cut is cut by that one.
    expect(lookAtFile('"a,b";"c"\n1;2\n')).toMatchObject({ separator: 'semicolon' })
    expect(lookAtFile('')).toEqual({ ok: false, line: 1, says: 'the file is empty' })
    expect(lookAtFile('a,b\n')).toMatchObject({ ok: false, says: 'there are no rows beneath the head' })
  })

  it('guesses columns by name, and leaves to the person what is unsure', () => {
    const looked = lookAtFile('id,clinic,days,status\n1,1,428,1\n2,2,30,0\n')
    if (!looked.ok) throw new Error(looked.says)
    expect(guessFields(looked)).toMatchObject({
      kind: 'time-to-event',
      time: 'days',
      event: 'status',
      yes: '1',
      no: '0',
      group: 'clinic',
      separator: 'comma',
      decimal: 'point',
    })
    expect(guessFields({ ...looked, decimalUnsure: true, separatorUnsure: true })).not.toHaveProperty(
      'decimal',
    )
    expect(guessFields({ ...looked, decimalUnsure: true, separatorUnsure: true })).not.toHaveProperty(
      'separator',
    )
  })
})

describe('the terminal', () => {
  const looked = lookAtFile('days,status,clinic,a:b\n5,1,1,2\n6,0,2,3\n')
  if (!looked.ok) throw new Error(looked.says)
  const names = looked.columns.map(({ name }) => name)
  const words = (values: Record<string, string | string[]>) => {
    const answer = mappingFromFields(terminalFields(values, looked), names)
    return answer.ok ? mappingWords(answer.mapping) : answer.errors
  }

  it('reads the same mapping as the page', () => {
    expect(words({ time: 'days', event: 'status:1', group: ['clinic'], only: 'clinic:1|2' })).toBe(
      'time days in days; event status, happened where “1”, not seen where “0”; groups by clinic; only rows with clinic “1” or “2”',
    )
    expect(words({ time: 'a:b', event: 'status:left', 'not-event': 'stays' })).toContain('time a:b in days')
  })

  it('names what is missing and guesses no opposite', () => {
    expect(words({ time: 'days', event: 'status:left' })).toEqual({
      no: 'Write which values mean that it was not seen to happen.',
    })
  })
})
