import assert from 'node:assert/strict'
import { renameSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { App } from '../app.ts'
import { day } from '../base/day.ts'
import type { DeliveryId } from '../base/id.ts'
import { keptRows } from '../intake/kept-rows.ts'
import { penalty } from '../invariants/sent-rows.ts'
import { csvOf, type SentRow } from '../invariants/testing.ts'
import { inventedResidentId } from '../subject/invented.ts'
import { openTestApp, type TestApp } from '../testing-app.ts'
import { takeFile } from './drop-folder.ts'

/* What the watched folder leaves of a file: receipts, and nothing of what was in it. */

const SOURCE = 'ecology-penalty'
const ID = inventedResidentId(3, day('1980-02-03'))
let t: TestApp
let folder: string

before(async () => {
  t = await openTestApp()
  folder = await mkdtemp(join(tmpdir(), 'mingxin-drop-'))
  await mkdir(join(folder, 'taken'))
})
after(async () => {
  await t.close()
  await rm(folder, { recursive: true, force: true })
})

const fileOf = (n: number, changes: SentRow = {}): string => csvOf([penalty(n, `澜放〔2026〕${n}号`, changes)])

async function put(name: string, content: string, app: App = t.worker): Promise<void> {
  await writeFile(join(folder, name), content)
  await takeFile(app, folder, name, SOURCE)
}

/** Everything in the folder, by name; a folder of a test is emptied by reading it. */
async function left(): Promise<Map<string, string>> {
  const files = new Map<string, string>()
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    files.set(path.slice(folder.length + 1), await readFile(path, 'utf8'))
    await rm(path)
  }
  return files
}

const told = (files: Map<string, string>, name: string) => JSON.parse(files.get(`taken/${name}`) ?? 'null')
const RECEIPTS = ['ack', 'chk', 'fin']

test('M073 · of a settled file receipts are left, and the rows sealed; the file is gone', async () => {
  await put('七月.csv', fileOf(1, { 违法事实: '总排口超标，记号甲乙丙丁' }))
  const files = await left()
  assert.deepEqual(
    [...files.keys()].sort(),
    RECEIPTS.map(kind => `taken/七月.csv.${kind}`),
  )
  assert.ok(![...files.values()].some(text => text.includes('记号甲乙丙丁')))
  const { deliveryId, filed } = told(files, '七月.csv.fin')
  assert.equal(filed, 1)
  const rows: string[] = []
  for await (const row of keptRows(t.worker, deliveryId as DeliveryId)) rows.push(row.cells.join())
  assert.ok(rows.join().includes('记号甲乙丙丁'), 'the sealed row still says what was sent')
})

for (const [what, content, code] of [
  ['with a prohibited column', csvOf([{ ...penalty(2, '澜放〔2026〕2号'), 宗教信仰: '甲' }]), 'delivery.prohibited-column'],
  ['that is empty', '', 'file.empty'],
] as const)
  test(`M066 · a file ${what} is removed too: the receipt says why`, async () => {
    await put('坏.csv', content)
    const files = await left()
    assert.ok(!files.has('坏.csv') && !files.has('taken/坏.csv'))
    const { state, refusal } = told(files, '坏.csv.fin')
    assert.deepEqual([state, refusal.code], ['refused', code])
    assert.ok(refusal.message.length > 5)
  })

test('M054 · no receipt carries an ID number: not in its name, not in a reason, not where the file is refused', async () => {
  for (const content of [fileOf(4, { 违法事实: `${ID}在场` }), fileOf(5, { 处罚类别: `没有这一类${ID}` }), '']) {
    await put(`张某_${ID}.csv`, content)
    const files = await left()
    const stamp = t.app.now().toISOString().replaceAll(/\D/g, '')
    const kinds = content === '' ? ['fin'] : RECEIPTS
    assert.deepEqual(
      [...files.keys()].sort(),
      kinds.map(kind => `taken/张某____.csv.${stamp}.${kind}`),
    )
    for (const text of files.values()) assert.ok(!text.includes(ID), text)
  }
})

test('a file that was put under the name while the first was taken stays for its turn', async () => {
  const second = join(folder, 'taken', '.second')
  await writeFile(second, fileOf(7))
  let isPut = false
  const now = (): Date => {
    // The platform asks for the instant when it has looked at the file.
    if (!isPut) renameSync(second, join(folder, '两次.csv'))
    isPut = true
    return t.app.now()
  }
  await put('两次.csv', fileOf(6), { ...t.worker, now })
  const files = await left()
  assert.equal(files.get('两次.csv'), fileOf(7))
  assert.equal(told(files, '两次.csv.fin').state, 'settled')
})
