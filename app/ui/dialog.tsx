import { type MouseEvent, type ReactNode, useId } from 'react'
import { Button, type ButtonKind } from './button.tsx'
import { classNames } from './class-names.ts'

/**
 * A native dialog. It opens only on hydrated pages; `DialogOpener` leads to a page with the same question otherwise.
 *
 * @param id named by the opener's `dialogId`
 * @param title heading of the dialog
 * @param children text and form; a form may use `method="dialog"` to close
 * @param closeLabel words of the button that closes without doing anything
 */
export function Dialog({
  id,
  title,
  children,
  closeLabel = 'Close',
}: {
  id: string
  title: ReactNode
  children: ReactNode
  closeLabel?: string
}) {
  const titleId = useId()
  return (
    <dialog id={id} className="dialog" aria-labelledby={titleId}>
      <h2 id={titleId}>{title}</h2>
      {children}
      <form method="dialog" className="dialog-close">
        <Button kind="quiet">{closeLabel}</Button>
      </form>
    </dialog>
  )
}

/**
 * Opens a `Dialog` on a hydrated page; without script it is a link to `fallbackHref`, a page that asks the same.
 *
 * @param dialogId id of the dialog on this page
 * @param fallbackHref page that does the same work without script
 */
export function DialogOpener({
  dialogId,
  fallbackHref,
  kind = 'quiet',
  size = 'normal',
  children,
}: {
  dialogId: string
  fallbackHref: string
  kind?: ButtonKind
  size?: 'normal' | 'small' | 'bedside'
  children: ReactNode
}) {
  const open = (event: MouseEvent<HTMLAnchorElement>) => {
    const dialog = document.getElementById(dialogId)
    if (!(dialog instanceof HTMLDialogElement)) return
    event.preventDefault()
    dialog.showModal()
  }
  return (
    <a
      href={fallbackHref}
      className={classNames('button', `button-${kind}`, size !== 'normal' && `button-${size}`)}
      aria-haspopup="dialog"
      onClick={open}
    >
      {children}
    </a>
  )
}
