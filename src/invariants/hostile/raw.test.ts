import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { after, before, test } from 'node:test'
import { openTestApp, type TestApp } from '../../testing-app.ts'
import { type Doors, openDoors } from '../doors.ts'

// Bytes on the wire that are no HTTP, or two requests in the shape of one. Asked over a real connection: inject would not let them through.

let t: TestApp
let doors: Doors
let port: number

before(async () => {
  t = await openTestApp()
  doors = await openDoors(t)
  port = Number(new URL(await doors.api.listen({ port: 0, host: '127.0.0.1' })).port)
})
after(async () => {
  await doors.close()
  await t.close()
})

/** Sends bytes and reads until the server closes or nothing comes for a while. */
function talk(bytes: string | Buffer, patienceMs = 1_500): Promise<string> {
  return new Promise((resolve, reject) => {
    let heard = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
    socket.setTimeout(patienceMs, () => socket.destroy())
    socket.on('data', chunk => {
      heard += chunk.toString('latin1')
    })
    socket.on('close', () => resolve(heard))
    socket.on('error', error => ('code' in error && error.code === 'ECONNRESET' ? resolve(heard) : reject(error)))
  })
}

const statuses = (heard: string): number[] => [...heard.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => Number(status))
const HOST = 'host: a.invalid\r\n'

const TALKS: readonly { readonly name: string; readonly bytes: string | Buffer; readonly most: number }[] = [
  { name: 'no HTTP at all', bytes: '\u0016\u0003\u0001\u0002\u0000\u0001\r\n\r\n', most: 1 },
  {
    name: 'both a length and chunks',
    bytes: `POST /api/v1/sessions HTTP/1.1\r\n${HOST}content-length: 6\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\nGET /healthz HTTP/1.1\r\n${HOST}\r\n`,
    most: 1,
  },
  {
    name: 'two lengths',
    bytes: `POST /api/v1/sessions HTTP/1.1\r\n${HOST}content-length: 5\r\ncontent-length: 40\r\n\r\nhello`,
    most: 1,
  },
  { name: 'a folded chunked', bytes: `POST / HTTP/1.1\r\n${HOST}transfer-encoding:\r\n chunked\r\n\r\n0\r\n\r\n`, most: 1 },
  {
    name: 'an unknown coding',
    bytes: `POST / HTTP/1.1\r\n${HOST}transfer-encoding: chunked, identity\r\n\r\n0\r\n\r\n`,
    most: 1,
  },
  { name: 'a header with a bare line feed', bytes: `GET /healthz HTTP/1.1\r\n${HOST}a: b\nc: d\r\n\r\n`, most: 1 },
  { name: 'a header with a blank before its colon', bytes: `GET /healthz HTTP/1.1\r\n${HOST}x-a : b\r\n\r\n`, most: 1 },
  { name: 'heads without an end', bytes: `GET /healthz HTTP/1.1\r\n${HOST}a: ${'b'.repeat(200_000)}`, most: 1 },
  {
    name: 'ten thousand headers',
    bytes: `GET /healthz HTTP/1.1\r\n${HOST}${Array.from({ length: 10_000 }, (_, i) => `x-${i}: 1\r\n`).join('')}\r\n`,
    most: 1,
  },
  { name: 'a method that nobody knows', bytes: `BREW /coffee HTTP/1.1\r\n${HOST}\r\n`, most: 1 },
  { name: 'TRACE', bytes: `TRACE /healthz HTTP/1.1\r\n${HOST}cookie: mingxin_session=mxs_secret\r\n\r\n`, most: 1 },
  { name: 'CONNECT', bytes: `CONNECT 169.254.169.254:80 HTTP/1.1\r\n${HOST}\r\n`, most: 1 },
  {
    name: 'an absolute address of another host',
    bytes: `GET http://169.254.169.254/latest/meta-data/ HTTP/1.1\r\n${HOST}\r\n`,
    most: 1,
  },
  { name: 'HTTP of the future', bytes: `GET / HTTP/9.9\r\n${HOST}\r\n`, most: 1 },
  { name: 'bytes of every value', bytes: Buffer.from(Array.from({ length: 4_096 }, (_, i) => (i * 31) % 256)), most: 1 },
]

for (const { name, bytes, most } of TALKS)
  test(`M458 · ${name}: refused without a fault, and nothing of it is taken for a second request`, async () => {
    const heard = await talk(bytes)
    const told = statuses(heard)
    assert.ok(told.length <= most, `${told.length} answers: ${heard.slice(0, 300)}`)
    for (const status of told) assert.ok(status < 500 || status === 501 || status === 505, heard.slice(0, 300))
    assert.ok(!heard.includes('mxs_secret'), 'what was sent comes back')
    const after = await fetch(`http://127.0.0.1:${port}/healthz`)
    assert.equal(after.status, 200)
  })

test('M458 · the server’s patience with heads that come drop by drop has an end', { timeout: 30_000 }, async () => {
  assert.ok(doors.api.server.headersTimeout <= 20_000)
  assert.ok(doors.api.server.requestTimeout > 0)
})
