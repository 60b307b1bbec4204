import { type AddressInfo, createServer as createPlain, type Server, type Socket } from 'node:net'
import { createSecureContext, createServer as createTls, TLSSocket } from 'node:tls'
import type { MailServer } from '../law/sender-model.ts'
import { mailSender } from './mail-server.ts'
import type { Sender } from './senders.ts'

/* A mail server for tests, as far as submission goes, on this machine. */

/** Other replies in the place of its own, by the command; null: none at all. */
export type Says = Readonly<Record<string, string | null>>
export type TlsMode = { readonly key: string; readonly cert: string; readonly mode: 'tls' | 'starttls' }

const OWN: Readonly<Record<string, string>> = {
  EHLO: '250-here\r\n250 AUTH PLAIN',
  AUTH: '235 welcome',
  STARTTLS: '220 go ahead',
  DATA: '354 go on',
}

type Heard = { readonly taken: string[]; readonly commands: string[] }

function reply(socket: Socket, says: Says, command: string, own: string): void {
  const line = command in says ? says[command] : own
  if (line !== null) socket.write(`${line}\r\n`)
}

/** Reads commands and, after DATA, a message; answers each. */
function talk(socket: Socket, says: Says, tls: TlsMode | undefined, heard: Heard): void {
  let text = ''
  let inData = false
  const next = (): string | null => {
    const end = text.indexOf(inData ? '\r\n.\r\n' : '\r\n')
    if (end < 0) return null
    const line = text.slice(0, end)
    text = text.slice(end + (inData ? 5 : 2))
    return line
  }
  const take = (line: string): void => {
    if (inData) {
      inData = false
      heard.taken.push(line)
      reply(socket, says, '.', '250 taken')
      return
    }
    heard.commands.push(line)
    const word = line.split(' ')[0] ?? ''
    inData = word === 'DATA'
    reply(socket, says, word, OWN[word] ?? '250 ok')
    if (word !== 'STARTTLS' || !tls) return
    socket.off('data', hear)
    talk(new TLSSocket(socket, { isServer: true, secureContext: createSecureContext(tls) }), says, undefined, heard)
  }
  const hear = (part: Buffer): void => {
    text += part.toString()
    for (let line = next(); line !== null; line = next()) take(line)
  }
  socket.on('data', hear).on('error', () => undefined)
}

/** Opens one; `sender` submits to it as a city would that is configured so. */
export async function openMailServer(folder: string, now: () => Date, says: Says = {}, tls?: TlsMode) {
  const heard: Heard = { taken: [], commands: [] }
  const greet = (socket: Socket): void => {
    talk(socket, says, tls?.mode === 'starttls' ? tls : undefined, heard)
    reply(socket, says, 'greeting', '220 ready')
  }
  const server: Server = tls?.mode === 'tls' ? createTls(tls, greet) : createPlain(greet)
  await new Promise<void>(resolve => server.listen(0, 'localhost', resolve))
  const { port } = server.address() as AddressInfo
  const configured: MailServer = {
    ...{ host: 'localhost', port, security: 'none', greets: 'credit.example', from: 'office@credit.example' },
    name: '信用示例',
  }
  const sender = (more: Partial<MailServer> = {}): Sender => mailSender({ ...configured, ...more }, folder, now)
  return { ...heard, sender, close: () => new Promise(resolve => server.close(resolve)) }
}
