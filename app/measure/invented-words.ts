/** How many of the people of a figure do not exist. */
export type InventedPeople = 'all' | 'some' | 'none'

/** What a figure's title says of people who do not exist. */
export function inventedWords(synthetic: InventedPeople, demonstration: boolean): string {
  if (synthetic === 'all') return ' · invented people'
  if (synthetic === 'some') return ' · partly invented people'
  return demonstration ? ' · demonstration' : ''
}
