import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { ROOT } from '../src/base/root.ts'
import type { DeliveryView } from '../src/intake/contract.ts'
import { watchDropFolder } from '../src/platform/drop-folder.ts'
import { startWorker } from '../src/platform/worker.ts'
import { workerOf } from '../src/testing-app.ts'
import { FIRMS } from './cast.ts'
import { fileOf, penaltyOf } from './rows.ts'
import { type Story, story } from './tell.ts'

const [FIRM, OTHER] = FIRMS
const SOURCE = 'ecology-penalty'
const COUNTS = { received: 7, filed: 2, duplicate: 1, corrected: 1, annulled: 1, refused: 1, waiting: 1 }
const SAID = '收到7 = 入档2 + 重复1 + 更正1 + 撤销1 + 未通过1 + 待确认1'
/** The command reads the real clock; this day lies behind it. */
const DECIDED = { 处罚决定日期: '2026/01/19' }

/** Seven rows, one for each way a row can end and one more that is filed to be annulled. */
function fileFor(channel: string): string {
  const number = (n: number): string => `澜环罚${channel}〔2026〕${n}号`
  const row = (n: number, changes = {}) => penaltyOf(FIRM, number(n), { ...DECIDED, ...changes })
  return fileOf(
    row(1),
    row(1),
    row(1, { 处罚内容: '罚款人民币30000元', '罚款金额(万元)': '3', 操作类型: '更正' }),
    row(2),
    row(2, { 操作类型: '撤销' }),
    row(3, { 处罚依据: '' }),
    row(4, { 行政相对人名称: OTHER.name }),
  )
}

test(
  'M069 · M070 · 工作台、接口、命令行、前置机四条通道进同一条线，同样的文件得同样的结果',
  story(async s => {
    const folder = await mkdtemp(join(tmpdir(), 'mingxin-story-'))
    try {
      const deliveries = [await byConsole(s), await byProgram(s), await byCommand(s, folder), await byDropFolder(s, folder)]
      await compared(s, deliveries)
    } finally {
      await rm(folder, { recursive: true })
    }
  }),
)

async function byConsole(s: Story): Promise<number> {
  return await s.step('报送员在工作台上传', async note => {
    const delivery = await s.as('clerk').sends(SOURCE, '工作台.csv', fileFor('台'))
    assert.deepEqual(delivery.counts, COUNTS)
    note.came(SAID)
    return delivery.deliveryId
  })
}

async function byProgram(s: Story): Promise<number> {
  return await s.step('部门的业务系统带令牌向接口推送，等到有结果为止', async note => {
    const worker = await startWorker(workerOf(s.app))
    try {
      const program = await s.asProgram('ecology-environment')
      const answer = await program.upload('/api/v1/deliveries?wait=60', SOURCE, '接口.csv', fileFor('接'))
      assert.equal(answer.status, 201, answer.text)
      const delivery = answer.json<DeliveryView>()
      assert.deepEqual(delivery.counts, COUNTS)
      note.sent('POST /api/v1/deliveries?wait=60')
      note.came(`一问一答即得结果：${SAID}`)
      return delivery.deliveryId
    } finally {
      await worker.stop()
    }
  })
}

async function byCommand(s: Story, folder: string): Promise<number> {
  return await s.step('运维人员用命令导入', async note => {
    const file = join(folder, '命令.csv')
    await writeFile(file, fileFor('命'))
    const env = { PATH: '/usr/bin:/bin', DATABASE_URL: s.test.database.url, MINGXIN_DATA: s.app.config.dataDir ?? '' }
    const args = [join(ROOT, 'scripts/mingxin.mjs'), 'import', file, '--source', SOURCE, '--json']
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: ROOT, env, timeout: 120_000 })
    const { seconds, deliveryId, ...counts } = JSON.parse(stdout) as Record<string, number>
    assert.deepEqual(counts, COUNTS)
    assert.equal(typeof seconds, 'number')
    note.sent(`mingxin import 命令.csv --source ${SOURCE} --json`)
    note.came(`打印一行JSON：${SAID}`)
    return deliveryId ?? 0
  })
}

async function byDropFolder(s: Story, folder: string): Promise<number> {
  return await s.step('前置机把文件放进收件目录', async note => {
    const drop = await watchDropFolder(workerOf(s.app), join(folder, 'drop'))
    const inbox = join(folder, 'drop', SOURCE)
    const read = async <T>(ending: string): Promise<T> =>
      JSON.parse(await readFile(join(inbox, 'taken', `前置机.csv.${ending}`), 'utf8')) as T
    try {
      await writeFile(join(inbox, '前置机.csv.part'), fileFor('前'))
      await rename(join(inbox, '前置机.csv.part'), join(inbox, '前置机.csv'))
      for (let tries = 0; tries < 300 && (await isThere(join(inbox, '前置机.csv'))); tries++) await sleep(100)
      const { deliveryId, state, ...counts } = await read<Record<string, unknown>>('fin')
      assert.deepEqual(counts, COUNTS)
      assert.equal(state, 'settled')
      assert.equal(await isThere(join(inbox, 'taken', '前置机.csv')), false, 'the file is kept nowhere readable')
      assert.match((await read<{ sha256: string }>('ack')).sha256, /^[0-9a-f]{64}$/)
      const [fault, ...others] = await read<{ row: number; column: string; message: string }[]>('chk')
      assert.deepEqual([fault?.row, fault?.column, others.length], [7, '处罚依据', 0])
      note.sent(`drop/${SOURCE}/前置机.csv`)
      note.came(`三份回执：.ack（收到，文件摘要）、.chk（${fault?.message}）、.fin（${SAID}）`)
      return deliveryId as number
    } finally {
      await drop.stop()
    }
  })
}

async function compared(s: Story, deliveries: readonly number[]): Promise<void> {
  await s.step('信用办在工作台看这四批', async note => {
    const office = s.as('credit-office')
    const views = await Promise.all(
      deliveries.map(async id => (await office.get(`/api/v1/deliveries/${id}`)).json<DeliveryView>()),
    )
    assert.deepEqual(
      views.map(view => [view.channel, view.state, view.counts]),
      ['console', 'api', 'import', 'drop'].map(channel => [channel, 'settled', COUNTS]),
    )
    const returned = await Promise.all(deliveries.map(id => office.get(`/api/v1/deliveries/${id}/refusals`, 'text/csv')))
    assert.deepEqual(
      returned.map(file => [file.status, file.text.split('\n').filter(Boolean).length]),
      deliveries.map(() => [200, 2]),
    )
    note.came('通道不同，六项结果、未通过的行和退回的文件都一样')
  })
  await s.step('公众看门户', async note => {
    await s.settle()
    const page = await s.anyone.reads(`/subjects/${await s.found(FIRM.name)}`)
    for (const channel of ['台', '接', '命', '前']) {
      assert.ok(page.includes(`澜环罚${channel}〔2026〕1号`), channel)
      assert.ok(!page.includes(`澜环罚${channel}〔2026〕2号`), channel)
    }
    note.came('四条通道送来的处罚都在；撤销了的都不在')
  })
}

async function isThere(path: string): Promise<boolean> {
  return await readFile(path).then(
    () => true,
    () => false,
  )
}
