import { type ReactNode, useEffect, useRef, useState } from 'react'

/**
 * Something folded away that opens when what came back belongs to it, and never closes by itself: what is typed in it
 * stays in sight when another form is answered.
 */
export function Unfolding({
  id,
  title,
  open,
  children,
}: {
  id?: string
  title: ReactNode
  /** Whether something in it has to be looked at now. */
  open: boolean
  children: ReactNode
}) {
  const [atFirst] = useState(open)
  const folded = useRef<HTMLDetailsElement>(null)
  useEffect(() => {
    if (open && folded.current) folded.current.open = true
  }, [open])
  return (
    <details className="disclosure" id={id} ref={folded} open={atFirst}>
      <summary>{title}</summary>
      {children}
    </details>
  )
}
