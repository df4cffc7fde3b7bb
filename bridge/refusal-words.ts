import type { MllpFault } from './mllp.ts'
import type { MessageRefusal } from './read-oru.ts'
import type { SpoolRefusal } from './spool.ts'

/** Everything for which a monitor is told no. */
export type Refusal = MessageRefusal | SpoolRefusal | MllpFault | 'internal'

/**
 * How each refusal is said: `AR` the message itself cannot be taken, sending it again is of no use; `AE` it may be sent again later. `code` is of
 * HL7 table 0357. The words go to the monitor's gateway and into the guide; they never carry content of the message.
 */
export const refusalWords: Readonly<
  Record<
    Refusal,
    { readonly ack: 'AR' | 'AE'; readonly code: keyof typeof errorNames; readonly words: string }
  >
> = {
  empty: { ack: 'AR', code: '100', words: 'The message is empty.' },
  'not-text': {
    ack: 'AR',
    code: '102',
    words: 'The bytes are neither UTF-8 nor the character set named in MSH-18.',
  },
  'not-er7': { ack: 'AR', code: '100', words: 'Not HL7 v2 with the separators |^~\\&.' },
  'batch-envelope': { ack: 'AR', code: '100', words: 'A batch of messages; send them one by one.' },
  'batch-without-message': { ack: 'AR', code: '100', words: 'A batch envelope without a message.' },
  'several-messages': { ack: 'AR', code: '100', words: 'Several messages in one envelope.' },
  'mixed-line-ends': { ack: 'AR', code: '100', words: 'Lines end in different ways within the message.' },
  'wrapped-lines': {
    ack: 'AR',
    code: '100',
    words: 'A line does not begin with a segment: lines were wrapped.',
  },
  'too-many-parts': { ack: 'AR', code: '102', words: 'More segments or separators than a monitor sends.' },
  'no-control-id': {
    ack: 'AR',
    code: '101',
    words: 'MSH-10 is empty; the message could not be acknowledged.',
  },
  'not-observations': { ack: 'AR', code: '200', words: 'Only ORU^R01 and ORU^R40 are taken.' },
  'pump-event': { ack: 'AR', code: '201', words: 'Pump events are not taken.' },
  'alarm-not-taken': {
    ack: 'AR',
    code: '201',
    words: 'Patient alarms are not taken; limits are judged from readings.',
  },
  'not-production': { ack: 'AR', code: '202', words: 'MSH-11 does not say production.' },
  'several-patients': { ack: 'AR', code: '100', words: 'More than one PID in a message of one monitor.' },
  'unknown-device': {
    ack: 'AR',
    code: '204',
    words: 'No device of the configuration is known by this message.',
  },
  'ambiguous-device': {
    ack: 'AR',
    code: '204',
    words: 'Several devices of the configuration fit this message.',
  },
  'no-observations': { ack: 'AR', code: '101', words: 'No OBX segment.' },
  'no-readings': { ack: 'AR', code: '103', words: 'No row gave a reading.' },
  'spool-full': {
    ack: 'AE',
    code: '207',
    words: 'The buffer on disk is full; the server has been away too long.',
  },
  'device-backlog-full': { ack: 'AE', code: '207', words: 'Too much of this device waits for the server.' },
  'disk-refused': { ack: 'AE', code: '207', words: 'The disk did not take the message.' },
  'spool-closed': { ack: 'AE', code: '207', words: 'The bridge is stopping.' },
  garbage: { ack: 'AR', code: '100', words: 'Bytes outside an MLLP envelope.' },
  'too-large': { ack: 'AR', code: '207', words: 'The message is larger than the bridge takes.' },
  'half-message': { ack: 'AR', code: '100', words: 'The message broke off.' },
  'bad-end': { ack: 'AR', code: '100', words: '0x1c was not followed by 0x0d.' },
  internal: { ack: 'AE', code: '207', words: 'The bridge made an error; its log has it.' },
}

/** HL7 table 0357, as far as it is used. */
export const errorNames = {
  '100': 'Segment sequence error',
  '101': 'Required field missing',
  '102': 'Data type error',
  '103': 'Table value not found',
  '200': 'Unsupported message type',
  '201': 'Unsupported event code',
  '202': 'Unsupported processing id',
  '204': 'Unknown key identifier',
  '207': 'Application internal error',
} as const
