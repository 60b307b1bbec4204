import type { Readable } from 'node:stream'
import type { Day } from '../../src/base/day.ts'
import type { Facts } from '../../src/base/refusal.ts'
import type { Query } from '../../src/db/database.ts'
import type { City } from '../../src/law/city-model.ts'
import type { Law } from '../../src/law/law.ts'
import type { Html } from './html.ts'
import type { Icons } from './kit/icon.ts'

/* What a page is, and what it may lean on. */

export type Say = (code: string, facts?: Facts) => string
export type SayHtml = (code: string, facts: Readonly<Record<string, Facts[string] | Html>>) => Html

/** Everything a page may lean on. `db` sees schema `pub` and nothing else. */
export type Portal = {
  readonly db: Query
  readonly law: Law
  readonly city: City
  readonly publicUrl: string
  readonly now: () => Date
  /** The legal day. */
  readonly today: () => Day
  readonly say: Say
  /** A sentence as markup: days kept whole, links in its blanks. */
  readonly sayHtml: SayHtml
  readonly icon: Icons
  /** Of all that a drawn page shows but its rows. */
  readonly stamp: string
}

export type Ask = {
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string | undefined>>
  /** Path and query as asked. */
  readonly url: string
  /** A program asks: of the answer only `data` is sent. */
  readonly wantsData: boolean
}

export type Answer =
  | {
      readonly kind: 'page'
      /** The h1, and the first part of the title. */
      readonly heading: string
      /** What follows the h1. */
      readonly main: Html
      /** The same for a program; a function where making it costs. */
      readonly data: object | (() => object)
      readonly status?: number
      /** Put before the heading in the title: 有2处需要修改. */
      readonly warning?: string
      /** Replaces the plain h1 (the subject's name with its code). */
      readonly head?: Html
    }
  | { readonly kind: 'moved'; readonly to: string; readonly status: 302 | 303 | 308 }
  | { readonly kind: 'file'; readonly name: string; readonly type: string; readonly body: Readable }

export type Page = {
  /** Fastify's path. */
  readonly path: string
  /** The key of the heading in words, where the page has a fixed one: the label of every link that leads here. */
  readonly label?: string
  /** False: subjects, records, registers, lists. What is repaired must vanish from search engines too. */
  readonly mayBeIndexed: boolean
  /** Called once when the portal opens; what it returns answers each request. */
  readonly open: (portal: Portal) => (ask: Ask) => Answer | Promise<Answer>
}
