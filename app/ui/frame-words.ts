import { createContext, useContext } from 'react'

/** The languages in which frames and fields can speak. */
export type FrameLanguage = 'en' | 'es'

const english = {
  skip: 'Skip to the text',
  helpAtOnce: 'Help at once',
  leave: 'Leave',
  leaveLong: ' this page quickly',
  discreet: 'Discreet reading',
  discreetOn: 'Title and icon of this tab are neutral. The address is not.',
  discreetOff: 'Back to the usual title',
  readDiscreetly: 'Read with a neutral title and icon',
  menu: 'Menu',
  main: 'Main',
  allPages: 'All pages',
  location: 'Location and hours',
  place: 'Location',
  call: 'Call',
  request: 'Request a visit',
  searchThis: 'Search this site',
  search: 'Search',
  clinic: 'The clinic',
  signIn: 'Sign in',
  aboutKetamine: 'About ketamine',
  ketamine:
    'Ketamine is approved as an anesthetic. Using it to treat addiction is off-label: the Food and Drug Administration has not approved it for that use. It does not help everyone, it has risks, and we talk about both before anything is decided.',
  reach: 'Reach the clinic',
  language: 'Language',
  aboutSite: 'About this site',
  demonstration: 'Demonstration data.',
  invented: 'Every person and reading here is invented.',
  crisis: {
    label: 'Crisis help',
    ask: 'In crisis?',
    call: 'Call',
    or: 'or',
    text: 'text 988',
    textHref: 'sms:988',
    always: ', day or night',
    danger: 'In danger now? ',
    call911: 'Call 911',
    cannotWait: 'If you cannot wait',
    lifeline:
      'to reach the Suicide and Crisis Lifeline, day or night, free. If someone may die or is badly hurt,',
    call911Inside: 'call 911',
    notSure: 'You do not have to be sure before you call.',
  },
  skipToPage: 'Skip to the page',
  usualPrint: 'Usual print',
  largerPrint: 'Larger print',
  aboutTreatment: (clinic: string) => `Something about your treatment? Call ${clinic} on`,
  optional: 'optional',
  error: 'Error:',
  lookAgain: 'Please look at this again',
  stillHere: 'What you wrote is still here.',
  step: (number: number, of: number) => `Step ${number} of ${of}`,
  done: 'done',
  notKnown: 'not known',
  breadcrumb: 'Breadcrumb',
}

/** What layouts and fields say themselves; a language must have every word of it, or it is a type error. */
export type FrameWords = typeof english

const spanish: FrameWords = {
  skip: 'Ir al texto',
  helpAtOnce: 'Ayuda inmediata',
  leave: 'Salir',
  leaveLong: ' rápido de esta página',
  discreet: 'Lectura discreta',
  discreetOn: 'El título y el ícono de esta pestaña son neutros. La dirección no.',
  discreetOff: 'Volver al título normal',
  readDiscreetly: 'Leer con título e ícono neutros',
  menu: 'Menú',
  main: 'Principal',
  allPages: 'Todas las páginas',
  location: 'Dónde y cuándo',
  place: 'Dónde',
  call: 'Llamar',
  request: 'Pedir una cita',
  searchThis: 'Buscar en este sitio',
  search: 'Buscar',
  clinic: 'La clínica',
  signIn: 'Entrar (en inglés)',
  aboutKetamine: 'Sobre la ketamina',
  ketamine:
    'La ketamina está aprobada como anestésico. Usarla para tratar la adicción es un uso no aprobado (“off-label”): la FDA no la ha aprobado para eso. No ayuda a todos, tiene riesgos, y hablamos de las dos cosas antes de decidir.',
  reach: 'Comunicarse con la clínica',
  language: 'Idioma',
  aboutSite: 'Sobre este sitio',
  demonstration: 'Datos de demostración.',
  invented: 'Todas las personas y medidas aquí son inventadas.',
  crisis: {
    label: 'Ayuda en una crisis',
    ask: '¿Crisis?',
    call: 'Llame al 988, marque 2',
    or: 'o',
    text: 'envíe AYUDA al 988',
    textHref: 'sms:988?&body=AYUDA',
    always: ' por texto, de día o de noche',
    danger: '¿Peligro ahora? ',
    call911: 'Llame al 911',
    cannotWait: 'Si no puede esperar',
    lifeline:
      'para hablar en español con la línea de prevención del suicidio y crisis, de día o de noche, gratis. Si alguien puede morir o tiene una herida grave,',
    call911Inside: 'llame al 911',
    notSure: 'No hace falta estar seguro para llamar.',
  },
  skipToPage: 'Ir a la página',
  usualPrint: 'Letra normal',
  largerPrint: 'Letra más grande',
  aboutTreatment: (clinic) => `¿Algo sobre su tratamiento? Llame a ${clinic} al`,
  optional: 'opcional',
  error: 'Error:',
  lookAgain: 'Por favor, revise esto',
  stillHere: 'Lo que escribió sigue aquí.',
  step: (number, of) => `Paso ${number} de ${of}`,
  done: 'listo',
  notKnown: 'no se sabe',
  breadcrumb: 'Ruta',
}

const words: Readonly<Record<FrameLanguage, FrameWords>> = { en: english, es: spanish }

/** Words of a frame in a language. */
export function frameWords(language: FrameLanguage): FrameWords {
  return words[language]
}

/** The language in which what stands inside a frame speaks; a layout sets it. */
export const FrameLanguageContext = createContext<FrameLanguage>('en')

/** The words of the frame around. */
export function useFrameWords(): FrameWords {
  return words[useContext(FrameLanguageContext)]
}
