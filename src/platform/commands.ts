import { parseArgs } from 'node:util'
import { runToken, runUser } from '../access/account-command.ts'
import type { App } from '../app.ts'
import { readConfig } from '../config.ts'
import { runDemo as writeDemo } from '../demo/demo.ts'
import { runIdentity } from '../identity/identity-command.ts'
import { runAudit } from '../ledger/audit-command.ts'
import { runProve } from '../ledger/prove-command.ts'
import { runProgram } from '../programs/program-command.ts'
import { runRetentionCommand as runRetention } from '../retention/command.ts'
import { openPlatform, openPlatformApp } from './open-platform.ts'
import { sayOnScreen, silent } from './say.ts'

const print = (line: string): void => {
  process.stdout.write(`${line}\n`)
}

/** Runs work on the platform's App: beside a running platform, or with the database started for the time of the command. */
async function withApp(args: string[], work: (app: App) => Promise<number>): Promise<number> {
  const { values } = parseArgs({ args, options: { json: { type: 'boolean' } }, strict: false })
  const config = readConfig()
  const platform = await openPlatform(config, values.json ? silent : sayOnScreen(), { join: true })
  const app = await openPlatformApp(config, platform, { poolSize: 4 })
  try {
    return await work(app)
  } finally {
    await app.close()
    await platform.stop()
  }
}

/** `mingxin migrate`: schema and logins brought up to date, then done. */
export async function runMigrate(args: string[]): Promise<number> {
  const asJson = args.includes('--json')
  return await withApp(args, async app => {
    print(asJson ? JSON.stringify({ upToDate: true }) : app.words.say('migrate.done'))
    return 0
  })
}

/** `mingxin demo --subjects N --records M --seed S [--out DIR]`: writes the example city's department files. */
export async function runDemo(args: string[]): Promise<number> {
  return await writeDemo(args, print)
}

export async function runAuditCommand(args: string[]): Promise<number> {
  return await withApp(args, app => runAudit(app, args, print))
}

export async function runProveCommand(args: string[]): Promise<number> {
  return await withApp(['--json', ...args], app => runProve(app, args, print))
}

/** `mingxin retention`: ends what is due, or prints and checks certificates. */
export async function runRetentionCommand(args: string[]): Promise<number> {
  return await withApp(args, app => runRetention(app, args, print))
}

export async function runUserCommand(args: string[]): Promise<number> {
  return await withApp(args, app => runUser(args, app, print))
}

export async function runTokenCommand(args: string[]): Promise<number> {
  return await withApp(args, app => runToken(args, app, print))
}

export async function runProgramCommand(args: string[]): Promise<number> {
  return await withApp(args, app => runProgram(args, app, print))
}

export async function runIdentityCommand(args: string[]): Promise<number> {
  return await withApp(args, app => runIdentity(app, args, print))
}
