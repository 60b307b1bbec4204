import { add, type Plant } from './plant.ts'
import type { FlawCode } from './rules.ts'
import { planted } from './testing.ts'

const FILE = 'city/small/senders.yaml'
const SOUND = `sms: { gateway: https://sms.invalid/messages, account: credit, secret: sms.secret }
email:
  host: mail.invalid
  port: 465
  security: tls
  greets: credit.invalid
  from: office@credit.invalid
  name: 示例平台
  login: { user: credit, secret: mail.secret }
`
const wrong = (code: FlawCode, from: string, to: string, line: string): Plant => add(code, FILE, planted(SOUND, from, to), line)

/** Senders that would let a message, or a password, be read on the way. */
export const SENDER_PLANTS: readonly Plant[] = [
  wrong('law.sender-without-tls', 'https://', 'http://', 'sms:'),
  add(
    'law.sender-without-tls',
    FILE,
    SOUND.replace('security: tls', 'security: none').replace(/ {2}login:.*\n/, ''),
    'security: none',
  ),
  add(
    'law.sender-login-open',
    FILE,
    SOUND.replace('security: tls', 'security: none').replace('mail.invalid', 'localhost'),
    'login:',
  ),
  wrong('law.value-malformed', 'office@credit.invalid', 'office', 'from:'),
  wrong('law.value-not-allowed', 'security: tls', 'security: ssl', 'security:'),
]
