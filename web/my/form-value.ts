import { randomBytes } from 'node:crypto'

/* Before there is a session, a form proves that it came from here by a value that stands in it and in a cookie other sites cannot send. */

export const FORM_COOKIE = 'mingxin_form'

export function newFormValue(): string {
  return randomBytes(24).toString('base64url')
}
