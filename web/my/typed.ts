/* What came in a form or a query: every name with its values, in the order they were sent. */

export type Typed = ReadonlyMap<string, readonly string[]>

/** Reads the parsed body of a form or a parsed query. Whatever is no text is left out. */
export function typedOf(parsed: unknown): Typed {
  if (typeof parsed !== 'object' || parsed === null) return new Map()
  return new Map(
    Object.entries(parsed).map(([name, value]) => [
      name,
      (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === 'string'),
    ]),
  )
}

/** The first value of a name, without blanks at its ends; '' where there is none. */
export function one(typed: Typed, name: string): string {
  return typed.get(name)?.[0]?.trim() ?? ''
}

export function all(typed: Typed, name: string): readonly string[] {
  return typed.get(name) ?? []
}

/** An address with these names of what was typed in its query, so that the page can be filled in again. */
export function draftAddress(path: string, typed: Typed, names: readonly string[]): string {
  const query = new URLSearchParams()
  for (const name of names) for (const value of all(typed, name)) if (value.trim() !== '') query.append(name, value.trim())
  return query.size === 0 ? path : `${path}?${query.toString()}`
}

/** The page to go back to after signing in: one of the account's own, never another site's, and nothing else of this one. */
export function accountPath(path: string): string {
  if (!/^\/my(?:[/?]|$)/.test(path)) return '/my'
  // As a browser reads it: `/my/../verify` is no page of the account.
  const { pathname, search } = new URL(path, 'http://account.invalid')
  const isOwn = (pathname === '/my' || pathname.startsWith('/my/')) && !pathname.startsWith('/my/sign-')
  return isOwn ? `${pathname}${search}` : '/my'
}

/** The door of the account, and its second step. */
export const SIGN_IN = '/signin'
export const SECOND_STEP = `${SIGN_IN}/factor`

/** The sign-in page that leads back to this one. */
export function signInAddress(back: string): string {
  return back === '/my' ? SIGN_IN : `${SIGN_IN}?${new URLSearchParams({ back }).toString()}`
}

/** The page on which one chooses for whom one speaks, that leads back to this one. */
export function subjectAddress(back: string): string {
  return back === '/my' ? '/my/subject' : `/my/subject?${new URLSearchParams({ back }).toString()}`
}
