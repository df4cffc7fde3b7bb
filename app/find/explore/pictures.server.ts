import { renderMarkdown } from '../article-markdown.ts'
import { siteContent } from '../content.server.ts'
import { citationTarget } from '../site-content.ts'
import { type PictureView, pictureView } from './picture-view.ts'
import { sessionRouteIds } from './route-ids.ts'
import { sessionCourse } from './session-course.ts'
import { sessionRoutes } from './session-route.ts'

let pictures: readonly PictureView[] | undefined

/** The pictures of all ways. They depend on nothing but the models, so they are computed once, at the first visit. */
export function sessionPictures(): readonly PictureView[] {
  pictures ??= sessionRouteIds.map((id) =>
    pictureView(sessionRoutes[id], sessionCourse(sessionRoutes[id]), (markdown) =>
      renderMarkdown(markdown, (reference) => citationTarget(siteContent(), reference)),
    ),
  )
  return pictures
}
