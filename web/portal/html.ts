/** Markup that is safe to send: made by `html` alone, never from a text. */
export class Html {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

/** What may stand in a hole of a template. Text is escaped; null, undefined and false are nothing. */
export type Hole = Html | string | number | boolean | null | undefined | readonly Hole[]

const UNSAFE = /[&<>"']/
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Text as it may stand in markup, between tags and within quotes alike. */
export function escapeText(text: string): string {
  return UNSAFE.test(text) ? text.replace(/[&<>"']/g, one => ENTITIES[one] ?? one) : text
}

/** `text`: between tags or within quotes. `address`: the whole of an href, src or action. `attribute`: inside a tag, only made markup fits. */
type Place = 'text' | 'address' | 'attribute'

const places = new WeakMap<TemplateStringsArray, readonly Place[]>()

/**
 * Markup with its holes filled. Every text is escaped; an address whose scheme could run a program is emptied. A template that puts a
 * hole where no escaping is safe (a tag's name, an unquoted value, a script, a style) throws when it is first used.
 */
export function html(parts: TemplateStringsArray, ...holes: readonly Hole[]): Html {
  let found = places.get(parts)
  if (!found) {
    found = findPlaces(parts)
    places.set(parts, found)
  }
  let text = parts[0] ?? ''
  for (let i = 0; i < holes.length; i++) text += fillHole(holes[i], found[i] ?? 'text') + parts[i + 1]
  return new Html(text)
}

/** Several pieces as one. */
export function join(pieces: readonly Hole[], between = ''): Html {
  return new Html(pieces.map(piece => fillHole(piece, 'text')).join(escapeText(between)))
}

export const NOTHING = new Html('')

function fillHole(hole: Hole, place: Place): string {
  if (typeof hole === 'string') {
    if (place === 'attribute' && hole !== '') throw new TypeError('a text cannot be an attribute')
    return escapeText(place === 'address' ? safeAddress(hole) : hole)
  }
  if (hole instanceof Html) return hole.text
  if (typeof hole === 'number') return String(hole)
  if (hole === null || hole === undefined || typeof hole === 'boolean') return ''
  let text = ''
  for (const one of hole) text += fillHole(one, place)
  return text
}

/** Addresses of our own and of the schemes a page links to; anything else leads nowhere. */
function safeAddress(address: string): string {
  const plain = address.replace(/[\u0000-\u0020]/g, '')
  return /^(?:https?:|tel:|mailto:|otpauth:|[^:]*$|[^:]*[/?#])/i.test(plain) ? address : ''
}

const OPEN_TAG = /<(\/?)([a-z][a-z0-9-]*)[^<>]*$/i
const ADDRESS = /\s(?:href|src|action|formaction)="$/i

function findPlaces(parts: TemplateStringsArray): Place[] {
  const found: Place[] = []
  let before = ''
  for (let i = 0; i + 1 < parts.length; i++) {
    before += parts[i]
    const place = placeAfter(before)
    found.push(place)
    // A filled hole is one plain letter to what follows; an attribute is a word of its own.
    before += place === 'attribute' ? '' : 'x'
  }
  return found
}

function placeAfter(before: string): Place {
  const outside = before.replace(/"[^"<>]*"/g, '""')
  if (/<(script|style)\b[^>]*>(?:(?!<\/\1)[\s\S])*$/i.test(before)) throw new TypeError('no hole in a script or a style')
  if (/<!--(?:(?!-->)[\s\S])*$/.test(before)) throw new TypeError('no hole in a comment')
  if (!/<[^>]*$/.test(outside)) return 'text'
  if (ADDRESS.test(before)) return 'address'
  if (/="[^"]*$/.test(outside)) return 'text'
  if (OPEN_TAG.test(outside) && /[\s"]$/.test(outside)) return 'attribute'
  throw new TypeError(`no hole here: ${before.slice(-40)}`)
}
