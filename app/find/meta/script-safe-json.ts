/**
 * JSON that may stand inside a `<script>` of HTML: whatever a text says, it ends no element and begins no comment.
 * `JSON.parse` gives back what went in.
 *
 * @example scriptSafeJson({ a: '</script>' }) // '{"a":"\\u003c/script\\u003e"}'
 */
export function scriptSafeJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
