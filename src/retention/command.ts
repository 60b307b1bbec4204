import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import type { App } from '../app.ts'
import { type Certificate, readCertificate, verifyCertificate } from './certificate.ts'
import { runRetention } from './run.ts'

/**
 * `mingxin retention [--dry-run] [--json]`: ends what is due today, or says what would go.
 * `mingxin retention --certificate ID`: prints a certificate as JSON, with its place in the log.
 * `mingxin retention --verify FILE`: checks one that was printed; refuses a forged one.
 * The answer is the exit code: 0 done, 2 called wrongly.
 */
export async function runRetentionCommand(app: App, args: readonly string[], out: (line: string) => void): Promise<number> {
  const options = {
    'dry-run': { type: 'boolean' },
    json: { type: 'boolean' },
    certificate: { type: 'string' },
    verify: { type: 'string' },
  } as const
  const { values } = parseArgs({ args: [...args], options, strict: true, allowPositionals: false })
  if (values.certificate !== undefined) {
    out(JSON.stringify(await readCertificate(app, Number(values.certificate)), null, 2))
    return 0
  }
  if (values.verify !== undefined) {
    const body = verifyCertificate(app, JSON.parse(await readFile(values.verify, 'utf8')) as Certificate)
    out(
      values.json
        ? JSON.stringify(body)
        : app.words.say('retention.verified', { name: body.name, count: body.count, day: body.day }),
    )
    return 0
  }
  const run = await runRetention(app, values['dry-run'] ?? false)
  if (values.json) out(JSON.stringify(run))
  else for (const line of linesOf(app, run)) out(line)
  return 0
}

function linesOf(app: App, { counts, isDryRun }: Awaited<ReturnType<typeof runRetention>>): string[] {
  const code = isDryRun ? 'retention.would-end' : 'retention.ended'
  return Object.entries(counts).map(([kind, count]) => {
    const name = app.law.retention?.[kind as keyof typeof counts]?.name ?? kind
    return app.words.say(code, { name, count })
  })
}
