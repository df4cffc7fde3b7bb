import { Notice } from '../../ui/index.ts'
import type { FlowPage } from '../intake-page.server.ts'

/** Help at once, when an answer asks for it. Says truly that nobody watches. */
export function HelpNotice({ phone }: { phone: FlowPage['phone'] }) {
  return (
    <Notice state="amber" announce="alert" title="You do not have to be alone with this">
      <p>
        <a href="tel:988">Call</a> or <a href="sms:988">text 988</a> now, day or night: someone listens. If
        you are in danger, <a href="tel:911">call 911</a>.
      </p>
      <p>
        Your answer has reached a named person here, who is asked to contact you. Nobody watches this form
        live, so please do not wait for us
        {phone.href && (
          <>
            ; you can also call us on <a href={phone.href}>{phone.display}</a>
          </>
        )}
        .
      </p>
    </Notice>
  )
}

/** On the screens that follow, shorter, so that the question stays in sight. */
export function HelpReminder() {
  return (
    <Notice state="calm" title="Help is there at any time">
      <p>
        <a href="tel:988">Call</a> or <a href="sms:988">text 988</a>; in danger <a href="tel:911">call 911</a>
        . Nobody watches this form live.
      </p>
    </Notice>
  )
}
