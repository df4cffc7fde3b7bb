import { connect, type Socket } from 'node:net'
import { createMllpDecoder, frame } from './mllp.ts'

/** The sending side of MLLP, as a monitor's gateway has it: one message at a time, and the next after its answer. */
export type MllpSender = {
  /** Sends one message and waits for its answer; rejects when the connection ends before. The caller sends again. */
  send(message: string): Promise<string>
  close(): void
}

/** Connects; rejects when nobody listens. */
export function openMllpSender(host: string, port: number): Promise<MllpSender> {
  return new Promise((opened, notOpened) => {
    const socket: Socket = connect({ host, port, noDelay: true })
    const decoder = createMllpDecoder({ maxMessageBytes: 65_536, maxGarbageBytes: 0 })
    let waiting: { done: (answer: string) => void; failed: (why: Error) => void } | undefined
    let why = new Error('the connection was closed')
    const fail = () => {
      waiting?.failed(why)
      waiting = undefined
      notOpened(why)
    }
    socket.on('error', (error) => {
      why = error
    })
    socket.on('close', fail)
    socket.on('data', (chunk) => {
      for (const event of decoder.push(chunk)) {
        if (event.kind !== 'message') continue
        waiting?.done(new TextDecoder().decode(event.bytes))
        waiting = undefined
      }
    })
    socket.on('connect', () =>
      opened({
        send: (message) =>
          new Promise((done, failed) => {
            waiting = { done, failed }
            if (socket.closed || socket.destroyed) fail()
            else socket.write(frame(message))
          }),
        close: () => socket.destroy(),
      }),
    )
  })
}
