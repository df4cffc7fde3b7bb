import { personById } from '../../identity/index.server.ts'
import { ownPersonId } from '../../platform/actor.ts'
import { runQuery } from '../../platform/command.server.ts'
import { csvDownload } from '../../platform/csv-download.server.ts'
import { writeCsv } from '../../platform/csv-file.ts'
import { guardedLoader, notFound } from '../../platform/page.server.ts'
import { readOwnProgress } from '../measure-access.ts'
import { COURSE_FIGURES, courseRows } from '../person/course-csv.ts'
import { personCourse } from '../person/person-course.server.ts'

/** The numbers behind one of a person's own figures, for themselves. */
export const loader = guardedLoader(readOwnProgress, async ({ services, actor, clinic, params }) => {
  const personId = ownPersonId(actor) ?? notFound()
  const figure = COURSE_FIGURES.find((one) => one === params.figure) ?? notFound()
  return runQuery(services, actor, async (needs) => {
    const person = (await personById(needs.db, clinic.id, personId)) ?? notFound()
    const course = await personCourse(needs, personId, clinic)
    needs.audit.read(readOwnProgress.id, { personId, object: 'progress', detail: { download: figure } })
    return csvDownload(
      `${figure}-${course.today}.csv`,
      writeCsv(courseRows(figure, course, person.synthetic ? 'invented person' : '')),
    )
  })
})
