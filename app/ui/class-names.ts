/**
 * Joins the class names that apply, leaving out what is false or missing.
 *
 * @example classNames('button', wide && 'button-wide') // 'button' or 'button button-wide'
 */
export function classNames(...names: readonly (string | false | null | undefined)[]): string {
  return names.filter(Boolean).join(' ')
}
