import { accountNames, personById } from '../../identity/index.server.ts'
import { mayDo } from '../../platform/access.ts'
import { runQuery } from '../../platform/command.server.ts'
import { parseId } from '../../platform/ids.ts'
import { notFound, type PageArgs } from '../../platform/page.server.ts'
import {
  dateInWords,
  dayInWords,
  daysBetween,
  type Instant,
  localDateOf,
  momentInWords,
  timeInWords,
} from '../../platform/time.ts'
import { analyteLabel } from './analytes.ts'
import { explainingDose } from './ketamine-exposure.ts'
import { type LabTest, type LabTestRow, standingTests, TEST_KINDS } from './lab-test.ts'
import { readTests, recordTest } from './lab-test-access.ts'
import { testFormValues, testKindOf } from './lab-test-form.ts'
import { exposuresOfPerson, labTestsOfPerson } from './lab-test-queries.server.ts'
import { concentrationWords, testWords } from './lab-test-words.ts'
import { presessionNotice } from './presession-notice.ts'
import { presessionWarning, seriesFigures } from './test-series.ts'

/** Everything the page of a person's biological tests shows. */
export async function loadTests({ services, actor, clinic, params, url }: PageArgs) {
  const id = parseId<'person'>(params.id) ?? notFound()
  const zone = clinic.timeZone
  const when = (instant: Instant) => momentInWords(instant, zone)
  return runQuery(services, actor, async ({ db, at, audit }) => {
    const person = (await personById(db, clinic.id, id)) ?? notFound()
    audit.read(readTests.id, { personId: id, object: 'tests', objectId: id })
    const rows = await labTestsOfPerson(db, clinic.id, id)
    const { standing, withdrawn } = standingTests(rows)
    const exposures = await exposuresOfPerson(db, clinic.id, id)
    const names = await accountNames(
      db,
      rows.map(({ recordedBy }) => recordedBy),
    )
    const correcting = standing.find((test) => test.id === url.searchParams.get('correct'))
    const kind = correcting?.result.kind ?? testKindOf(url.searchParams.get('new'))
    const may = mayDo(actor, recordTest)
    const dose = explainingDose(exposures, at)
    return {
      person: { id: id as string, name: person.displayName },
      may,
      done: url.searchParams.get('done'),
      warning: presessionNotice(presessionWarning(standing, zone), localDateOf(at, zone)),
      form:
        may && kind
          ? {
              key: services.ids.next<'lab-test'>() as string,
              kind,
              title: TEST_KINDS.find((one) => one.kind === kind)!.label,
              corrects: correcting?.id as string | undefined,
              values: {
                ...(correcting ? testFormValues(correcting) : {}),
                collectedAt: localTime(correcting?.collectedAt ?? at, zone),
              } as Record<string, string>,
              now: localTime(at, zone),
              dose: dose && {
                when: dayInWords(dose.dosedAt, zone),
                days: dose.days,
                usual: dose.usual,
                reason: `Ketamine given here on ${dayInWords(dose.dosedAt, zone)}`,
              },
            }
          : undefined,
      series: seriesFigures(standing, zone).map((one) => ({
        ...one,
        label: one.analyte === 'any' ? 'Whole specimen' : analyteLabel(one.analyte),
      })),
      peth: pethLine(standing, zone),
      tests: standing.map((test) => ({
        id: test.id as string,
        kind: test.result.kind,
        when:
          test.result.kind === 'missed' ? `Planned for ${when(test.collectedAt)}` : when(test.collectedAt),
        dateTime: test.collectedAt,
        by: names.get(test.recordedBy) ?? 'unknown',
        ...testWords(test.result),
        correction: test.reason,
        earlier: test.earlier.map((row) => earlierWords(row, names, when)),
      })),
      withdrawn: withdrawn.map((row) => ({
        id: row.id as string,
        when: when(row.recordedAt),
        dateTime: row.recordedAt,
        by: names.get(row.recordedBy) ?? 'unknown',
        reason: row.reason ?? '',
        earlier: row.earlier.map((one) => earlierWords(one, names, when)),
      })),
    }
  })
}

function earlierWords(
  row: LabTestRow,
  names: ReadonlyMap<string, string>,
  when: (at: Instant) => string,
): string {
  const said = row.result.kind === 'withdrawn' ? 'withdrawn' : testWords(row.result).title
  return `${said}; recorded ${when(row.recordedAt)} by ${names.get(row.recordedBy) ?? 'unknown'}`
}

function localTime(instant: Instant, zone: string): string {
  return `${localDateOf(instant, zone)}T${timeInWords(instant, zone)}`
}

/** PEth over time. Below detection a point stands at the limit, which is the most it can be, and says so in the table. */
function pethLine(tests: readonly LabTest[], zone: string) {
  const all = tests
    .flatMap(({ collectedAt, result }) =>
      result.kind === 'peth' ? [{ date: localDateOf(collectedAt, zone), value: result.value }] : [],
    )
    .sort((a, b) => a.date.localeCompare(b.date))
  const first = all[0]
  if (!first) return undefined
  const points = all.map(({ date, value }) => ({
    day: daysBetween(first.date, date),
    score: 'ngMl' in value ? value.ngMl : value.lodNgMl,
    date: dateInWords(date),
    words: concentrationWords(value),
  }))
  const most = Math.max(...points.map(({ score }) => score))
  return {
    points,
    from: dateInWords(first.date),
    top: most > 200 ? Math.ceil(most / 100) * 100 : 250,
    belowDetection: all.some(({ value }) => 'belowLod' in value),
  }
}

export type TestsView = Awaited<ReturnType<typeof loadTests>>
