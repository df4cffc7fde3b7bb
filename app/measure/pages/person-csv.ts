import { personById } from '../../identity/index.server.ts'
import { runQuery } from '../../platform/command.server.ts'
import { csvDownload } from '../../platform/csv-download.server.ts'
import { writeCsv } from '../../platform/csv-file.ts'
import { parseId } from '../../platform/ids.ts'
import { guardedLoader, notFound } from '../../platform/page.server.ts'
import { readUse } from '../measure-access.ts'
import { COURSE_FIGURES, courseRows } from '../person/course-csv.ts'
import { personCourse } from '../person/person-course.server.ts'

/** The numbers behind one figure of a person, for those who treat them. The file names nobody. */
export const loader = guardedLoader(readUse, async ({ services, actor, clinic, params }) => {
  const id = parseId<'person'>(params.id) ?? notFound()
  const figure = COURSE_FIGURES.find((one) => one === params.figure) ?? notFound()
  return runQuery(services, actor, async (needs) => {
    const person = (await personById(needs.db, clinic.id, id)) ?? notFound()
    const course = await personCourse(needs, id, clinic)
    needs.audit.read(readUse.id, {
      personId: id,
      object: 'person',
      objectId: id,
      detail: { download: figure },
    })
    return csvDownload(
      `${figure}-${course.today}.csv`,
      writeCsv([['person', id], ...courseRows(figure, course, person.synthetic ? 'invented person' : '')]),
    )
  })
})
