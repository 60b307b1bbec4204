import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import type { App } from '../app.ts'
import { legalDay } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import { closeAccount, closeToken, createAccount, createToken } from './accounts.ts'
import type { Role } from './actor.ts'

export type Out = (line: string) => void

/**
 * `mingxin user add | close`. A password comes by standard input (`--password-stdin`), else one is made and printed once. The answer is the
 * exit code: 0 done, 2 called wrongly; a refusal is thrown.
 */
export async function runUser(args: string[], app: App, out: Out, stdin: () => Promise<string> = readInput): Promise<number> {
  const [verb = '', ...rest] = args
  const values = readOptions(rest, ['login', 'name', 'unit', 'role', 'subject'], ['password-stdin', 'json'])
  if (!values?.['login'] || !(verb === 'add' || verb === 'close')) return wrongly(out, app.words.say('user.usage'))
  const { login } = values
  if (verb === 'close') {
    const accountId = await closeAccount(app, login)
    say(out, values, { accountId, login }, `已关闭账号 ${login}。`)
    return 0
  }
  if (!values['name'] || !values['role']) return wrongly(out, app.words.say('user.usage'))
  const given = values['password-stdin'] ? (await stdin()).replace(/\r?\n$/, '') : null
  const password = given ?? randomBytes(12).toString('base64url')
  const subject = values['subject'] ? { subjectId: Number(values['subject']) as SubjectId } : {}
  const accountId = await createAccount(app, {
    login,
    name: values['name'],
    unit: values['unit'] ?? null,
    roles: values['role'].split(',') as Role[],
    password,
    ...subject,
  })
  const made = given === null ? { password } : {}
  say(
    out,
    values,
    { accountId, login, ...made },
    `已建立账号 ${login}。${given === null ? `密码（只显示这一次）：${password}` : ''}`,
  )
  return 0
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

async function readInput(): Promise<string> {
  let text = ''
  for await (const piece of process.stdin) text += String(piece)
  return text
}
