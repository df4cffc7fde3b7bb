/**
 * A path without the slashes at its end; a path of slashes alone keeps the first. One pass: the obvious pattern
 * `/\/+$/` begins anew at every slash, and a stranger chooses how many there are.
 *
 * @param path path of an address, without query
 * @example withoutTrailingSlash('/questions/') // '/questions'
 */
export function withoutTrailingSlash(path: string): string {
  let end = path.length
  while (end > 1 && path[end - 1] === '/') end--
  return path.slice(0, end)
}
