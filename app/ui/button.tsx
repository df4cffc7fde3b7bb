import type { ComponentProps } from 'react'
import { classNames } from './class-names.ts'

/** `primary` once a page; `quiet` for the rest; `danger` only for what stops something; `plain` reads like a link. */
export type ButtonKind = 'primary' | 'quiet' | 'danger' | 'plain'

interface Looks {
  kind?: ButtonKind
  /** `bedside` makes the target 64 px tall. */
  size?: 'normal' | 'small' | 'bedside'
  /** Fills its line. */
  wide?: boolean
}

/** A native button; submits its form unless `type` says otherwise. Takes every attribute of `<button>`. */
export function Button({
  kind,
  size,
  wide,
  className,
  type = 'submit',
  ...rest
}: Looks & ComponentProps<'button'>) {
  return <button type={type} className={looks({ kind, size, wide }, className)} {...rest} />
}

/** A link that looks like a button, for going somewhere. Takes every attribute of `<a>`; `href` is required. */
export function ButtonLink({
  kind,
  size,
  wide,
  className,
  children,
  ...rest
}: Looks & ComponentProps<'a'> & { href: string }) {
  return (
    <a className={looks({ kind, size, wide }, className)} {...rest}>
      {children}
    </a>
  )
}

function looks({ kind = 'primary', size = 'normal', wide }: Looks, className: string | undefined): string {
  return classNames(
    'button',
    `button-${kind}`,
    size !== 'normal' && `button-${size}`,
    wide && 'button-wide',
    className,
  )
}
