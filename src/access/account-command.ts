import { parseArgs } from 'node:util'
import type { App } from '../app.ts'
import { legalDay } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import { closeAccount, closeToken, createAccount, createToken, type NewlyOpened } from './accounts.ts'
import type { Role } from './actor.ts'
import { FIRST_CODE_DAYS } from './first-code.ts'
import { reissueFirstCode } from './first-password.ts'

export type Out = (line: string) => void

/**
 * `mingxin user add | code | close`. No password is typed or made here, the operator's own neither: opening an account prints the code with which
 * its owner sets one, `code` prints another in its place. The answer is the exit code: 0 done, 2 called wrongly; a refusal is thrown.
 */
export async function runUser(args: string[], app: App, out: Out): Promise<number> {
  const [verb = '', ...rest] = args
  const values = readOptions(rest, ['login', 'name', 'unit', 'role', 'subject'], ['json'])
  if (!values?.['login'] || !['add', 'code', 'close'].includes(verb)) return wrongly(out, app.words.say('user.usage'))
  const { login } = values
  if (verb === 'close') {
    const accountId = await closeAccount(app, login)
    say(out, values, { accountId, login }, app.words.say('user.closed', { login }))
    return 0
  }
  if (verb === 'code') {
    sayCode(app, out, values, { login, ...(await reissueFirstCode(app, login)) }, 'user.code')
    return 0
  }
  if (!values['name'] || !values['role']) return wrongly(out, app.words.say('user.usage'))
  const roles = values['role'].split(',') as Role[]
  const subject = values['subject'] ? { subjectId: Number(values['subject']) as SubjectId } : {}
  const opened = await createAccount(app, { login, name: values['name'], unit: values['unit'] ?? null, roles, ...subject })
  sayCode(app, out, values, { login, ...opened }, 'user.added')
  return 0
}

function sayCode(app: App, out: Out, values: Values, opened: NewlyOpened & { login: string }, sentence: string): void {
  const { login, accountId, code, endsAt } = opened
  const address = new URL('/signin/first', app.publicUrl).href
  const facts = { accountId, login, code, endsAt: endsAt.toISOString() }
  say(out, values, facts, app.words.say(sentence, { login, code, address, days: FIRST_CODE_DAYS }))
}

/** `mingxin token create | close`. The token is printed once. The answer is the exit code, as for `runUser`. */
export async function runToken(args: string[], app: App, out: Out): Promise<number> {
  const [verb = '', ...rest] = args
  const values = readOptions(rest, ['name', 'unit', 'role', 'days', 'id'], ['json'])
  if (!values) return wrongly(out, app.words.say('token.usage'))
  if (verb === 'close' && values['id']) {
    await closeToken(app, Number(values['id']))
    say(out, values, { tokenId: Number(values['id']) }, `已关闭令牌 ${values['id']}。`)
    return 0
  }
  if (verb !== 'create' || !values['name'] || !values['unit']) return wrongly(out, app.words.say('token.usage'))
  const roles = (values['role'] ?? 'program').split(',') as Role[]
  const days = Number(values['days'] ?? 365)
  const { token, tokenId, endsAt } = await createToken(app, { name: values['name'], unit: values['unit'], roles, days })
  const until = legalDay(endsAt, app.city.zone)
  say(out, values, { tokenId, token, endsAt: endsAt.toISOString() }, `令牌（只显示这一次，${until}前有效）：${token}`)
  return 0
}

type Values = Record<string, string | undefined>

/** The options given, `true` as text; null where one is not known or a word stands alone. */
function readOptions(args: readonly string[], texts: readonly string[], flags: readonly string[]): Values | null {
  const options = Object.fromEntries([
    ...texts.map(name => [name, { type: 'string' as const }] as const),
    ...flags.map(name => [name, { type: 'boolean' as const }] as const),
  ])
  const { values, tokens } = parseArgs({ args: [...args], options, strict: false, tokens: true, allowPositionals: true })
  const isSound = tokens.every(
    token => token.kind === 'option' && token.name in options && (flags.includes(token.name) || token.value !== undefined),
  )
  return isSound ? Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)])) : null
}

function wrongly(out: Out, usage: string): number {
  for (const line of usage.split('\n')) out(line)
  return 2
}

function say(out: Out, values: Values, facts: Record<string, unknown>, sentence: string): void {
  out(values['json'] ? JSON.stringify(facts) : sentence)
}
