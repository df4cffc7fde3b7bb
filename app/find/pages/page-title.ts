/** Title and summary of a public page, for the browser's tab and for search engines. */
export function pageMeta(data: { title: string; summary: string; clinicName: string } | undefined) {
  if (data === undefined) return [{ title: 'Not found' }]
  return [{ title: `${data.title} · ${data.clinicName}` }, { name: 'description', content: data.summary }]
}
