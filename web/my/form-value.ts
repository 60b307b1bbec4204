import { randomBytes } from 'node:crypto'
import type { App } from '../../src/app.ts'
import { hostCookieName } from '../../src/http/session.ts'

/* Before there is a session, a form proves that it came from here by a value that stands in it and in a cookie other sites cannot send. */

/** The cookie of that value. Over https its name binds it to this very host, so that no neighbour's page can set one to sign somebody in. */
export function formCookieName(app: Pick<App, 'publicUrl'>): string {
  return hostCookieName(app, 'mingxin_form')
}

export function newFormValue(): string {
  return randomBytes(24).toString('base64url')
}
