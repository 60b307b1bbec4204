import { finished } from 'node:stream/promises'
import { from as copyFrom } from 'pg-copy-streams'
import { grant } from '../base/refusal.ts'
import { awaitsEnd } from '../disclosure/awaits-end.ts'
import { readRecords, recognise } from '../files/recognise.ts'
import { itemEdition, itemOn } from '../law/law.ts'
import { type CheckContext, checkRow } from '../validation/check.ts'
import { compilePlan, type Plan } from '../validation/plan.ts'
import { knowsHeading } from '../validation/plan-columns.ts'
import { LAST_DAY, openBenchApp, type Settings } from './place.ts'

export type Staged = { readonly rows: number; readonly seconds: number; readonly peakMegabytes: number }

/** Reads a file, checks every row against the catalogue, and copies the checked contents to the table `bench_staging`, in one transaction. */
export async function stageFile(settings: Settings, path: string, source: string): Promise<Staged> {
  const app = await openBenchApp(settings, 2)
  const client = await app.changes.pool.connect()
  try {
    const began = performance.now()
    const { context, recognition } = await openFile(app, path, source)
    await client.query('begin')
    const copy = client.query(copyFrom('copy bench_staging (row_no, content) from stdin'))
    let rows = 0
    for await (const piece of readRecords(path, recognition, { chunkRows: 1000 })) {
      let text = ''
      for (const sheet of piece.rows) {
        const { content } = checkRow(context, sheet, '')
        text += `${sheet.row}\t${content ? content.contentText.replaceAll('\\', '\\\\') : '\\N'}\n`
        rows++
      }
      if (!copy.write(text)) await new Promise(resolve => copy.once('drain', resolve))
    }
    copy.end()
    await finished(copy)
    await client.query('commit')
    return { rows, seconds: (performance.now() - began) / 1000, peakMegabytes: process.resourceUsage().maxRSS / 1024 }
  } finally {
    client.release()
    await app.close()
  }
}

async function openFile(app: Awaited<ReturnType<typeof openBenchApp>>, path: string, sourceName: string) {
  const { law, keys } = app
  const source = law.sources.get(sourceName)
  const item = source && itemOn(law, source.item, LAST_DAY)
  if (!source || !item) throw new RangeError(`no source ${sourceName}`)
  const recognition = await recognise(path, knowsHeading(item, source))
  const options = { law, source, header: recognition.header, receivedOn: LAST_DAY }
  const plans = new Map<string, Plan>()
  const context: CheckContext = {
    plan: grant(compilePlan(options)),
    keys,
    awaitsEnd: ({ item: edition }, kind, sent) => awaitsEnd(law, edition, kind, sent),
    planOf: name => {
      const edition = itemEdition(law, name)
      const plan = plans.get(name) ?? (edition && grant(compilePlan({ ...options, edition })))
      if (plan) plans.set(name, plan)
      return plan
    },
  }
  return { context, recognition }
}
