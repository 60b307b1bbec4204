import { isLoopback } from './check-identity.ts'
import type { Check } from './ground.ts'

/** Messages name people by telephone and mail address: they go over TLS, or no further than this machine. */
export const checkSenders: Check = ({ reading }, report) => {
  for (const at of reading.senders) {
    const { sms, email } = at.value
    if (sms && !URL.canParse(sms.gateway))
      report('law.value-malformed', at, ['sms', 'gateway'], { key: 'gateway', value: sms.gateway })
    else if (sms?.gateway.startsWith('http:') && !isLoopback(sms.gateway))
      report('law.sender-without-tls', at, ['sms', 'gateway'])
    if (email?.security !== 'none') continue
    if (!isLoopback(`http://${email.host}`)) report('law.sender-without-tls', at, ['email', 'security'])
    // A password goes over TLS alone, wherever the server stands.
    if (email.login) report('law.sender-login-open', at, ['email', 'login'])
  }
}
