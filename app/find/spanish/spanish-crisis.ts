import { words } from '../search-words.ts'

/** What people in danger type in Spanish; heard as the English phrases are. */
export const spanishCrisisPhrases: readonly string[] = [
  'quiero morir',
  'quiero matarme',
  'quiero matar',
  'matarme',
  'ahorcarme',
  'suicidio',
  'suicidarme',
  'sobredosis',
  'no quiero vivir',
  'acabar con mi vida',
  'acabar con todo',
  'terminar con mi vida',
  'hacerme dano',
  'ganas de morir',
  'quitarme la vida',
  'no respira',
  'no puedo respirar',
  'no despierta',
  'tomé muchas pastillas',
  'tomé demasiadas pastillas',
  'se está muriendo',
  'convulsiones',
]

/** The same, where a word between makes it an everyday one: "no puedo esperar más" is no cry for help. */
export const closeSpanishPhrases: readonly string[] = ['no puedo más']

/** What means danger when somebody types nothing else. */
export const spanishCrisisAlone: readonly string[] = ['ayuda', 'ayudame', 'emergencia']

/** Single words of all these: never a slip for an English one. */
export const spanishCrisisWords: ReadonlySet<string> = new Set(
  [...spanishCrisisPhrases, ...closeSpanishPhrases, ...spanishCrisisAlone].flatMap(words),
)
