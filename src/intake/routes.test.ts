import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { createToken } from '../access/accounts.ts'
import { openApiDoor } from '../platform/api-door.ts'
import { drainTasks } from '../platform/worker.ts'
import { inventedUscc } from '../subject/invented.ts'
import { openTestApp, type TestApp } from '../testing-app.ts'

let place: TestApp
let http: FastifyInstance
let address: string
let token: string
let otherToken: string

before(async () => {
  place = await openTestApp()
  http = await openApiDoor(place.app)
  address = await http.listen({ port: 0, host: '127.0.0.1' })
  const of = async (unit: string): Promise<string> =>
    (await createToken(place.app, { name: `probe ${unit}`, unit, roles: ['program'], days: 1 })).token
  token = await of('ecology-environment')
  otherToken = await of('emergency')
})
after(async () => {
  await http.close()
  await place.close()
})

const HEADING =
  '行政相对人名称,行政相对人类别,行政相对人代码_1(统一社会信用代码),法定代表人,行政处罚决定书文号,违法行为类型,违法事实,处罚依据,处罚类别,处罚内容,罚款金额(万元),处罚决定日期,处罚有效期,处罚机关,处罚机关统一社会信用代码,失信信息类别'

function penalty(n: number, over: { code?: string; day?: string } = {}): string {
  const code = over.code ?? inventedUscc('enterprise', n)
  return `澜川市试${n}贸易有限公司,法人及非法人组织,${code},张三,澜环罚〔2026〕${n}号,超标排放,检查发现,《某法》第一条,罚款,罚款人民币20000元,2,${over.day ?? '2026/11/16'},2099/12/31,澜川市生态环境局,11860100G842544415,Ⅱ类`
}

async function send(text: string, options: { source?: string; token?: string; fileFirst?: boolean } = {}): Promise<Response> {
  const form = new FormData()
  const source = (): void => form.append('source', options.source ?? 'ecology-penalty')
  if (!options.fileFirst) source()
  form.append('file', new Blob([text]), '处罚.csv')
  if (options.fileFirst) source()
  const answer = fetch(`${address}/api/v1/deliveries?wait=30`, {
    method: 'POST',
    body: form,
    headers: { authorization: `Bearer ${options.token ?? token}` },
  })
  const working = setInterval(() => void drainTasks(place.worker), 150)
  return await answer.finally(() => clearInterval(working))
}

const get = (path: string, by = token): Promise<Response> =>
  fetch(`${address}/api/v1${path}`, { headers: { authorization: `Bearer ${by}` } })

test('M069 M073 · a department system pushes a file as soon as it is decided and reads six numbers that add up', async () => {
  const answer = await send([HEADING, penalty(1), penalty(2), penalty(3, { code: '91860100A0000000XX' })].join('\n'), {
    fileFirst: true,
  })
  assert.equal(answer.status, 201)
  const view = (await answer.json()) as {
    state: string
    counts: Record<string, number>
    deliveryId: number
    recognised: { columnsKnown: number }
  }
  assert.equal(view.state, 'settled')
  assert.deepEqual(view.counts, { received: 3, filed: 2, duplicate: 0, corrected: 0, annulled: 0, refused: 1, waiting: 0 })
  assert.equal(view.recognised.columnsKnown, 16)

  const faults = (await (await get(`/deliveries/${view.deliveryId}/faults`)).json()) as {
    causes: { rows: number }[]
    faults: { row: number; columnName: string; why: string; how: string }[]
  }
  assert.equal(faults.causes[0]?.rows, 1)
  assert.equal(faults.faults[0]?.row, 4)
  assert.match(faults.faults[0]?.why ?? '', /校验不符/)
  assert.notEqual(faults.faults[0]?.how, '')
})

test('M070 · the refused rows come back in the sender own layout with the reasons beside them, and upload again once mended', async () => {
  const bad = '91860100A0000000XX'
  const sent = (await (await send([HEADING, penalty(11), penalty(12, { code: bad })].join('\n'))).json()) as {
    deliveryId: number
  }
  const returned = await get(`/deliveries/${sent.deliveryId}/refusals`)
  assert.equal(returned.status, 200)
  const text = await returned.text()
  const [heading = '', row = '', ...rest] = text.trim().split(/\r?\n/)
  assert.ok(heading.startsWith(HEADING) && heading.includes('未通过原因') && heading.includes('怎样修改'))
  assert.equal(rest.length, 0)
  const again = (await (await send(`${heading}\n${row.replace(bad, inventedUscc('enterprise', 12))}\n`)).json()) as {
    counts: Record<string, number>
  }
  assert.equal(again.counts['filed'], 1)
  assert.equal(again.counts['refused'], 0)
})

test('M073 · nothing refused: there is no file to mend, and the answer says so', async () => {
  const sent = (await (await send([HEADING, penalty(21)].join('\n'))).json()) as { deliveryId: number }
  const answer = await get(`/deliveries/${sent.deliveryId}/refusals`)
  assert.equal(answer.status, 404)
  assert.equal(((await answer.json()) as { code: string }).code, 'delivery.nothing-refused')
})

test('M071 · who produces uploads: another unit neither sends for it nor sees its deliveries', async () => {
  const refused = await send([HEADING, penalty(31)].join('\n'), { token: otherToken })
  assert.equal(refused.status, 403)
  const own = (await (await send([HEADING, penalty(32)].join('\n'))).json()) as { deliveryId: number }
  assert.equal((await get(`/deliveries/${own.deliveryId}`, otherToken)).status, 403)
  const listed = (await (await get('/deliveries', otherToken)).json()) as { deliveries: unknown[] }
  assert.equal(listed.deliveries.length, 0)
})

test('M066 · an unknown source, a missing file, a body that is no form: each is refused with its own code', async () => {
  const code = async (answer: Response): Promise<string> => ((await answer.json()) as { code: string }).code
  assert.equal(await code(await send('x', { source: 'nobody' })), 'source.unknown')
  const empty = new FormData()
  empty.append('source', 'ecology-penalty')
  const headers = { authorization: `Bearer ${token}` }
  assert.equal(
    await code(await fetch(`${address}/api/v1/deliveries`, { method: 'POST', body: empty, headers })),
    'delivery.no-file',
  )
  assert.equal(
    await code(
      await fetch(`${address}/api/v1/deliveries`, {
        method: 'POST',
        body: '{}',
        headers: { ...headers, 'content-type': 'application/json' },
      }),
    ),
    'delivery.not-multipart',
  )
})

test('M067 M068 · punctuality: a decision reported after seven working days counts as late for its unit', async () => {
  await send([HEADING, penalty(41, { day: '2026/09/01' }), penalty(42)].join('\n'))
  const answer = (await (
    await fetch(`${address}/api/v1/departments`, {
      headers: {
        authorization: `Bearer ${(await createToken(place.app, { name: 'office', unit: 'credit-office', roles: ['credit-office'], days: 1 })).token}`,
      },
    })
  ).json()) as {
    departments: { unit: string; late: number; onTime: number; reported: number }[]
  }
  const own = answer.departments.find(department => department.unit === 'ecology-environment')
  assert.equal(own?.late, 1)
  assert.equal((own?.onTime ?? 0) + (own?.late ?? 0), own?.reported)
})

test('M037 · the template of an item follows from its catalogue entry: its columns, its unit, an example that is never filed', async () => {
  const answer = await get('/items/penalty-org/template?format=csv')
  const text = await answer.text()
  assert.ok(text.includes('行政处罚决定书文号') && text.includes('澜川市生态环境局'))
  const settled = (await (await send(text)).json()) as { counts: { received: number } }
  assert.equal(settled.counts.received, 0)
  assert.equal((await get('/items/no-such-item/template')).status, 404)
})
