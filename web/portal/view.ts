/* How a visitor wants pages drawn: kept in one cookie, set by a plain form, read without scripts. */

export const SIZES = [100, 125, 150, 200] as const

export type View = {
  readonly size: (typeof SIZES)[number]
  readonly contrast: boolean
  readonly care: boolean
  readonly cursor: boolean
}

export const PLAIN: View = { size: 100, contrast: false, care: false, cursor: false }

const COOKIE = /(?:^|;\s*)(?:__Host-)?view=(\d{3})([a-z]{0,3})(?:;|$)/

/** The view in a Cookie header; the plain one where it holds none or nonsense. */
export function readView(cookie: string | undefined): View {
  const found = cookie === undefined ? null : COOKIE.exec(cookie)
  if (!found) return PLAIN
  const flags = found[2] ?? ''
  return {
    size: SIZES.find(size => size === Number(found[1])) ?? 100,
    contrast: flags.includes('h'),
    care: flags.includes('c'),
    cursor: flags.includes('m'),
  }
}

/** The value of Set-Cookie that keeps a view for a year. It says nothing about the visitor. */
export function viewCookie(view: View, secure: boolean): string {
  const flags = `${view.contrast ? 'h' : ''}${view.care ? 'c' : ''}${view.cursor ? 'm' : ''}`
  // Over https the name binds it to this very host.
  return `${secure ? '__Host-' : ''}view=${view.size}${flags}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly${secure ? '; Secure' : ''}`
}

/** The view after the toolbar's button was pressed: `set` is a size, a name to switch, or `plain`. */
export function changeView(view: View, set: string): View {
  const size = SIZES.find(one => String(one) === set)
  if (size) return { ...view, size }
  if (set === 'contrast' || set === 'care' || set === 'cursor') return { ...view, [set]: !view[set] }
  return set === 'plain' ? PLAIN : view
}

/** The path to go back to: one of our own, never another site's. */
export function localPath(path: string | undefined): string {
  return path && /^\/(?![/\\])[^\u0000-\u001f\\]*$/.test(path) && !path.startsWith('/view') ? path : '/'
}

/** Classes of the html element. */
export function viewClasses(view: View): string {
  return [`size-${view.size}`, view.contrast ? 'contrast' : '', view.care ? 'care' : '', view.cursor ? 'big-cursor' : '']
    .filter(Boolean)
    .join(' ')
}
