import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { parseVerifier, verifyCheckpoint } from '../../src/ledger/checkpoint.ts'
import { sequenceRound } from '../../src/ledger/sequence.ts'
import { fileInvented } from '../../src/ledger/testing-log.ts'
import { openTestApp, type TestApp } from '../../src/testing-app.ts'
import { openPortal } from './open-portal.ts'

/* What the sequencer signs stands on the portal, and an outsider can check it with what the portal gives him. */

type Listed = {
  origin: string
  keys: { verifier: string; algorithm: string; pem: string }[]
  checkpoints: { size: number; at: string; note: string }[]
  older: string | null
}

const PATH = '/ledger/checkpoints'
let t: TestApp
let http: FastifyInstance
const get = (url: string) => http.inject({ url })
const list = async (query = ''): Promise<Listed> => (await get(`${PATH}?format=json${query}`)).json<Listed>()

before(async () => {
  t = await openTestApp()
  const { law, words, city, now } = t.app
  http = await openPortal({ databaseUrl: t.portalUrl, law, words, city, publicUrl: 'http://xinyong.invalid', now, poolSize: 2 })
})
after(async () => {
  await http.close()
  await t.close()
})

test('M078 · before the first round the page says that there is none', async () => {
  assert.match((await get(PATH)).body, /账本还没有检查点/)
  assert.deepEqual(await list(), { origin: null, keys: [], checkpoints: [], older: null } as unknown as Listed)
  assert.equal((await get(`${PATH}?format=note`)).statusCode, 404)
})

test('M078 · every signed checkpoint is published at once, with the key that verifies it', async () => {
  for (let round = 0; round < 23; round++) {
    await fileInvented(t.app, 1 + (round % 3))
    await sequenceRound(t.worker)
  }
  const { origin, keys, checkpoints, older } = await list()
  assert.equal(checkpoints.length, 20)
  const trusted = keys.map(key => parseVerifier(key.verifier)).flatMap(key => (key.ok ? [key.value.verifier] : []))
  for (const { note, size } of checkpoints) {
    const signed = verifyCheckpoint(note, origin, trusted)
    assert.ok(signed.ok && signed.value.size === size)
  }
  const rest = (await get(older ?? '')).json<Listed>()
  assert.deepEqual([rest.checkpoints.length, rest.older], [3, null])
  assert.ok((rest.checkpoints[0]?.size ?? 0) < (checkpoints.at(-1)?.size ?? 0))
  assert.equal((await list('&limit=1000')).checkpoints.length, 23)
})

test('M078 · a checkpoint comes as the very bytes that were signed, by its size or as the latest', async () => {
  const { checkpoints } = await list()
  const [latest, , third] = checkpoints
  const answer = await get(`${PATH}?format=note`)
  assert.equal(answer.body, latest?.note)
  assert.match(String(answer.headers['content-type']), /text\/plain/)
  assert.equal((await get(`${PATH}?format=note&size=${third?.size}`)).body, third?.note)
  assert.equal((await get(`${PATH}?format=note&size=1`)).statusCode, 404)
})

for (const query of ['before=x', 'before=-1', 'limit=0', 'limit=99999999', 'size=1e9', 'before=1&before=2'])
  test(`an address with ${query} is answered`, async () => assert.equal((await get(`${PATH}?${query}`)).statusCode, 200))

test('M078 · the page shows the latest checkpoint, the key and how to verify, and leads on from every page’s foot', async () => {
  const { checkpoints, keys } = await list()
  const { body } = await get(PATH)
  assert.ok(body.includes(checkpoints[0]?.note.split('\n')[2] ?? 'no root'))
  assert.ok(body.includes(keys[0]?.verifier ?? 'no key'))
  for (const words of ['怎样保存', '怎样核实一条记录在账本里', 'mingxin audit --against']) assert.ok(body.includes(words), words)
  assert.match((await get('/help')).body, /href="\/ledger\/checkpoints"/)
})
