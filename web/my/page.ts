import type { Actor, Permission } from '../../src/access/actor.ts'
import type { App } from '../../src/app.ts'
import type { Day } from '../../src/base/day.ts'
import type { SubjectId } from '../../src/base/id.ts'
import type { Problem } from '../../src/http/problem.ts'
import type { MandateView } from '../../src/mandates/contract.ts'
import type { Html } from '../portal/html.ts'
import type { Icons } from '../portal/kit/icon.ts'
import type { Frame } from '../portal/layout.ts'
import type { Say, SayHtml } from '../portal/page.ts'
import type { Typed } from './typed.ts'
import type { SentFile } from './upload.ts'

/* What a page of the subject's account is, and what it may lean on. */

export type Site = {
  readonly app: App
  readonly say: Say
  readonly sayHtml: SayHtml
  readonly icon: Icons
  /** Address of the script that asks the device for a passkey. */
  readonly passkeyScript: string
  /** Address of the script that makes photographs smaller before they are sent. */
  readonly papersScript: string
  /** Day and minute of an instant in the city's time. */
  readonly moment: (at: Date) => string
  /** A drawing that this platform made, as it stands: an SVG. */
  readonly drawing: (svg: string) => Html
  readonly frame: Frame
  readonly headers: Readonly<Record<string, string>>
  /** The legal day. */
  readonly today: () => Day
}

/** Somebody signed in: perhaps a person of a unit, who has no account page. `csrf` goes back with every form. */
export type Guest = {
  readonly actor: Actor
  readonly csrf: string
  /** For whom he speaks in this session, and by what. */
  readonly speaksFor?: MandateView | undefined
}

/** A person, signed in, who may speak for a subject or for none, and what he asked for. */
export type PersonVisit = Guest & {
  readonly site: Site
  /** Where the request came from. */
  readonly address: string
  readonly params: Readonly<Record<string, string>>
  /** What was sent with a form. */
  readonly files: readonly SentFile[]
  readonly query: Typed
  /** Path and query as asked. */
  readonly url: string
  /**
   * Goes on with the session's new token: its cookie is set, whatever is answered now is drawn for the renewed session, a refusal too.
   */
  readonly carryOn: (token: string) => Promise<Guest>
}

/** A subject, signed in by whoever speaks for it. */
export type Visit = PersonVisit & { readonly subjectId: SubjectId }

export type Drawn = {
  /** The h1, and the first part of the title. */
  readonly heading: string
  readonly main: Html
  readonly status?: number
  /** Put before the heading in the title: 有2处需要修改. */
  readonly warning?: string
  /** What is asked for has an address of its own: there instead of this page. */
  readonly elsewhere?: string
}

export type AccountPage<Of extends PersonVisit = Visit> = {
  readonly path: string
  /** The key of the heading in words: the label of every link that leads here. */
  readonly label: string
  /** What a mandate must cover. */
  readonly needs?: Permission
  readonly draw: (visit: Of) => Promise<Drawn> | Drawn
}

/** One thing to be mended, at the field it was typed in. */
export type Fault = { readonly field: string; readonly sentence: string }

/** Why a form comes back: faults at its fields, or a refusal of the deed. */
export type Rejection = { readonly faults: readonly Fault[]; readonly problem: Problem | null }

export const NOTHING_WRONG: Rejection = { faults: [], problem: null }

export type AccountForm<Of extends PersonVisit = Visit> = {
  readonly path: string
  readonly needs?: Permission
  /** Does what the form asks for: where to go then, what is said once and nowhere else, or what to mend. Refusals are thrown. */
  readonly act: (visit: Of, typed: Typed) => Promise<string | Drawn | readonly Fault[]>
  /** The page again, with what was typed and what is wrong with it. */
  readonly redraw: (visit: Of, typed: Typed, rejection: Rejection) => Promise<Drawn> | Drawn
  /** The page on which the form is filled in, with what was typed: for whoever has to sign in again first. `address`: where it was sent. */
  readonly draft: (typed: Typed, site: Site, address: string) => string
  /** Files come with it. */
  readonly takesFiles?: boolean
}
