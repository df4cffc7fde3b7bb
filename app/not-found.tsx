import { notFound } from './platform/page.server.ts'

export async function loader() {
  notFound()
}

export default function NotFound() {
  return null
}
