import assert from 'node:assert/strict'
import { createPrivateKey } from 'node:crypto'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { openApiDoor } from '../platform/api-door.ts'
import { send, signed, tokenFor } from '../programs/testing.ts'
import { openTestApp } from '../testing-app.ts'
import { makeExampleAccounts } from './accounts.ts'
import { makeExampleProgram } from './programs.ts'

test('the example city has one program, and whoever holds its file comes in with it; the file is nobody else’s', async () => {
  const { app, worker, close } = await openTestApp()
  const folder = await mkdtemp(join(tmpdir(), 'mingxin-demo-'))
  await makeExampleAccounts(worker)
  const made = await makeExampleProgram(worker, folder)
  assert.ok(made)
  assert.deepEqual(await makeExampleProgram(worker, folder), made, 'found again, not made twice')
  assert.equal((await stat(made.file)).mode & 0o777, 0o600)
  const http = await openApiDoor(app)
  const key = { keyId: made.key, algorithm: 'ed25519' as const, secret: createPrivateKey(await readFile(made.file)) }
  const token = await tokenFor(http, app, { programId: 0, clientId: made.client, key })
  const headers = { authorization: `Bearer ${token}` }
  const answer = await send(http, signed(app, key, { method: 'GET', url: '/api/v1/programs/self', headers }))
  assert.deepEqual([answer.statusCode, answer.json().unit], [200, 'approval'])
  await rm(folder, { recursive: true })
  assert.equal(await makeExampleProgram(worker, folder), undefined, 'a key that is gone is not made again')
  await http.close()
  await close()
})
