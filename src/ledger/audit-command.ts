import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import type { App } from '../app.ts'
import { type Facts, grant, Refusal } from '../base/refusal.ts'
import type { Words } from '../words/words.ts'
import { compareKept, notesOf } from './against.ts'
import { type AuditReport, audit } from './audit.ts'
import { parseVerifier } from './checkpoint.ts'
import type { LogFlaw } from './flaw-list.ts'
import { logOrigin } from './log-store.ts'

type AppOfCommand = Parameters<typeof audit>[0] & Pick<App, 'words'>

/**
 * `mingxin audit [--json] [--checkpoint FILE]… [--reports N]`: compares everything with the log. Every flaw is a line `table  key
 * differs  sentence`; `--json` prints the whole report as one object. `--checkpoint` names a signed note kept outside the platform,
 * `--reports` how many issued reports' files are read (default 1,000). The answer is the exit code: 0 clean, 1 flaws, 2 called wrongly.
 *
 * `mingxin audit --against FILE… [--key VKEY]… [--json]`: only whether the present log goes on from checkpoints that an outsider kept, one
 * note or a list as published, verified with the public keys that he brings or with the platform's own. Takes a moment, whatever the size.
 */
export async function runAudit(app: AppOfCommand, args: readonly string[], out: (line: string) => void): Promise<number> {
  const options = {
    json: { type: 'boolean', default: false },
    checkpoint: { type: 'string', multiple: true },
    against: { type: 'string', multiple: true },
    key: { type: 'string', multiple: true },
    reports: { type: 'string', default: '1000' },
  } as const
  const { values, tokens, positionals } = parseArgs({
    args: [...args],
    options,
    strict: false,
    tokens: true,
    allowPositionals: true,
  })
  const isForeign = tokens.some(token => token.kind === 'option' && !(token.name in options))
  const reports = Number(values.reports)
  const files = [values.checkpoint ?? []].flat().map(String)
  const isHalf = values.key !== undefined && values.against === undefined
  if (isForeign || isHalf || positionals.length > 0 || !Number.isSafeInteger(reports) || reports < 0) {
    out(app.words.say('audit.usage'))
    return 2
  }
  const against = [values.against ?? []].flat().map(String)
  if (against.length > 0)
    return await runAgainst(app, { files: against, keys: [values.key ?? []].flat().map(String) }, values.json === true, out)
  const kept = await Promise.all(files.map(readKept))
  const report = await audit(app, {
    kept,
    reports,
    onProgress: ({ part, done }) => {
      if (!values.json && part !== 'tree') out(app.words.say('audit.progress', { part, done }))
    },
  })
  if (values.json) out(JSON.stringify(report))
  else for (const line of linesOf(report, app.words)) out(line)
  return report.flawCount > 0 ? 1 : 0
}

async function readKept(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => null)
  if (text === null) throw new Refusal('audit.no-file', null, { file })
  return text
}

type Against = { readonly files: readonly string[]; readonly keys: readonly string[] }

async function runAgainst(
  app: AppOfCommand,
  { files, keys }: Against,
  asJson: boolean,
  out: (line: string) => void,
): Promise<number> {
  const trusted = keys.length > 0 ? keys.map(key => grant(parseVerifier(key)).verifier) : undefined
  const told: { file: string; ok: boolean; code: string; facts: Facts }[] = []
  for (const file of files) {
    const notes = notesOf(await readKept(file))
    if (!notes.ok) told.push({ file, ok: false, code: notes.code, facts: notes.facts })
    for (const note of notes.ok ? notes.value : []) {
      const found = await compareKept(app, note, trusted)
      const { size, present } = found.ok ? found.value : {}
      told.push({ file, ok: found.ok, ...(found.ok ? { code: 'against.continued', facts: { size, present } } : found) })
    }
  }
  if (asJson)
    out(JSON.stringify({ origin: logOrigin(app.city), against: told.map(({ facts, ...one }) => ({ ...one, ...facts })) }))
  else for (const { file, code, facts } of told) out(`${file}  ${app.words.say(code, facts)}`)
  return told.every(one => one.ok) ? 0 : 1
}

function* linesOf(report: AuditReport, words: Words): Generator<string> {
  const { flaws, at: _at, ...facts } = report
  for (const flaw of flaws) yield `${flaw.table} ${flaw.key}  ${flaw.differs}  ${sentenceOf(flaw, words)}`
  const rate = Math.round(report.facts / Math.max(report.seconds, 0.001))
  yield words.say('audit.log', facts)
  yield words.say('audit.rows', { ...facts, seconds: report.seconds.toFixed(1), rate })
  yield report.flawCount > 0 ? words.say('audit.flawed', { count: report.flawCount }) : words.say('audit.clean')
}

function sentenceOf({ differs }: LogFlaw, words: Words): string {
  if (words.has(differs)) return words.say(differs)
  return words.has(`audit.${differs}`) ? words.say(`audit.${differs}`) : words.say('audit.column', { column: differs })
}
