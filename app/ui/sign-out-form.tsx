import { Button } from './button.tsx'

/** Signs the reader out by a plain post. */
export function SignOutForm({ action }: { action: string }) {
  return (
    <form method="post" action={action} className="sign-out">
      <Button kind="plain" size="small">
        Sign out
      </Button>
    </form>
  )
}
