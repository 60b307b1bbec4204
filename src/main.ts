import { parseArgs } from 'node:util'
import { NotFound, Refusal } from './base/refusal.ts'
import { readConfig } from './config.ts'
import { loadWords } from './words/words.ts'

/*
 * `mingxin serve | door | work | migrate | import | check-law | demo | audit | prove | keys | user | token`. Each command is loaded when it is asked for.
 */

type Command = (args: string[]) => Promise<number>

const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  serve: async () => (await import('./platform/serve.ts')).runServe,
  door: async () => (await import('./platform/door-command.ts')).runDoor,
  migrate: async () => (await import('./platform/commands.ts')).runMigrate,
  import: async () => (await import('./platform/import-command.ts')).runImport,
  demo: async () => (await import('./platform/commands.ts')).runDemo,
  audit: async () => (await import('./platform/commands.ts')).runAuditCommand,
  prove: async () => (await import('./platform/commands.ts')).runProveCommand,
  keys: async () => (await import('./platform/keys-command.ts')).runKeysCommand,
  user: async () => (await import('./platform/commands.ts')).runUserCommand,
  token: async () => (await import('./platform/commands.ts')).runTokenCommand,
  'check-law': async () => async args =>
    (await import('./law/command.ts')).runCheckLaw(args, line => process.stdout.write(`${line}\n`)),
}

async function main(argv: string[]): Promise<number> {
  const [name = 'help', ...args] = argv
  const found = COMMANDS[name]
  if (!found) {
    process.stdout.write(`用法：mingxin <${Object.keys(COMMANDS).join(' | ')}> [选项]\n`)
    return name === 'help' || name === '--help' ? 0 : 2
  }
  return await (await found())(args)
}

/** What went wrong, as a person reads it; a program that asked for `--json` gets an object. */
function tell(error: unknown, asJson: boolean): void {
  const words = loadWords()
  const refusal = error instanceof Refusal ? error : error instanceof NotFound ? new Refusal(error.code) : null
  const message = refusal
    ? words.say(refusal.code, refusal.facts)
    : error instanceof Error
      ? (error.stack ?? error.message)
      : String(error)
  if (asJson)
    process.stdout.write(
      `${JSON.stringify({ error: refusal?.code ?? 'fault.unexpected', message: refusal ? message : error instanceof Error ? error.message : String(error), basis: refusal?.basis ?? null })}\n`,
    )
  else process.stderr.write(`${message}\n`)
}

const argv = process.argv.slice(2)
const { values } = parseArgs({ args: argv, options: { json: { type: 'boolean' } }, strict: false, allowPositionals: true })
try {
  readConfig()
  process.exitCode = await main(argv)
} catch (error) {
  tell(error, values.json === true)
  process.exitCode = 1
}
