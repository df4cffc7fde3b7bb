/** What a query is a test of. `nothing` expects no result at all. */
export type RelevanceSort =
  | 'plain'
  | 'slip'
  | 'as typed'
  | 'street name'
  | 'word form'
  | 'spelling'
  | 'Spanish'
  | 'sentence'
  | 'study'
  | 'medicine'
  | 'money'
  | 'place'
  | 'family'
  | 'crisis'
  | 'word of the trade'
  | 'nothing'

/** One query that a visitor might type. */
export type RelevanceQuery = {
  readonly sort: RelevanceSort
  readonly query: string
  /** Pages that answer it, the best first; others beside them are fine, but must not stand before them all. */
  readonly pages: readonly string[]
}

/** What a clinic offers in these tests: services are part of its configuration, not of the content. */
export const relevanceServices = [
  { name: 'First conversation', summary: 'Twenty minutes by telephone, to see whether this could be right.' },
  { name: 'Assessment', summary: 'History, questionnaires and a medical examination, then an answer.' },
  {
    name: 'Supervised session',
    summary: 'Preparation, infusion with a nurse beside you, and recovery; about three hours.',
  },
]

const bySort: Readonly<Record<RelevanceSort, readonly (readonly [query: string, ...pages: string[]])[]>> = {
  plain: [
    ['alcohol treatment', '/conditions/alcohol', '/how-treatment-works'],
    ['ketamine', '/what-is-ketamine', '/questions#what-is-ketamine'],
    ['side effects', '/side-effects', '/questions#side-effects'],
    ['addiction', '/how-addiction-works'],
    ['cocaine', '/conditions/cocaine'],
    ['depression', '/conditions/depression'],
    ['ptsd', '/conditions/ptsd'],
    ['gambling addiction', '/conditions/gambling'],
    ['video games', '/conditions/gaming'],
    ['smoking', '/conditions/nicotine'],
    ['cravings', '/articles/cravings-first-week'],
    ['insomnia', '/articles/sleep-after-stopping'],
    ['bladder problems', '/articles/your-bladder', '/bladder-and-dependence', '/questions#bladder'],
    ['brain', '/how-addiction-works', '/how-ketamine-may-act'],
    ['first visit', '/how-treatment-works'],
    ['privacy', '/privacy'],
    ['success rate', '/questions#does-it-work', '/articles/sixty-five-percent', '/results'],
    ['pregnancy', '/questions#pregnant'],
    ['therapist', '/team', '/articles/why-therapy'],
    ['placebo', '/questions#hope', '/glossary#placebo'],
    ['alternatives to ketamine', '/what-else-works', '/questions#what-else-works'],
    ['aftercare', '/after-care'],
    ['who should not take ketamine', '/who-should-not', '/questions#who-should-not'],
    ['conditions you treat', '/conditions'],
    ['driving after infusion', '/driving-and-the-day-after', '/questions#driving'],
  ],
  slip: [
    ['alcahol', '/conditions/alcohol'],
    ['alcoholl', '/conditions/alcohol'],
    ['ketamin', '/what-is-ketamine', '/questions#what-is-ketamine'],
    ['katamine', '/what-is-ketamine', '/questions#what-is-ketamine'],
    ['ketamime', '/what-is-ketamine', '/questions#what-is-ketamine'],
    ['cocain', '/conditions/cocaine'],
    ['cocane', '/conditions/cocaine'],
    ['herion', '/conditions/opioids', '/articles/opioids-two-trials'],
    ['fentynal', '/conditions/opioids'],
    ['methadon', '/questions#methadone-buprenorphine'],
    ['subaxone', '/questions#methadone-buprenorphine', '/conditions/opioids'],
    ['depresson', '/conditions/depression'],
    ['deppression', '/conditions/depression'],
    ['anxeity', '/questions#panic', '/what-it-feels-like'],
    ['gambeling', '/conditions/gambling'],
    ['bipoler', '/conditions/bipolar-depression'],
    ['benzodiazapines', '/conditions/benzodiazepines', '/questions#benzodiazepines'],
    ['xanex', '/conditions/benzodiazepines', '/questions#benzodiazepines'],
    ['marijuanna', '/conditions/cannabis'],
    ['insurrance', '/questions#insurance', '/what-it-costs'],
    ['pregnent', '/questions#pregnant'],
    ['sideeffects', '/side-effects', '/questions#side-effects'],
    ['side efects', '/side-effects', '/questions#side-effects'],
    ['halucinations', '/what-it-feels-like', '/questions#what-it-feels-like', '/side-effects'],
    ['schizofrenia', '/questions#psychosis', '/who-should-not'],
    ['how long does it alst', '/questions#how-long', '/articles/one-infusion'],
    ['nicotin', '/conditions/nicotine'],
    ['withdrawl', '/questions#stop-first', '/glossary#withdrawal', '/conditions/alcohol'],
    ['bladdder', '/questions#bladder', '/articles/your-bladder', '/bladder-and-dependence'],
    ['appoinment', '/request'],
  ],
  'as typed': [
    ['alc', '/conditions/alcohol'],
    ['alcoh', '/conditions/alcohol'],
    ['keta', '/what-is-ketamine', '/questions#what-is-ketamine'],
    ['coca', '/conditions/cocaine'],
    ['depres', '/conditions/depression'],
    ['gam', '/conditions/gambling', '/conditions/gaming'],
    ['benzo', '/conditions/benzodiazepines', '/questions#benzodiazepines'],
    ['methamp', '/conditions/methamphetamine'],
    ['insur', '/questions#insurance', '/what-it-costs'],
    ['side eff', '/side-effects', '/questions#side-effects'],
    ['blad', '/questions#bladder', '/articles/your-bladder', '/bladder-and-dependence'],
    ['naltr', '/what-else-works', '/questions#what-else-works'],
    ['how much doe', '/what-it-costs', '/services'],
    ['is it addic', '/questions#addictive', '/bladder-and-dependence'],
    ['what is ket', '/what-is-ketamine', '/questions#what-is-ketamine'],
    ['preg', '/questions#pregnant'],
    ['bipo', '/conditions/bipolar-depression'],
    ['canna', '/conditions/cannabis'],
    ['for fam', '/for-families'],
    ['spravat', '/questions#esketamine-spray', '/conditions/depression'],
  ],
  'street name': [
    ['booze', '/conditions/alcohol'],
    ['special k', '/articles/street-and-clinic', '/what-is-ketamine', '/questions#street-ketamine'],
    ['k hole', '/articles/street-and-clinic', '/what-it-feels-like', '/questions#street-ketamine'],
    ['crack', '/conditions/cocaine'],
    ['blow', '/conditions/cocaine'],
    ['crystal meth', '/conditions/methamphetamine'],
    ['ice', '/conditions/methamphetamine'],
    ['weed', '/conditions/cannabis'],
    ['pot', '/conditions/cannabis'],
    ['dope', '/conditions/opioids', '/conditions/cannabis'],
    ['smack', '/conditions/opioids'],
    ['percs', '/conditions/opioids'],
    ['blues', '/conditions/opioids'],
    ['benzos', '/conditions/benzodiazepines', '/questions#benzodiazepines'],
    ['xannies', '/conditions/benzodiazepines', '/questions#benzodiazepines'],
    ['vape', '/conditions/nicotine', '/conditions/cannabis'],
    ['slot machines', '/conditions/gambling'],
    ['horse tranquilizer', '/what-is-ketamine'],
    ['tweaking', '/conditions/methamphetamine'],
    ['fent', '/conditions/opioids'],
  ],
  'word form': [
    ['alcoholic', '/conditions/alcohol'],
    ['drinkers', '/conditions/alcohol'],
    ['addicted', '/how-addiction-works', '/questions#addictive'],
    ['gambler', '/conditions/gambling'],
    ['smokers', '/conditions/nicotine'],
    ['depressive', '/conditions/depression', '/conditions/bipolar-depression'],
    ['infusions', '/questions#how-many-sessions', '/articles/one-infusion', '/how-treatment-works'],
    ['hallucinating', '/what-it-feels-like', '/questions#what-it-feels-like', '/side-effects'],
    ['hallucinate', '/what-it-feels-like', '/questions#what-it-feels-like', '/side-effects'],
    ['obsessions', '/conditions/ocd'],
    ['families', '/for-families', '/questions#family'],
    ['relapsed', '/questions#use-again', '/after-care'],
    ['quitting smoking', '/conditions/nicotine'],
    ['vomit', '/side-effects', '/questions#side-effects'],
    ['nauseous', '/side-effects', '/questions#side-effects'],
    ['medications', '/what-else-works', '/questions#antidepressants', '/questions#what-else-works'],
    ['panicking', '/questions#panic'],
    ['traumatized', '/conditions/ptsd'],
    ['study', '/studies'],
    ['lozenges', '/articles/lozenges-at-home', '/questions#at-home'],
  ],
  spelling: [
    ['anaesthetic', '/what-is-ketamine', '/questions#what-is-ketamine', '/glossary#anesthetic'],
    ['randomised trial', '/glossary#randomized', '/studies'],
    ['behavioural addiction', '/glossary#behavioral-addiction', '/conditions/gambling'],
    ['counselling', '/articles/why-therapy', '/team', '/services'],
    ['off label', '/questions#is-it-approved', '/glossary#off-label'],
    ['after care', '/after-care'],
    ['post-traumatic stress', '/conditions/ptsd'],
    ['obsessive compulsive', '/conditions/ocd'],
    ['program for alcohol', '/how-treatment-works', '/conditions/alcohol', '/studies/krupitsky-1997-alcohol'],
    ['tranquilliser', '/conditions/benzodiazepines', '/what-is-ketamine'],
    ['e-cigarettes', '/conditions/nicotine'],
    ['COCAINE!!!', '/conditions/cocaine'],
  ],
  Spanish: [
    ['precio', '/services', '/what-it-costs'],
    ['cuanto cuesta', '/what-it-costs', '/services'],
    ['depresión', '/conditions/depression'],
    ['cocaína', '/conditions/cocaine'],
    ['heroína', '/conditions/opioids'],
    ['alcoholismo', '/conditions/alcohol'],
    ['ketamina', '/what-is-ketamine', '/questions#what-is-ketamine'],
    ['adicción', '/how-addiction-works'],
    ['efectos secundarios', '/side-effects', '/questions#side-effects'],
    ['embarazada', '/questions#pregnant'],
    ['seguro médico', '/questions#insurance', '/what-it-costs'],
    ['hablan español', '/questions#access'],
    ['cita', '/request'],
    ['familia', '/for-families', '/questions#family'],
    ['dirección', '/location'],
  ],
  sentence: [
    ['can I drink wine while I am getting ketamine', '/questions#still-drink'],
    ['how do I stop drinking', '/questions#stop-first', '/conditions/alcohol'],
    ['why can’t I just stop', '/how-addiction-works'],
    ['does ketamine work for alcohol', '/conditions/alcohol', '/questions#does-it-work'],
    ['will I lose my job if I come to you', '/questions#employer-police', '/privacy'],
    ['can i bring my dog', '/questions#phone-music'],
    ['how many infusions do I need', '/questions#how-many-sessions'],
    ['what happens if it doesn’t work for me', '/questions#no-effect', '/articles/when-it-does-not-help'],
    [
      'do you do this over zoom',
      '/questions#at-home',
      '/questions#other-state',
      '/articles/lozenges-at-home',
    ],
    ['i am scared of losing control', '/questions#panic', '/what-it-feels-like'],
    ['can i take it with zoloft', '/questions#antidepressants'],
    ['how old do you have to be', '/questions#age'],
    ['will I be asleep during the infusion', '/questions#awake', '/what-it-feels-like'],
    ['what should I eat before a session', '/how-treatment-works'],
    ['who will be with me in the room', '/questions#in-the-room', '/team'],
    ['can I stop in the middle', '/questions#stop-midway', '/questions#cost-if-i-stop'],
    ['is ketamine legal for addiction', '/questions#is-it-approved'],
    [
      'can i go to AA and take ketamine',
      '/questions#faith',
      '/what-else-works',
      '/questions#what-else-works',
    ],
    ['why do i need talk therapy too', '/articles/why-therapy'],
    ['i cant sleep since i quit drinking', '/articles/sleep-after-stopping'],
    [
      'is buying ketamine from a dealer the same',
      '/articles/street-and-clinic',
      '/questions#street-ketamine',
    ],
    ['my heart beats too fast and blood pressure is high', '/questions#blood-pressure'],
    ['how long does ketamine stay in your system', '/questions#drug-test', '/inside-a-session'],
    ['who wrote these pages', '/about-these-pages'],
    ['I slipped and used again last night', '/questions#use-again', '/after-care'],
  ],
  study: [
    ['Grabski', '/studies/grabski-2022-kare'],
    ['KARE trial', '/studies/grabski-2022-kare', '/studies/ongoing-more-kare'],
    ['dakwar cocaine 2019', '/studies/dakwar-2019-cocaine'],
    ['Krupitsky heroin', '/studies/krupitsky-2002-heroin', '/studies/krupitsky-2007-heroin'],
    ['yoon naltrexone', '/studies/yoon-2025-naltrexone-rct', '/studies/yoon-2019-naltrexone-open'],
    ['zarate 2006', '/studies/zarate-2006-trd'],
    ['Murrough midazolam', '/studies/murrough-2013-trd'],
    ['escape-trd', '/studies/reif-2023-escape-trd'],
    ['sustain-3', '/studies/zaki-2025-sustain3'],
    ['Das reconsolidation beer', '/studies/das-2019-reconsolidation'],
    ['ketamine vs ECT', '/studies/anand-2023-elektd'],
    ['study veterans ptsd', '/studies/abdallah-2022-ptsd'],
    [
      'Morgan Exeter',
      '/studies/grabski-2022-kare',
      '/studies/ongoing-more-kare',
      '/studies/awakn-2022-behavioural-basket',
    ],
    ['Kruptisky 1997', '/studies/krupitsky-1997-alcohol'],
    ['KARMA-Dep', '/studies/jelovac-2025-karmadep2'],
    ['garel benzodiazepine', '/studies/garel-2023-benzodiazepine'],
  ],
  medicine: [
    ['naltrexone', '/what-else-works', '/questions#what-else-works', '/glossary#naltrexone'],
    ['suboxone', '/questions#methadone-buprenorphine', '/conditions/opioids'],
    ['lithium', '/questions#antidepressants', '/conditions/bipolar-depression'],
    ['prozac', '/questions#antidepressants'],
    ['ativan', '/conditions/benzodiazepines', '/questions#benzodiazepines'],
    ['narcan', '/glossary#naloxone', '/conditions/opioids', '/help-now'],
    ['antabuse', '/what-else-works', '/questions#what-else-works', '/glossary#disulfiram'],
    ['esketamine nasal spray', '/questions#esketamine-spray'],
    ['blood pressure pills', '/questions#blood-pressure'],
    ['chantix', '/conditions/nicotine', '/what-else-works'],
    ['MAOI', '/questions#antidepressants', '/glossary#mao-inhibitor'],
    ['methadone and ketamine together', '/questions#methadone-buprenorphine'],
    ['birth control', '/questions#pregnant'],
    ['ambien', '/conditions/benzodiazepines', '/questions#benzodiazepines'],
    ['campral', '/what-else-works', '/glossary#acamprosate', '/questions#what-else-works'],
  ],
  money: [
    ['price', '/services', '/what-it-costs'],
    ['how much is one session', '/what-it-costs', '/services', '/services#supervised-session'],
    ['cost', '/what-it-costs', '/services'],
    ['do you take medicaid', '/questions#insurance', '/what-it-costs'],
    ['blue cross', '/questions#insurance', '/what-it-costs'],
    ['cannot afford treatment', '/what-it-costs', '/questions#insurance'],
    ['money back', '/questions#cost-if-i-stop'],
    ['payment plan', '/questions#insurance', '/what-it-costs'],
    ['cancelation fee', '/questions#cost-if-i-stop'],
  ],
  place: [
    ['where are you located', '/location'],
    ['fairfax', '/location'],
    ['opening times', '/location'],
    ['parking', '/location'],
    ['phone number', '/location'],
    ['are you open on saturday', '/location'],
    ['can I come from maryland', '/questions#other-state'],
    ['directions', '/location'],
    ['near me', '/location'],
    ['assessment', '/services#assessment', '/services'],
    ['wheel chair', '/questions#access'],
    ['contact you', '/location', '/request'],
    ['book', '/request'],
    ['ride home', '/questions#getting-home', '/driving-and-the-day-after'],
  ],
  family: [
    ['my wife drinks', '/for-families', '/questions#family'],
    ['my son is addicted', '/for-families', '/questions#family', '/questions#teenager'],
    ['how can i help my brother', '/for-families', '/questions#family'],
    ['husband refuses treatment', '/questions#unwilling-friend'],
    ['my 16 year old vapes', '/questions#teenager'],
    ['al-anon', '/for-families', '/questions#unwilling-friend'],
    ['can my girlfriend sit with me', '/questions#sit-with-me'],
    ['enabling', '/for-families', '/questions#unwilling-friend'],
    ['how to tell my family', '/articles/someone-who-loves-you'],
    ['my mum is an alcoholic', '/for-families', '/questions#family', '/conditions/alcohol'],
  ],
  crisis: [
    ['i want to kill myself', '/help-now'],
    ['suicidal', '/help-now'],
    ['sucidal thouhgts', '/help-now'],
    ['i dont want to live anymore', '/help-now'],
    ['overdosed on pills', '/help-now'],
    ['my son is not breathing', '/help-now'],
    ['seizure from withdrawal', '/help-now'],
    ['quiero morir', '/help-now'],
    ['me quiero matar', '/help-now'],
    ['suicidio', '/help-now'],
    ['hurt myself', '/help-now'],
    ['kms', '/help-now'],
    ['he took too many and wont wake up', '/help-now'],
    ['thinking about ending it', '/help-now'],
    ['emergency', '/help-now'],
  ],
  'word of the trade': [
    ['NMDA', '/glossary#nmda-receptor', '/how-ketamine-may-act'],
    ['glutamate', '/how-ketamine-may-act', '/glossary#glutamate'],
    ['p-value', '/glossary#p-value'],
    ['what does off-label mean', '/glossary#off-label', '/questions#is-it-approved'],
    ['delirium tremens', '/glossary#delirium-tremens', '/studies/pizon-2018-aws'],
    ['neuroplasticity', '/how-ketamine-may-act', '/glossary#plasticity'],
    ['42 CFR', '/privacy', '/questions#employer-police', '/glossary#part-2'],
    ['contingency management', '/glossary#contingency-management', '/what-else-works'],
    ['dissociation', '/glossary#dissociation', '/what-it-feels-like', '/side-effects'],
    ['intention to treat', '/glossary#intention-to-treat'],
    ['peth test', '/glossary#peth'],
    ['half life', '/glossary#half-life', '/inside-a-session'],
    ['pharmacokinetics', '/inside-a-session'],
    ['meaning of words', '/glossary'],
  ],
  nothing: [
    ['asdfghjkl'],
    ['qqqqzz'],
    ['zxcvbnm'],
    ['blockchain'],
    ['000000'],
    ['???'],
    ['💥💥'],
    ['mortgage'],
    ['the and of'],
  ],
}

/**
 * The relevance set of the search: what visitors type, and where it should lead. Written before the search was tuned on
 * it. Expected pages are a judgment by reading the content, not by looking at what the search gives.
 */
export const relevanceQueries: readonly RelevanceQuery[] = Object.entries(bySort).flatMap(([sort, rows]) =>
  rows.map(([query, ...pages]) => ({ sort: sort as RelevanceSort, query, pages })),
)

/** Whether a query of the set is held out: every third is, and weights and words are not chosen by it. */
export function isHeldOut(index: number): boolean {
  return index % 3 === 2
}

/**
 * One over the place of the first expected page: 1 for the first place, 0 when none is found. A query that should find
 * nothing scores 1 when it does.
 *
 * @param found addresses in the order of the results
 */
export function reciprocalRank({ pages }: RelevanceQuery, found: readonly string[]): number {
  if (pages.length === 0) return found.length === 0 ? 1 : 0
  const at = found.findIndex((href) => pages.includes(href))
  return at < 0 ? 0 : 1 / (at + 1)
}

/**
 * How well the whole order fits, with the best page worth most: discounted gain over the first ten results, divided by
 * what the perfect order would have. Unlike the reciprocal rank it sees which expected page stands first.
 */
export function gradedGain({ pages }: RelevanceQuery, found: readonly string[]): number {
  if (pages.length === 0) return found.length === 0 ? 1 : 0
  const discount = (place: number) => 1 / Math.log2(place + 2)
  const worth = (href: string) => (pages.includes(href) ? pages.length - pages.indexOf(href) : 0)
  const gained = found.slice(0, 10).reduce((sum, href, place) => sum + worth(href) * discount(place), 0)
  return gained / pages.reduce((sum, href, place) => sum + worth(href) * discount(place), 0)
}
