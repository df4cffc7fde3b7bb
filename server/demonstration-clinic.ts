/**
 * The clinic this platform is delivered for. Name and town are real; street, telephone, hours and prices are
 * invented from reserved ranges until the clinic fills them in.
 */
export const novaHealthRecovery = {
  name: 'Nova Health Recovery',
  city: 'Fairfax',
  region: 'Virginia',
  addressLines: ['100 Example Street, Suite 2 (invented)'],
  phoneDisplay: '703-555-0142',
  email: 'hello@example.org',
  timeZone: 'America/New_York',
  openingHours: [{ days: 'Monday to Sunday', opens: '07:00', closes: '21:00' }],
  directions: [
    'By car: parking behind the house; on a treatment day somebody else must drive you home.',
    'By bus: ask us, we will look up the nearest stop with you.',
    'Step-free entrance on the parking side.',
  ],
  services: [
    {
      name: 'First conversation',
      summary: 'Twenty minutes by telephone, to see whether this could be right for you.',
      price: 'no charge (invented)',
    },
    {
      name: 'Assessment',
      summary: 'History, questionnaires and a medical examination, then an answer with its reasons.',
      price: '$350 (invented)',
    },
    {
      name: 'Supervised session',
      summary: 'Preparation, infusion with a nurse beside you, and recovery; about three hours.',
      price: '$650 (invented)',
    },
    {
      name: 'Therapy session',
      summary: 'Before and after sessions, with the same therapist throughout.',
      price: '$180 (invented)',
    },
    {
      name: 'Follow-up',
      summary: 'Check-ins, questionnaires and a conversation when you need one, for a year.',
      price: 'no charge (invented)',
    },
  ],
  demonstration: true,
}
