import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'
import type { FastifyInstance } from 'fastify'
import { ROOT } from '../base/root.ts'
import { openApiDoor } from '../platform/api-door.ts'
import { openPortalDoor } from '../platform/portal-door.ts'
import { inventedUscc } from '../subject/invented.ts'
import { openTestApp, type TestApp } from '../testing-app.ts'
import { makeProgram, tokenFor } from './testing.ts'

/* The two clients of docs/api-signing.md, taken from the page and run as a reader would run them: through the portal, which fronts the API. */

const run = promisify(execFile)
const CHECK = { subject: inventedUscc('enterprise', 5), purpose: '行政许可', businessNo: 'A-1' }
let platform: TestApp
let doors: FastifyInstance[] = []
let address = ''
let folder = ''

before(async () => {
  // Both clients read the machine's own clock.
  platform = await openTestApp({ now: new Date() })
  const front = await freePort()
  const app = { ...platform.app, publicUrl: `http://127.0.0.1:${front}` }
  const api = await openApiDoor(app)
  const apiUrl = await api.listen({ port: 0, host: '127.0.0.1' })
  const portal = await openPortalDoor({
    ...{ databaseUrl: platform.portalUrl, apiUrl, publicUrl: app.publicUrl, law: app.law, now: app.now },
  })
  address = await portal.listen({ port: front, host: '127.0.0.1' })
  doors = [portal, api]
  folder = await mkdtemp(join(tmpdir(), 'mingxin-client-'))
})
after(async () => {
  for (const door of doors) await door.close()
  await rm(folder, { recursive: true, force: true })
  await platform.close()
})

async function freePort(): Promise<number> {
  const { createServer } = await import('node:net')
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise(resolve => server.once('listening', resolve))
  const port = (server.address() as { port: number }).port
  await new Promise(resolve => server.close(resolve))
  return port
}

async function example(language: string, name: string): Promise<string> {
  const page = await readFile(join(ROOT, 'docs/api-signing.md'), 'utf8')
  const [, code] = new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(page) ?? []
  assert.ok(code)
  const path = join(folder, name)
  await writeFile(path, code)
  return path
}

const env = (more: Record<string, string>) => ({ env: { PATH: '/usr/bin:/bin', MINGXIN_URL: address, ...more } })

test('the documented client in Node gets a token and makes a signed check', async () => {
  const { key, clientId } = await makeProgram(platform.app)
  assert.ok(!Buffer.isBuffer(key.secret))
  const file = join(folder, 'key.pem')
  await writeFile(file, key.secret.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600 })
  const args = [await example('js', 'call.mjs'), 'POST', '/api/v1/checks', JSON.stringify(CHECK)]
  const { stdout } = await run(process.execPath, args, env({ CLIENT_ID: clientId, KEY_ID: key.keyId, KEY_FILE: file }))
  assert.match(JSON.parse(stdout).receipt, /^H/)
})

test('the documented client of openssl and curl makes a check signed with HMAC-SM3', async () => {
  const program = await makeProgram(platform.app, {}, 'hmac-sm3')
  const [, api] = doors
  assert.ok(api && Buffer.isBuffer(program.key.secret))
  const TOKEN = await tokenFor(api, { ...platform.app, publicUrl: address }, program)
  const more = { KEY_ID: program.key.keyId, SECRET: program.key.secret.toString('base64url'), TOKEN, BODY: JSON.stringify(CHECK) }
  const { stdout } = await run('sh', [await example('sh', 'call.sh')], env(more))
  assert.match(JSON.parse(stdout).receipt, /^H/)
})

test('M458 · a large form passes the front unchanged: its signature is right behind it', async () => {
  const program = await makeProgram(platform.app)
  const { signed } = await import('./testing.ts')
  const app = { ...platform.app, publicUrl: address }
  const [, api] = doors
  assert.ok(api)
  const token = await tokenFor(api, app, program)
  const source = [...platform.app.law.sources.values()].find(one => one.unit === 'market-regulation')?.source
  const csv = `甲,乙\r\n${'1,2\r\n'.repeat(600_000)}${randomUUID()},2\r\n`
  const part = (head: string, text: string) => `--b\r\ncontent-disposition: form-data; ${head}\r\n\r\n${text}\r\n`
  const body = Buffer.from(`${part('name="source"', source ?? '')}${part('name="file"; filename="a.csv"', csv)}--b--\r\n`)
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'multipart/form-data; boundary=b' }
  const sent = signed(app, program.key, { method: 'POST', url: '/api/v1/deliveries?wait=0', headers, body })
  const answer = await fetch(address + sent.url, { method: 'POST', headers: { ...sent.headers }, body })
  assert.equal(answer.status, 202)
})
