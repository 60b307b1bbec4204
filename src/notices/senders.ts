import type { Messenger } from '../law/notice-model.ts'

/* The outside world: what tells a subject by telephone or e-mail that a letter lies in its account. Functions on App; tests bring their own. */

/** A message has no personal contents: that a letter is there, its number, and where. */
export type Message = {
  /** The same for every try of the same message: the other side tells a second one by it. */
  readonly serial: string
  readonly to: string
  readonly subject: string
  readonly text: string
}

/** Taken for delivery, or refused for good with the reason in one word. Anything else is thrown and tried again under the same serial. */
export type SenderAnswer = { readonly taken: true } | { readonly taken: false; readonly reason: string }

export type Sender = (message: Message) => Promise<SenderAnswer>

/** What the city has; a way without a sender is told as impossible, and the next one is tried. */
export type Senders = Readonly<Record<Messenger, Sender | null>>
