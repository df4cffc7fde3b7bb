/** What every page shows of the clinic it belongs to. Plain text, already in the reader's language. */
export interface ClinicFace {
  readonly name: string
  /** As people read it, for example `(555) 010-0199`. */
  readonly phoneDisplay: string
  /** `tel:` address of the same number. */
  readonly phoneHref: string
  /** Street lines, without the city. */
  readonly addressLines: readonly string[]
  /** City line, for example `Springfield, IL 62701`. */
  readonly city: string
  /** One quiet line under the name, where there is room. */
  readonly tagline?: string
}

/** One entry of a navigation. `count` is shown as a figure beside the label when it is above zero. */
export interface NavItem {
  readonly href: string
  readonly label: string
  readonly count?: number
}

/** Entries of a navigation that belong together. */
export interface NavGroup {
  readonly title: string
  readonly items: readonly NavItem[]
}
