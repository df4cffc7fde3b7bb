import { type LoaderFunctionArgs, redirect } from 'react-router'
import { requestScope } from './platform/services.server.ts'
import { firstPage } from './rooms.ts'

/** `/work` leads to the page where one's role begins. */
export async function loader({ context }: LoaderFunctionArgs) {
  const { actor } = context.get(requestScope)
  throw redirect(actor.kind === 'member' ? firstPage(actor.roles) : '/sign-in?next=/work')
}
