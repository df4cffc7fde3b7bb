import formsCss from '../../ui/forms.css?url'
import recordsCss from '../../ui/records.css?url'
import findCss from './find.css?url'

const sheet = (href: string) => ({ rel: 'stylesheet', href })

/** Style sheets of a page of text. */
export function textSheets() {
  return [sheet(findCss)]
}

/** Style sheets of a page with a form, tables or facts. */
export function recordSheets() {
  return [sheet(formsCss), sheet(recordsCss), sheet(findCss)]
}
