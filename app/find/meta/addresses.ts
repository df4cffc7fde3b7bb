/** What of the configuration decides how the site names itself. */
export type SiteAddress = {
  /** Where links begin, without a slash at the end. */
  readonly linkBase: string
  /** The public address, when one was configured. */
  readonly publicUrl: string | undefined
}

/**
 * Whether search engines are asked to stay away: a demonstration that stands at a public address would offer an invented
 * telephone number to people in distress. On a machine of one's own nobody comes by, so there nothing is asked.
 */
export function hidesFromSearch(demonstration: boolean, { publicUrl }: SiteAddress): boolean {
  return demonstration && publicUrl !== undefined
}

const forEscape: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/** Text for XML, in elements and in attributes. Control characters, which XML 1.0 cannot hold, are left out. */
export function xmlText(text: string): string {
  return text.replace(/[^\t\n\r\u0020-\uffff]/g, '').replace(/[&<>"']/g, (c) => forEscape[c]!)
}
