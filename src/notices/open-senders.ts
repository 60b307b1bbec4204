import type { SenderLaw } from '../law/sender-model.ts'
import { mailSender } from './mail-server.ts'
import type { Senders } from './senders.ts'
import { smsSender } from './sms-gateway.ts'

/** The city's senders, as `senders.yaml` names them; what it does not have is null. */
export function openSenders({ sms, email }: SenderLaw, secretsDir: string | null, now: () => Date): Senders {
  return {
    sms: sms ? smsSender(sms, secretsDir, now) : null,
    email: email ? mailSender(email, secretsDir, now) : null,
  }
}
