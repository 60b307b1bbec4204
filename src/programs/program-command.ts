import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { SYSTEM } from '../access/actor.ts'
import type { App } from '../app.ts'
import { day } from '../base/day.ts'
import { Refusal } from '../base/refusal.ts'
import { closeProgram, proposeProgram } from './commands.ts'
import { addKey, endKey } from './key-commands.ts'
import { programIdOf } from './model.ts'
import { ALGORITHMS, type Algorithm } from './signing.ts'
import { viewPrograms } from './views.ts'

type Out = (line: string) => void

const TEXTS = [
  'name',
  'unit',
  'purpose',
  'scope',
  'quota',
  'networks',
  'until',
  'id',
  'key',
  'algorithm',
  'public-key',
  'from',
] as const
type Values = { readonly [Name in (typeof TEXTS)[number] | 'json' | 'lost']?: string }

/**
 * `mingxin program add | list | close | key add | key end`. What is added waits for the security administrator, who confirms it in the
 * console. A shared secret is printed once. The answer is the exit code: 0 done, 2 called wrongly; a refusal is thrown.
 */
export async function runProgram(args: string[], app: App, out: Out): Promise<number> {
  const words = args.slice(0, args.findIndex(arg => arg.startsWith('-')) >>> 0)
  const deed = DEEDS[words.join(' ')]
  const values = readOptions(args.slice(words.length))
  const said = deed && values && (await deed(app, values))
  if (!said) {
    for (const line of app.words.say('program.usage').split('\n')) out(line)
    return 2
  }
  for (const line of values.json ? [JSON.stringify(said.facts)] : said.lines) out(line)
  return 0
}

function readOptions(args: readonly string[]): Values | null {
  const options = Object.fromEntries([
    ...TEXTS.map(name => [name, { type: 'string' as const }] as const),
    ...['json', 'lost'].map(name => [name, { type: 'boolean' as const }] as const),
  ])
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
  return positionals.length > 0
    ? null
    : (Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)])) as Values)
}

type Said = { readonly facts: unknown; readonly lines: readonly string[] }
type DeedOf = (app: App, values: Values) => Promise<Said | null>

const DEEDS: Readonly<Record<string, DeedOf>> = {
  add: async (app, { name, unit, purpose, scope, quota = 'program-standard', networks, until }) => {
    if (!name || !unit || !purpose || !scope || !until) return null
    const made = await proposeProgram(app, SYSTEM, {
      ...{ name, unit, purpose, quota, scopes: listOf(scope), networks: listOf(networks), endsOn: day(until) },
    })
    return { facts: made, lines: [`已提出接口程序${made.clientId}，安全管理员在工作台“接口程序”确认后可以使用。`] }
  },
  'key add': async (app, values) => {
    const programId = programOf(values)
    const algorithm = ALGORITHMS.find(one => one === (values.algorithm ?? 'ed25519'))
    const file = values['public-key']
    if (programId === null || !algorithm || (algorithm === 'ed25519') !== (file !== undefined)) return null
    const made = await addKey(app, SYSTEM, programId, {
      algorithm: algorithm satisfies Algorithm,
      ...(file === undefined ? {} : { publicKey: await readFile(file, 'utf8') }),
      ...(values.from ? { fromAt: instant(values.from) } : {}),
      ...(values.until ? { untilAt: instant(values.until) } : {}),
    })
    const secret = made.secret === null ? [] : [`共享密钥（只显示这一次）：${made.secret}`]
    return { facts: made, lines: [`已加密钥${made.keyId}，安全管理员确认后可以使用。`, ...secret] }
  },
  'key end': async (app, values) => {
    const programId = programOf(values)
    if (programId === null || !values.key) return null
    const isLost = values.lost === 'true'
    await endKey(app, SYSTEM, programId, {
      ...{ keyId: values.key, isLost },
      ...(values.until ? { untilAt: instant(values.until) } : {}),
    })
    return { facts: { keyId: values.key, isLost }, lines: [isLost ? `密钥${values.key}已作废。` : `密钥${values.key}已停用。`] }
  },
  close: async (app, values) => {
    const programId = programOf(values)
    if (programId === null) return null
    await closeProgram(app, SYSTEM, programId)
    return { facts: { programId }, lines: [`接口程序${values.id}已关闭。`] }
  },
  list: async app => {
    const programs = await viewPrograms(app, SYSTEM)
    const lines = programs.map(({ clientId, state, unitName, name, scopes, endsOn, keys }) =>
      [
        ...[clientId, app.words.say(`program.state-${state}`), unitName, name, scopes.join(' '), `${endsOn}止`],
        ...keys.map(key => `${key.keyId}（${app.words.say(`program-key.state-${key.state}`)}）`),
      ].join('  '),
    )
    return { facts: programs, lines: lines.length > 0 ? lines : ['没有接口程序。'] }
  },
}

function programOf({ id = '' }: Values): number | null {
  return programIdOf(id) ?? (/^[1-9]\d{0,15}$/.test(id) ? Number(id) : null)
}

function listOf(text = ''): string[] {
  return text.split(/[\s,]+/).filter(Boolean)
}

function instant(text: string): Date {
  const at = new Date(text)
  if (Number.isNaN(at.getTime())) throw new Refusal('program-key.instant', null, { text: text.slice(0, 40) }, 422)
  return at
}
