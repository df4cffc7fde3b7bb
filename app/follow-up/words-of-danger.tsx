import { Notice } from '../ui/index.ts'

/** Shown at once when what somebody wrote speaks of danger. */
export function WordsOfDanger() {
  return (
    <Notice
      state="amber"
      announce="alert"
      title="What you wrote sounds like danger. You do not have to be alone with it."
    >
      <p>
        <a href="tel:988">Call</a> or <a href="sms:988">text 988</a> now, day or night: someone listens. In
        danger, <a href="tel:911">call 911</a>. A named person here has been asked to reach you; nobody
        watches this page live, so please do not wait for us.
      </p>
    </Notice>
  )
}
