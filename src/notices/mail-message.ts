import type { MailServer } from '../law/sender-model.ts'
import type { Message } from './senders.ts'

/* A message as RFC 5322 writes it: everything that is no ASCII is base64, so that no server needs an extension. */

const LINE = 76

/** `=?UTF-8?B?…?=`, in words of at most 75 characters that never cut a character (RFC 2047). */
export function encodedWords(text: string): string {
  const words: string[] = []
  let word = ''
  for (const character of text) {
    if (Buffer.byteLength(word + character) > 45) {
      words.push(word)
      word = ''
    }
    word += character
  }
  words.push(word)
  return words.map(one => `=?UTF-8?B?${Buffer.from(one).toString('base64')}?=`).join('\r\n ')
}

/** The whole message, ready for DATA. Its id is the serial number: a second copy is known by it. */
export function mailText({ from, name, greets }: MailServer, { serial, to, subject, text }: Message, at: Date): string {
  const body =
    Buffer.from(text)
      .toString('base64')
      .match(new RegExp(`.{1,${LINE}}`, 'g')) ?? []
  return [
    `From: ${encodedWords(name)} <${from}>`,
    `To: <${to}>`,
    `Subject: ${encodedWords(subject)}`,
    `Date: ${at.toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${serial}@${greets}>`,
    'Auto-Submitted: auto-generated',
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    ...body,
    '',
  ].join('\r\n')
}
