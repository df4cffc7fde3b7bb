import type { NavGroup, NavItem } from '../../ui/index.ts'

/** What the header of the Spanish pages leads to. */
export const spanishNav: readonly NavItem[] = [
  { href: '/es/how-treatment-works', label: 'Cómo es el tratamiento' },
  { href: '/es/conditions/alcohol', label: 'Alcohol' },
  { href: '/es/who-should-not', label: 'Quién no debe recibirla' },
  { href: '/es/what-else-works', label: 'Qué más funciona' },
  { href: '/es/help-now', label: 'Ayuda ahora' },
]

/** Every Spanish page, in groups, and the way to the English ones. */
export const spanishFooter: readonly NavGroup[] = [
  {
    title: 'El tratamiento',
    items: [
      { href: '/es/how-treatment-works', label: 'Cómo es el tratamiento' },
      { href: '/es/who-should-not', label: 'Quién no debe recibirla' },
      { href: '/es/side-effects', label: 'Efectos secundarios' },
    ],
  },
  {
    title: 'Para entender',
    items: [
      { href: '/es/what-is-ketamine', label: 'Qué es la ketamina' },
      { href: '/es/what-else-works', label: 'Qué más funciona' },
      { href: '/es/conditions/alcohol', label: 'Alcohol' },
      { href: '/es/conditions/opioids', label: 'Opioides' },
    ],
  },
  {
    title: 'La clínica',
    items: [
      { href: '/es', label: 'Inicio' },
      { href: '/es/request', label: 'Pedir una cita' },
      { href: '/es/location', label: 'Dónde y cuándo' },
      { href: '/es/help-now', label: 'Ayuda ahora' },
    ],
  },
]

/** Short names of sources that are not names of authors, as they stand inside a Spanish sentence. */
const sources: Readonly<Record<string, string>> = {
  'clinic rules': 'reglas de la clínica',
  'esketamine label': 'prospecto de la esketamina',
  'ketamine label': 'prospecto de la ketamina',
  'withdrawal guideline 2020': 'guía de abstinencia 2020',
  'stimulant guideline 2024': 'guía de estimulantes 2024',
  'Pain guideline 2018': 'guía del dolor 2018',
  'Task Force 2021': 'USPSTF 2021',
  'FDA on opioid medicines': 'FDA sobre medicinas para opioides',
  'SAMHSA on naloxone': 'SAMHSA sobre la naloxona',
  'SAMHSA helpline': 'línea de SAMHSA',
  '988 Lifeline': 'línea 988',
  'Nashville VA authors 2019': 'VA de Nashville 2019',
}

/** What became of a registered trial, after its number. */
const outcomes: readonly (readonly [english: string, spanish: string])[] = [
  [', under way', ', en marcha'],
  [', withdrawn', ', retirado'],
]

/** The short name of a source inside a Spanish sentence; names of authors and numbers stay. */
export function shortSource(label: string): string {
  const known = sources[label]
  if (known !== undefined) return known
  for (const [english, spanish] of outcomes) {
    if (label.endsWith(english)) return label.slice(0, -english.length) + spanish
  }
  return label
}

/** The start of the request as search engines and our own search know it. */
export const requestPage = {
  title: 'Pedir una primera conversación',
  summary: 'Pida una primera conversación, sin cuenta. Recibe una referencia y puede ver cómo va.',
} as const

/** What Spanish pages say beside their texts. */
export const spanish = {
  onlyEnglish: 'Esa página está solo en inglés.',
  backToIt: 'Volver a ella',
  inSpanish: 'En español',
  whatIsSpanish:
    'Estas diez páginas y la solicitud están en español. El resto del sitio está en inglés; donde un enlace va a una página en inglés, lo dice. La traducción es nuestra.',
  englishNewer: 'La página en inglés es más nueva.',
  englishNewerText: 'Cambió después de esta traducción. Si lee inglés, lea la otra.',
  readEnglish: 'Leer la página en inglés',
  translated:
    'Traducción nuestra del texto en inglés. Ningún profesional clínico ha revisado todavía esta traducción.',
  reviewed: (day: string) => `Traducción nuestra, revisada el ${day}.`,
  sources: 'Fuentes (en inglés)',
  unverified: 'Sin comprobar',
  request: 'Pedir una cita',
  call: (phone: string) => `Llamar al ${phone}`,
  evidence: 'Los estudios, uno por uno',
  evidenceText: 'Con sus cifras, sus dibujos y sus puntos débiles, también los que no hallaron nada.',
  evidenceLink: 'Ver los estudios sumados (en inglés)',
  home: {
    title: 'Ayuda con la adicción, con las probabilidades dichas claro',
    lead: (clinic: string, place: string) =>
      `${clinic}${place ? `, en ${place},` : ''} trata a adultos con ketamina y terapia, con una enfermera a su lado.`,
    forWhom: 'Para quién',
    forWhomText: 'Adultos con trastorno por consumo de alcohol que quieren más de lo que ya probaron.',
    notEveryone: 'No es para todos',
    howSure: 'Qué tan seguro es',
    howSureText: 'No mucho. Es un uso no aprobado (“off-label”).',
    seeTrials: 'Vea los ensayos',
    next: 'El paso siguiente',
    nextLink: 'Pida una primera visita',
    nextText:
      'Sin cuenta y sin referido. Ese día no se da nada. Diga en la solicitud que prefiere hablar en español.',
  },
  help: {
    call988: 'Llamar al 988 y marcar el 2',
    text988: 'Enviar AYUDA por texto al 988',
    call911: 'Llamar al 911 (peligro de muerte)',
    /** Above the results of a search that speaks of danger. */
    first: 'Si usted puede estar en peligro, pida ayuda primero',
    firstText:
      'Llame al 988 y marque el 2, o envíe AYUDA por texto al 988, de día o de noche. Si alguien puede morir o está malherido, llame al 911. Nadie lee lo que escribe aquí.',
    firstInOneLine: 'Primero la ayuda: llame al 988 y marque el 2, o llame al 911.',
    whatToDo: 'Qué hacer ahora',
    more: 'Más números',
    /** Spanish of the 988 Lifeline: 988lifeline.org/get-help/what-to-expect. */
    numbers: [
      {
        who: 'En español, a cualquier hora',
        say: 'Llame al 988 y marque el 2. Por texto: envíe la palabra AYUDA al 988. También hay chat en español.',
        href: 'https://988lifeline.org/',
        label: '988lifeline.org',
      },
      {
        who: 'Veteranos',
        say: 'Llame al 988 y marque el 1, o envíe un texto al 838255.',
        href: 'sms:838255',
        label: 'Texto al 838255',
      },
      {
        who: 'Dónde hallar tratamiento',
        say: 'Línea nacional de SAMHSA, a toda hora, gratis, en inglés y en español.',
        href: 'tel:+18006624357',
        label: '1-800-662-4357',
      },
      {
        who: 'Algo venenoso',
        say: 'Centro de envenenamientos, a toda hora. Si la persona no despierta o no respira, llame al 911.',
        href: 'tel:+18002221222',
        label: '1-800-222-1222',
      },
    ],
  },
  place: {
    invented: 'La calle, el teléfono y el horario son inventados.',
    inventedText: 'Esto es una demostración. Nadie responde en este número.',
    where: 'Dónde',
    address: 'Dirección',
    phone: 'Teléfono',
    email: 'Correo electrónico',
    hours: 'Horario',
    days: 'Días',
    open: 'Abierto',
    closed: 'cerrado',
    zone: (zone: string) => `Todas las horas son de la ${zone}`,
    noHours: 'El horario estará aquí',
    noHoursText: 'La clínica todavía no lo ha escrito. Llame o escriba antes de venir.',
    otherTimes:
      'A otras horas: si hay peligro de muerte llame al 911; en una crisis llame al 988 y marque el 2.',
    directions: 'Cómo llegar (en inglés)',
  },
  missing: {
    title: 'Aquí no hay nada',
    text: 'Puede que la dirección esté mal escrita, o que la página ya no exista.',
    home: 'A la primera página en español',
    danger: 'Si puede estar en peligro, pida ayuda primero',
    dangerText:
      'Llame al 988 y marque el 2, de día o de noche. Si alguien puede morir o está muy herido, llame al 911.',
    dangerLink: 'Qué hacer ahora',
  },
} as const

/** Opening hours of some days as people say them: `08:00` to `16:30` is `de 8 a. m. a 4:30 p. m.`. */
export function openInSpanish(opens: string, closes: string): string {
  return opens && closes ? `de ${hour(opens)} a ${hour(closes)}` : spanish.place.closed
}

function hour(time: string): string {
  const match = /^(\d{2}):(\d{2})$/.exec(time)
  if (!match) return time
  const hours = Number(match[1])
  const minutes = match[2] === '00' ? '' : `:${match[2]}`
  return `${hours % 12 === 0 ? 12 : hours % 12}${minutes} ${hours < 12 ? 'a. m.' : 'p. m.'}`
}
