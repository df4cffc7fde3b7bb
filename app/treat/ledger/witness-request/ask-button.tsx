import { Button } from '../../../ui/index.ts'

/** Ends the reading of an act the other way: its witness signs on their own device. It stands after the button that records. */
export function AskElsewhereButton({ size = 'bedside' }: { size?: 'normal' | 'bedside' }) {
  return (
    <Button name="intent" value="ask-witness" kind="quiet" size={size}>
      Ask somebody on another device
    </Button>
  )
}
