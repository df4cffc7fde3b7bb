/** What a figure's title says of people who do not exist. */
export function inventedWords(synthetic: 'all' | 'some' | 'none', demonstration: boolean): string {
  if (synthetic === 'all') return ' · invented people'
  if (synthetic === 'some') return ' · partly invented people'
  return demonstration ? ' · demonstration' : ''
}
