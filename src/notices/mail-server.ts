import { readFile } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { MailServer } from '../law/sender-model.ts'
import { mailText } from './mail-message.ts'
import { readSecret } from './secret.ts'
import type { Sender, SenderAnswer } from './senders.ts'

/* Submission of one message over SMTP (RFC 5321, 6409), with TLS before anything is said (8314) or by STARTTLS (3207). */

const SECONDS = 15
const MOST_REPLY = 16 * 1024
/** What no command may hold: an address that ends its line would speak for itself. */
const CONTROL = /[\u0000-\u001f\u007f]/

type Reply = { readonly code: number; readonly lines: readonly string[] }
type Line = {
  readonly socket: Socket
  /** The next reply of the server. */
  reply(): Promise<Reply>
  /** Gives the socket away; throws where something was said that nobody asked for. */
  release(): Socket
}

/**
 * A sender by the city's mail server. Taken when the server takes the message over; refused when it refuses the recipient for good; anything
 * else is thrown, also a server that offers no TLS where the city asks for it.
 */
export function mailSender(server: MailServer, secretsDir: string | null, now: () => Date): Sender {
  return async message => {
    if (CONTROL.test(message.to) || CONTROL.test(message.serial)) return { taken: false, reason: 'refused' }
    const authority = server.authority === undefined ? undefined : await readFile(server.authority)
    const password = server.login ? await readSecret(secretsDir, server.login.secret) : null
    const { host, port } = server
    const first =
      server.security === 'tls'
        ? connectTls({ host, port, servername: host, minVersion: 'TLSv1.2', ...ca(authority) })
        : connect({ host, port })
    const open = new Set<Socket>([first])
    try {
      let line = await greeted(first, server)
      if (server.security === 'starttls') {
        await expected(line, 'STARTTLS', 220)
        const secured = connectTls({ socket: line.release(), servername: host, minVersion: 'TLSv1.2', ...ca(authority) })
        open.add(secured)
        line = lineOf(secured)
        await expected(line, `EHLO ${server.greets}`, 250)
      }
      if (server.login && password !== null) {
        const plain = Buffer.from(`\0${server.login.user}\0${password}`).toString('base64')
        await expected(line, `AUTH PLAIN ${plain}`, 235)
      }
      return await submitted(line, server.from, message.to, mailText(server, message, now()))
    } finally {
      for (const socket of open) socket.destroy()
    }
  }
}

const ca = (authority: Buffer | undefined): { ca?: Buffer } => (authority ? { ca: authority } : {})

async function greeted(socket: Socket, { greets }: MailServer): Promise<Line> {
  const line = lineOf(socket)
  const greeting = await line.reply()
  if (greeting.code !== 220) throw new Error(`the mail server answered ${greeting.code} to nobody’s greeting`)
  await expected(line, `EHLO ${greets}`, 250)
  return line
}

async function submitted(line: Line, from: string, to: string, text: string): Promise<SenderAnswer> {
  await expected(line, `MAIL FROM:<${from}>`, 250)
  const recipient = await asked(line, `RCPT TO:<${to}>`)
  if (recipient.code >= 500) return { taken: false, reason: 'refused' }
  if (recipient.code !== 250 && recipient.code !== 251)
    throw new Error(`the mail server answered ${recipient.code} to the recipient`)
  await expected(line, 'DATA', 354)
  // A line that begins with a dot would end the message.
  const taken = await asked(line, `${text.replace(/^\./gm, '..')}.`)
  if (taken.code !== 250) throw new Error(`the mail server answered ${taken.code} to the message`)
  line.socket.write('QUIT\r\n')
  return { taken: true }
}

async function expected(line: Line, command: string, code: number): Promise<void> {
  const reply = await asked(line, command)
  if (reply.code !== code) throw new Error(`the mail server answered ${reply.code} to ${command.split(' ')[0]}`)
}

async function asked(line: Line, command: string): Promise<Reply> {
  line.socket.write(`${command}\r\n`)
  return await line.reply()
}

/** Reads replies, of several lines too, one for each command. */
function lineOf(socket: Socket): Line {
  let text = ''
  let fault: Error | null = null
  let waiting: { resolve(reply: Reply): void; reject(fault: Error): void } | null = null
  const settle = (): void => {
    if (waiting === null) return
    const reply = fault === null ? take() : null
    if (fault !== null) waiting.reject(fault)
    else if (reply) waiting.resolve(reply)
    if (fault !== null || reply) waiting = null
  }
  const take = (): Reply | null => {
    const found = /^(?:\d{3}-[^\n]*\n)*(\d{3})(?: [^\n]*)?\r?\n/.exec(text)
    if (!found) return null
    text = text.slice(found[0].length)
    return { code: Number(found[1]), lines: found[0].trimEnd().split(/\r?\n/) }
  }
  const fail = (cause: Error): void => {
    fault ??= cause
    settle()
  }
  const hear = (part: Buffer): void => {
    text += part.toString('latin1')
    if (text.length > MOST_REPLY) fail(new Error('the mail server does not end its reply'))
    else settle()
  }
  const closed = (): void => fail(new Error('the mail server hung up'))
  socket.setTimeout(SECONDS * 1000, () => socket.destroy(new Error('the mail server does not answer')))
  socket.on('data', hear).on('error', fail).on('close', closed)
  return {
    socket,
    reply: () =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject }
        settle()
      }),
    release: () => {
      // Said before TLS began: nobody knows by whom.
      if (text !== '') throw new Error('the mail server spoke before TLS')
      socket.off('data', hear).off('close', closed)
      return socket
    },
  }
}
