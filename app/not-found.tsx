import type { LoaderFunctionArgs } from 'react-router'
import { pageNotFound } from './find/index.server.ts'
import { requestScope } from './platform/services.server.ts'

/** Every address that no other page answers. */
export async function loader({ context, request }: LoaderFunctionArgs) {
  pageNotFound({ clinic: context.get(requestScope).clinic, url: new URL(request.url) })
}

export default function NotFound() {
  return null
}
