import assert from 'node:assert/strict'
import { type AddressInfo, createServer } from 'node:net'
import { test } from 'node:test'
import { Refusal } from '../base/refusal.ts'
import { findFreePort, requirePort } from './ports.ts'

const refusedWith = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code

test('a port that someone listens on is refused with its number; given back, it is allowed', async () => {
  const other = createServer()
  await new Promise<void>(done => other.listen(0, '127.0.0.1', done))
  const { port } = other.address() as AddressInfo
  await assert.rejects(
    requirePort(port, '127.0.0.1'),
    error => refusedWith('start.port-taken')(error) && (error as Refusal).facts['port'] === port,
  )
  await new Promise(done => other.close(done))
  await requirePort(port, '127.0.0.1')
})

test('any free port is allowed, and the one found is free', async () => {
  await requirePort(0, '127.0.0.1')
  await requirePort(await findFreePort(), '127.0.0.1')
})

test('an address that is not this machine’s is refused', async () => {
  // TEST-NET-1 of RFC 5737: nobody's.
  await assert.rejects(requirePort(0, '192.0.2.1'), refusedWith('start.host-unknown'))
})
