import type { Door } from './claims.ts'

/** Where each door leads. */
export const HOME_OF: Readonly<Record<Door, string>> = { staff: '/console', subjects: '/my' }
/** Pages of signing in and out: nobody is led back to them. */
const OF_SIGNING = /^\/(?:my|console)\/sign-/

/** A page of the door's own to go to after signing in; its first page for anything else, another site's address above all. */
export function ownPath(door: Door, path: string): string {
  const home = HOME_OF[door]
  if (!path.startsWith(home) || path.length > 1000) return home
  // As a browser reads it: `/my/../verify` is no page of the account.
  const { origin, pathname, search } = new URL(path, 'http://own.invalid')
  const isOwn = origin === 'http://own.invalid' && (pathname === home || pathname.startsWith(`${home}/`))
  return isOwn && !OF_SIGNING.test(pathname) ? `${pathname}${search}` : home
}
