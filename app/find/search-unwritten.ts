import { words } from './search-words.ts'

/** Substances that people ask about and that no page of ours is about. Said so, not taken for a slip or a beginning. */
const unwritten: ReadonlySet<string> = new Set(
  words(
    'mdma ecstasy molly lsd acid shrooms shroom mushrooms mushroom ayahuasca ghb pcp mescaline peyote dmt',
  ),
)

/** Whether a word names a substance that we have written nothing about. */
export function isUnwritten(word: string): boolean {
  return unwritten.has(word)
}
