import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { neutralSender, tellingWord } from './neutral-words.ts'
import { offerMail } from './offer-mail.ts'
import { messageProblem } from './reply-template.ts'
import { TOPICS } from './request.ts'
import { wordsIn } from './words/words-in.ts'

/** Every word and phrase, without accents, one a row: one that is no longer known fails here. */
const KNOWN = `
  abstinencia | acamprosate | adderall | addiction | adiccion | adicciones | adicta | adicto | aerosol nasal
  | alcohol | alcoholica | alcoholico | alcoholismo | alprazolam | ambien | amphetamine | ansias | ansiedad
  | antabuse | antidepressant | anxiety | apostar | apuestas | ataque de panico | ativan | aud | autolesion
  | beber | bebida | beer | behavior addiction | behavioral | benzo | benzodiazepine | benzodiazepines |
  betting | bipolar | blackout | bong | booze | borracha | borracho | brixadi | bupe | buprenorphine |
  bupropion | campral | cannabis | casino | celexa | cerveza | champix | chantix | chewing tobacco | cigar |
  cigarette | cigarrillo | cigarro | clonazepam | cocaine | codeine | coke | compulsion | consumo | cptsd |
  crack | craving | cymbalta | dejar de beber | dejar de fumar | delirium tremens | dependencia | depression
  | deprimida | deprimido | desintoxicacion | detox | detoxification | diazepam | disulfiram | dolophine |
  dope | dopesick | downers | draftkings | drank again | drink | drinking | drip | droga | drogas | drug |
  drugged | drunk | e cigarette | ecig | ect | edibles | effexor | electroconvulsive | electroshock |
  esketamine | estres postraumatico | fanduel | fell off the wagon | fent | fentanilo | fentanyl | fetty |
  flashback | fortnite | freebase | fumar | gambling | gamer | gaming | hallucination | hangover | hashish |
  hearing voices | heroin | heroina | hierba | high on | hooch | hydrocodone | infusion | intrusive thought
  | juegos de azar | juul | k hole | ket | ketalar | ketamine | khole | kitkat | klonopin | kratom | lexapro
  | librium | liquor | loot box | lorazepam | low mood | lsd | ludopatia | manic | manic depression |
  marihuana | marijuana | mdd | mdma | mental health | metadona | metanfetamina | meth | methadone |
  methamphetamine | minecraft | misuse | mood swing | morphine | mota | mushrooms | naloxone | naltrexone |
  narcan | nasal spray | nicotina | nicotine | nose candy | nose spray | obsession | obsessive | ocd |
  opiaceos | opiate | opioid | opioides | opioids | oud | overuse | oxy | oxycodone | oxycontin | oxys |
  pain pills | painkiller | panic attack | panico | paranoid | pastillas para dormir | paxil | percocet |
  playstation | poker | porn | porn addiction | porro | post traumatic | posttraumatic | prozac |
  psilocibina | psilocybin | psychosis | psychotic | ptsd | que es la ketamina | quetamina | rape | recaida
  | recovering | recovery | recuperacion | relapse | restoril | revia | roblox | roulette | sadness | salud
  mental | schizo | schizophrenia | self harm | sex addiction | sexual assault | shock therapy | shopping
  addiction | sindrome de abstinencia | sleeping pill | slot machine | smoke | smoker | smoking | snri |
  sober | sobria | sobriedad | sobriety | sobrio | special k | sportsbook | spravato | ssri | stoned |
  sublocade | suboxone | substance | subutex | sustancia | sustancias | tabaco | tept | tequila | thc | the
  shakes | tobacco | toc | tomar alcohol | trago | tramadol | tranq | tranquilizer | trauma | trazodone |
  tripping | tristeza | valium | vape | vaping | varenicline | vicodin | video game | videojuego |
  videojuegos | vitamin k | vivitrol | vodka | weed | wellbutrin | whiskey | whisky | white powder | wine |
  wino | withdrawal | xanax | xannies | xanny | xans | xbox | yerba | zoloft | zolpidem | zubsolv | zyban |
  zyn`

/** Words in other forms: doers, plurals, accents, capitals. */
const FORMS = `
  addicted | addicts | adictos | adictas | alcoholic | alcoholism | amphetamines | anfetaminas | antidepressants |
  antidepresivo | antipsychotic | antipsicótico | benzodiazepines | benzodiacepinas | buprenorphine | buprenorfina |
  cigarettes | cocaína | cocaine | compulsive | cravings | depressed | depresión | deprimido | deprimente | detoxify |
  desintoxicación | drogadicto | dependence | dependency | esketamina | esquetamina | fentanilo | heroína | infusions
  | infusiones | intoxicated | ketamina | KETAMINE | quetamina | ludópata | marihuana | marijuana | metadona |
  methadone | metanfetaminas | methamphetamines | naltrexona | narcotics | nicotina | nicotine | opiáceos | opiates |
  opioids | overdosed | overdose | psicodélico | psicólogo | psicosis | psicoterapia | psiquiatra | psiquiátrico |
  psychedelics | psychiatrist | psychologist | psychosis | psychotherapist | rehabilitation | rehab | relapsed |
  recaída | schizophrenic | sobredosis | Spravato | stimulants | estimulantes | Suboxone | substances | suicidal |
  suicide | suicidio | tabaquismo | tobacco | traumatic | withdrawals | síndrome-de-abstinencia | esquizofrenia |
  adicción | drogas | alcohol | Drugs | drunks | sober | PTSD | bipolar | weed | crack`

const rows = (table: string) => table.split('|').map((row) => row.replace(/\s+/g, ' ').trim())

describe('a telling word', () => {
  test.each([...rows(KNOWN), ...rows(FORMS)])('“%s” is found', (word) => {
    const found = tellingWord(`Hello Robin, about (${word}): call us`)
    expect(found).toBeDefined()
    expect(tellingWord(word.toUpperCase())).toBeDefined()
  })

  test.each(
    TOPICS.filter(({ id }) => id !== 'other' && id !== 'unsure').flatMap(({ id }) => [
      wordsIn.en.choices.topics[id].words,
      wordsIn.es.choices.topics[id].words,
    ]),
  )('stands in the topic “%s”', (topic) => {
    expect(tellingWord(topic)).toBeDefined()
  })

  test.each([
    ['keta\u00admine', 'ketamine'],
    ['keta\u200bmine', 'ketamine'],
    ['adiccio\u0301n', 'adicción'],
    ['ketamine_visit', 'ketamine'],
    ['https://www.harborketamine.example.org', 'harborketamine'],
    ['methadone’s', 'methadone’s'],
  ])('“%s” is found however it is spelled', (text, found) => {
    expect(tellingWord(text)).toBe(found)
  })

  test.each([
    'When may we call you?',
    'It depends on the day; we close when there is snow and ice.',
    'Dr. Tina Blunt, Harbor Clinic',
    'We look forward to your visit. Please bring a photo ID.',
    '¿Cuándo podemos llamarle? Cuando vino no había nadie. No tenga miedo.',
    'The interpreter and the independence of our subscription',
    '',
  ])('is not in “%s”', (text) => {
    expect(tellingWord(text)).toBeUndefined()
  })

  it('is looked for in any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => tellingWord(`${text} ketamine`) !== undefined),
    )
  })
})

describe('the name of the clinic', () => {
  test.each(['Our Harbor Ketamine Clinic will call', 'Harbor Ketamine Clinic', 'Nova Health Recovery'])(
    'that tells stays out of a message: “%s”',
    (words) => {
      expect(messageProblem(words)).toContain('Leave out')
      expect(neutralSender(words)).toBeUndefined()
    },
  )

  it('that tells nothing may stand in it', () => {
    expect(messageProblem('Our Harbor Clinic will call')).toBeUndefined()
  })

  it('that tells is not in the offer of times', () => {
    const { subject, body } = offerMail(
      { name: 'Centro de Adicción', phoneDisplay: '703-555-0100' },
      { reference: 'AB12-CD34', stateHref: 'https://clinic.example.org/request/state/x' },
    )
    expect(tellingWord(`${subject}\n${body}`)).toBeUndefined()
  })
})
