import { createServer } from 'node:net'
import { Refusal } from '../base/refusal.ts'

/** A port of this machine that is free now. */
export async function findFreePort(): Promise<number> {
  return await new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'start.port-taken',
  EACCES: 'start.port-forbidden',
  EADDRNOTAVAIL: 'start.host-unknown',
  ENOTFOUND: 'start.host-unknown',
}

/**
 * Whether the platform may answer there, asked before a city is loaded and not after. 0 stands for any free port.
 * @throws Refusal `start.port-taken`, `start.port-forbidden`, `start.host-unknown`
 */
export async function requirePort(port: number, host: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (fault: NodeJS.ErrnoException) => {
      const code = REASONS[fault.code ?? '']
      reject(code ? new Refusal(code, null, { port, host }) : fault)
    })
    probe.listen(port, host, () => probe.close(() => resolve()))
  })
}
