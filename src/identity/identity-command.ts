import { parseArgs } from 'node:util'
import type { App } from '../app.ts'
import { legalDay } from '../base/day.ts'
import { endStaffBinding, inviteStaff } from './staff-binding.ts'

/**
 * `mingxin identity invite | end`: an administrator at the terminal lets a member of staff bind a unified identity to his account, or takes it
 * back. The code is printed once. The answer is the exit code: 0 done, 2 called wrongly; a refusal is thrown.
 */
export async function runIdentity(app: App, args: string[], out: (line: string) => void): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    options: { login: { type: 'string' }, provider: { type: 'string' }, json: { type: 'boolean' } },
    allowPositionals: true,
  })
  const { login, provider, json } = values
  const [verb, ...more] = positionals
  const say = (facts: Readonly<Record<string, string>>, code: string): void =>
    out(json ? JSON.stringify(facts) : app.words.say(code, facts))
  if (!login || !provider || more.length > 0 || !(verb === 'invite' || verb === 'end')) {
    for (const line of app.words.say('identity.usage').split('\n')) out(line)
    return 2
  }
  if (verb === 'end') {
    await endStaffBinding(app, { login, provider })
    say({ login, provider }, 'identity.ended')
    return 0
  }
  const { code, endsAt } = await inviteStaff(app, { login, provider })
  say({ login, provider, code, until: legalDay(endsAt, app.city.zone) }, 'identity.invited')
  return 0
}
