import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import type { App } from '../app.ts'
import type { Words } from '../words/words.ts'
import { type AuditReport, audit } from './audit.ts'
import type { LogFlaw } from './flaw-list.ts'

type AppOfCommand = Parameters<typeof audit>[0] & Pick<App, 'words'>

/**
 * `mingxin audit [--json] [--checkpoint FILE]… [--reports N]`: compares everything with the log. Every flaw is a line `table  key
 * differs  sentence`; `--json` prints the whole report as one object. `--checkpoint` names a signed note kept outside the platform,
 * `--reports` how many issued reports' files are read (default 1,000). The answer is the exit code: 0 clean, 1 flaws, 2 called wrongly.
 */
export async function runAudit(app: AppOfCommand, args: readonly string[], out: (line: string) => void): Promise<number> {
  const options = {
    json: { type: 'boolean', default: false },
    checkpoint: { type: 'string', multiple: true },
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
  if (isForeign || positionals.length > 0 || !Number.isSafeInteger(reports) || reports < 0) {
    out(app.words.say('audit.usage'))
    return 2
  }
  const kept = await Promise.all(files.map(file => readFile(file, 'utf8')))
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
