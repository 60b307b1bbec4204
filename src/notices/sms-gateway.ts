import { createHmac } from 'node:crypto'
import type { SmsGateway } from '../law/sender-model.ts'
import { readSecret } from './secret.ts'
import type { Sender, SenderAnswer } from './senders.ts'

const SECONDS = 8
const MOST_BYTES = 64 * 1024

/**
 * A sender by an HTTP gateway: a signed JSON request with the serial number, by which the gateway tells a second try from a second message. An
 * answer 2xx is taken; 4xx is refused for good, but for those that ask for patience (408, 425, 429); anything else is thrown.
 */
export function smsSender({ gateway, account, secret }: SmsGateway, secretsDir: string | null, now: () => Date): Sender {
  return async ({ serial, to, text }): Promise<SenderAnswer> => {
    const body = JSON.stringify({ serial, to, text })
    const time = now().toISOString()
    const signature = createHmac('sha256', await readSecret(secretsDir, secret))
      .update(`${time}\n${body}`)
      .digest('hex')
    const answer = await fetch(gateway, {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.timeout(SECONDS * 1000),
      headers: {
        'content-type': 'application/json',
        'x-account': account,
        'x-time': time,
        'x-serial': serial,
        'x-signature': signature,
      },
      body,
    })
    await drained(answer)
    if (answer.ok) return { taken: true }
    if (answer.status >= 400 && answer.status < 500 && ![401, 403, 408, 425, 429].includes(answer.status))
      return { taken: false, reason: 'refused' }
    throw new Error(`the SMS gateway answered ${answer.status}`)
  }
}

/** What it says besides is not asked; an answer without end is broken off. */
async function drained(answer: Response): Promise<void> {
  if (answer.body === null) return
  let bytes = 0
  for await (const part of answer.body) {
    bytes += part.byteLength
    if (bytes > MOST_BYTES) return
  }
}
