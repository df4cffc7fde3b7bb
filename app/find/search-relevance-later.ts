/** Rows that came after the search was tuned: each once led astray. They stand at the end of the set. */
export const laterQueries: Readonly<
  Record<
    'no Spanish' | 'crisis in other words' | 'gap',
    readonly (readonly [query: string, ...pages: string[]])[]
  >
> = {
  'no Spanish': [
    ['for my son', '/for-families', '/questions#family', '/questions#teenager'],
    ['my son', '/for-families', '/questions#family', '/questions#teenager'],
    ['my son is an addict', '/for-families', '/questions#family', '/questions#teenager'],
    ['my son drinks', '/for-families', '/questions#family', '/questions#teenager'],
    ['son addicted', '/for-families', '/questions#family', '/questions#teenager'],
    ['Narcan', '/glossary#naloxone', '/help-now', '/conditions/opioids'],
    ['Suboxone', '/questions#methadone-buprenorphine', '/conditions/opioids'],
    ['depresion', '/conditions/depression'],
    ['final'],
  ],
  'crisis in other words': [
    ['he is not waking up', '/help-now'],
    ['passed out', '/help-now'],
    ['unconscious', '/help-now'],
    ['turning blue', '/help-now'],
    ['oding', '/help-now'],
    ['took all my pills', '/help-now'],
    ['unalive', '/help-now'],
    ['not responding', '/help-now'],
    ['cant stop shaking', '/help-now'],
    ['matarme', '/help-now'],
    ['ya no puedo más', '/help-now'],
    ['tomé muchas pastillas', '/help-now'],
    ['se está muriendo', '/help-now'],
    ['convulsiones', '/help-now'],
    ['no quiero vivir', '/help-now'],
    ['suicidarme', '/help-now'],
    ['quitarme la vida', '/help-now'],
  ],
  gap: [
    ['where are you', '/location'],
    ['percs', '/conditions/opioids'],
    ['mdma'],
    ['lsd'],
    ['shrooms'],
    ['molly'],
    ['the'],
  ],
}
