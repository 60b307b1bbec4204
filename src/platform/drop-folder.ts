import { createReadStream } from 'node:fs'
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { SYSTEM } from '../access/actor.ts'
import type { App } from '../app.ts'
import { Refusal } from '../base/refusal.ts'
import { countWarned } from '../intake/chunk-store.ts'
import { getDelivery } from '../intake/delivery-store.ts'
import { runLine } from '../intake/line.ts'
import { loggable, receiveDelivery } from '../intake/receive.ts'
import { cite } from '../law/citation.ts'

/*
 * The watched folder of a front machine (前置机): `drop/<source>/<file>`. A file is taken when it has not changed for two looks. In `taken/`
 * three receipts are left of it: `.ack` (received: bytes and hash), `.chk` (row by row what was refused, and behind it what was taken with
 * a warning), `.fin` (the six numbers). The file itself is removed when its delivery has come to its end: it lies here readable, and what is
 * kept of it are its rows, sealed (docs/decisions/0009-kept-rows.md).
 */

const LOOK_EVERY_MS = 2000
const RECEIPT = /\.(ack|chk|fin)$/

export type DropFolder = { stop(): Promise<void> }

/** Watches until stopped. Folders of the known sources are made, so that a department sees where to put its file. */
export async function watchDropFolder(app: App, dir: string): Promise<DropFolder> {
  for (const source of app.law.sources.keys()) await mkdir(join(dir, source, 'taken'), { recursive: true, mode: 0o770 })
  const seen = new Map<string, string>()
  let stopped = false
  let turn: Promise<void> = Promise.resolve()
  const look = async (): Promise<void> => {
    for (const source of app.law.sources.keys()) if (!stopped) await lookInto(app, join(dir, source), source, seen)
  }
  const clock = setInterval(() => {
    // One look after the other: a slow file must not be taken twice.
    turn = turn.then(look).catch((error: unknown) => {
      // A fault of the file system names the file, and a sender may have named it by a person's number.
      process.stderr.write(`drop folder: ${loggable(error instanceof Error ? error.message : String(error))}\n`)
    })
  }, LOOK_EVERY_MS)
  return {
    stop: async () => {
      stopped = true
      clearInterval(clock)
      await turn
    },
  }
}

async function lookInto(app: App, folder: string, source: string, seen: Map<string, string>): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.isFile() || entry.name.startsWith('.') || entry.name.endsWith('.part') || RECEIPT.test(entry.name)) continue
    const path = join(folder, entry.name)
    const mark = await markOf(path)
    if (seen.get(path) !== mark) {
      seen.set(path, mark)
      continue
    }
    seen.delete(path)
    await takeFile(app, folder, entry.name, source)
  }
}

/** Changes with the file: another one under its name has another mark. */
async function markOf(path: string): Promise<string> {
  const { ino, size, mtimeMs } = await stat(path)
  return `${ino} ${size} ${mtimeMs}`
}

/** What the receipts of a file are called: as the file, and where its name holds a person's ID number by what is left and the instant. */
function receiptName(name: string, at: Date): string {
  const kept = loggable(name)
  return kept === name ? name : `${kept.replaceAll('***', '___')}.${at.toISOString().replaceAll(/\D/g, '')}`
}

/** Takes one file to its end and removes it. Exported for the test and for an operator's own scheduler. */
export async function takeFile(app: App, folder: string, name: string, source: string): Promise<void> {
  const path = join(folder, name)
  const mark = await markOf(path)
  const called = receiptName(name, app.now())
  const receipt = (kind: string, told: unknown): Promise<void> =>
    writeFile(join(folder, 'taken', `${called}.${kind}`), `${JSON.stringify(told, null, 2)}\n`)
  try {
    const delivery = await receiveDelivery(
      app,
      SYSTEM,
      { source, channel: 'drop', fileName: name, content: createReadStream(path) },
      { queue: false },
    )
    await receipt('ack', { deliveryId: delivery.deliveryId, receivedAt: delivery.receivedAt, sha256: delivery.fileHash })
    const counts = await runLine(app, delivery.deliveryId)
    const warned = await countWarned(app.db, delivery.deliveryId)
    const settled = await getDelivery(app.db, delivery.deliveryId)
    await receipt('chk', await faultsOf(app, delivery.deliveryId))
    await receipt('fin', {
      deliveryId: delivery.deliveryId,
      state: settled.state,
      ...counts,
      ...(warned > 0 ? { warned } : {}),
      ...(settled.refusal ? { refusal: said(app, settled.refusal) } : {}),
    })
  } catch (error) {
    // A file that cannot even be received is answered too; anything else is a fault of the platform and tried again.
    if (!(error instanceof Refusal)) throw error
    await receipt('fin', { state: 'refused', refusal: said(app, error) })
  }
  // A sender may have put another file under the name meanwhile: that one is taken in its turn.
  if ((await markOf(path)) === mark) await rm(path)
}

function said(app: App, refusal: { code: string; basis: string | null; facts: unknown }): unknown {
  return { code: refusal.code, basis: refusal.basis, message: app.words.say(refusal.code, refusal.facts as never) }
}

async function faultsOf(app: App, deliveryId: number): Promise<unknown[]> {
  const rows = await app.db.rows<{
    row: number
    column: string | null
    code: string
    basis: string | null
    facts: Record<string, string>
    isTaken: boolean
  }>({
    text: `(select row_no as row, column_name as column, code, basis, facts, false as "isTaken" from refusal where delivery_id = $1 order by row_no, fault_no limit 100000)
      union all (select row_no, column_name, code, basis, facts, true from warning where delivery_id = $1 order by row_no, warning_no limit 100000)`,
    values: [deliveryId],
  })
  return rows.map(({ facts, ...row }) => ({
    ...row,
    message: app.words.say(row.code, {
      ...{ row: row.row, column: row.column, article: row.basis ? cite(app.law, row.basis) : '' },
      ...facts,
    }),
  }))
}
