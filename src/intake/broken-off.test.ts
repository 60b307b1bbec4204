import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from '../db/database.ts'
import { inventedUscc } from '../subject/invented.ts'
import { actorFor, openTestApp, type TestApp } from '../testing-app.ts'
import { getDelivery } from './delivery-store.ts'
import { runLine } from './line.ts'
import { receiveDelivery } from './receive.ts'

let place: TestApp
before(async () => {
  place = await openTestApp()
})
after(() => place.close())

function penalty(n: number): string {
  return JSON.stringify({
    行政相对人名称: `澜川市断${n}贸易有限公司`,
    行政相对人类别: '法人及非法人组织',
    统一社会信用代码: inventedUscc('enterprise', n),
    法定代表人: '张三',
    行政处罚决定书文号: `澜环罚〔2026〕${n}号`,
    违法行为类型: '超标排放',
    违法事实: '检查发现',
    处罚依据: '《某法》第一条',
    处罚类别: '罚款',
    处罚内容: '罚款人民币20000元',
    '罚款金额(万元)': '2',
    处罚决定日期: '2026-11-16',
    处罚有效期: '2099-12-31',
    处罚机关: '澜川市生态环境局',
    处罚机关统一社会信用代码: '11860100G842544415',
  })
}

async function sendCutOff(
  from: number,
  rows: number,
): Promise<{ state: string; code: string | undefined; received: number; filed: number; facts: number }> {
  const text = `[${Array.from({ length: rows }, (_, i) => penalty(from + i)).join(',')},{"行政相对人名称":"断`
  const clerk = actorFor('ecology-environment', 'clerk')
  const sending = { source: 'ecology-penalty', channel: 'api' as const, fileName: 'cut.json', content: Buffer.from(text) }
  const { deliveryId } = await receiveDelivery(place.app, clerk, sending, { queue: false })
  const counts = await runLine(place.worker, deliveryId)
  const row = await getDelivery(place.worker.db, deliveryId)
  const facts = await place.worker.db.row<{ facts: number }>(
    sql`select count(*) as facts from fact where delivery_id = ${deliveryId}`,
  )
  return { state: row.state, code: row.refusal?.code, received: counts.received, filed: counts.filed, facts: facts?.facts ?? 0 }
}

test('M065 · a file that breaks off in its first rows is refused whole, and nothing of it is filed', async () => {
  assert.deepEqual(await sendCutOff(1, 20), { state: 'refused', code: 'json.broken', received: 0, filed: 0, facts: 0 })
})

test('M065 · a long file that breaks off at its end is settled up to there: the counts are those of the rows filed, and the break is told', async () => {
  const { state, code, received, filed, facts } = await sendCutOff(100, 6000)
  assert.deepEqual([state, code], ['settled', 'json.broken'])
  assert.ok(received > 5000 && received <= 6000)
  assert.deepEqual([filed, facts], [received, received])
})
