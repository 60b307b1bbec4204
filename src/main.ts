import { parseArgs } from 'node:util'
import { NotFound, Refusal } from './base/refusal.ts'
import { readConfig } from './config.ts'
import { listCommands, usageOf } from './platform/help.ts'
import { loadWords } from './words/words.ts'

/*
 * `mingxin serve | door | work | migrate | import | check-law | demo | audit | prove | retention | keys | user | token | program`. Each command is
 * loaded when it is asked for.
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
  retention: async () => (await import('./platform/commands.ts')).runRetentionCommand,
  keys: async () => (await import('./platform/keys-command.ts')).runKeysCommand,
  user: async () => (await import('./platform/commands.ts')).runUserCommand,
  token: async () => (await import('./platform/commands.ts')).runTokenCommand,
  identity: async () => (await import('./platform/commands.ts')).runIdentityCommand,
  program: async () => (await import('./platform/commands.ts')).runProgramCommand,
  'check-law': async () => async args =>
    (await import('./law/command.ts')).runCheckLaw(args, line => process.stdout.write(`${line}\n`)),
}

const HELP: ReadonlySet<string> = new Set(['help', '--help', '-h'])

async function main(argv: string[]): Promise<number> {
  const [name = 'help', ...args] = argv
  const found = COMMANDS[name]
  if (!found) {
    process.stdout.write(`${listCommands(loadWords())}\n`)
    return HELP.has(name) ? 0 : 2
  }
  if (args.some(arg => HELP.has(arg) && arg !== 'help')) {
    process.stdout.write(`${usageOf(name, loadWords())}\n`)
    return 0
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

/** An option that the command does not know, or that lacks its value. */
function misreadOption(error: unknown): Refusal | null {
  const { code, message } = error as NodeJS.ErrnoException
  if (!code?.startsWith('ERR_PARSE_ARGS_')) return null
  const option = /'(-[^' ]+)/.exec(message)?.[1] ?? ''
  return new Refusal('command.unknown-option', null, { option, usage: usageOf(argv[0] ?? '', loadWords()) })
}

// Whoever reads only the first lines (`| head`) closes the pipe; the work goes on to its end all the same.
process.stdout.on('error', (fault: NodeJS.ErrnoException) => {
  if (fault.code !== 'EPIPE') throw fault
})

const argv = process.argv.slice(2)
const { values } = parseArgs({ args: argv, options: { json: { type: 'boolean' } }, strict: false, allowPositionals: true })
try {
  readConfig()
  process.exitCode = await main(argv)
} catch (error) {
  tell(misreadOption(error) ?? error, values.json === true)
  process.exitCode = misreadOption(error) ? 2 : 1
}
