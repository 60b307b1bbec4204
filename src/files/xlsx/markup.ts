/** A character reference, or a control character as Excel writes it: `_x000D_`. */
const REFERENCE = /&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(amp|lt|gt|quot|apos));/g
const CONTROL = /_x([0-9a-fA-F]{4})_/g
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** The text that a piece of SpreadsheetML stands for: references, line ends and Excel's `_xHHHH_` resolved. */
export function plainText(markup: string): string {
  let text = markup
  if (text.includes('\r')) text = text.replace(/\r\n?/g, '\n')
  if (text.includes('&')) {
    text = text.replace(REFERENCE, (whole, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return NAMED[name] ?? whole
      const point = hex !== undefined ? Number.parseInt(hex, 16) : Number(decimal)
      return point <= 0x10ffff ? String.fromCodePoint(point) : whole
    })
  }
  return text.includes('_x') ? text.replace(CONTROL, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))) : text
}

/** Text as SpreadsheetML, the inverse of `plainText`; also fit for an attribute. Half of a surrogate pair becomes U+FFFD. */
export function markup(text: string): string {
  if (!/[&<>"\u0000-\u001f\ufffe\uffff\ud800-\udfff]|_x/.test(text)) return text
  return (
    text
      .toWellFormed()
      // The underscore that would close such a sequence may itself come from the escape of the next character.
      .replace(/_(?=x[0-9a-fA-F]{4}[_\u0000-\u0008\u000b-\u001f\ufffe\uffff])/g, '_x005F_')
      .replace(
        /[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/g,
        sign => `_x${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`,
      )
      .replace(/&/g, '&amp;')
      .replace(/</g, '&lt;')
      .replace(/>/g, '&gt;')
      .replace(/"/g, '&quot;')
  )
}

export type Tag = { readonly attributes: ReadonlyMap<string, string>; readonly end: number }

const ATTRIBUTE = /([^\s=/<>]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g

/** The elements of a name in a small part, whatever their prefix: attributes by local name, and where each opening tag ends. */
export function* tags(xml: string, name: string): Generator<Tag> {
  const opening = new RegExp(`<(?:[\\w.-]+:)?${name}(?=[\\s/>])((?:[^>"']|"[^"]*"|'[^']*')*)>`, 'g')
  for (const found of xml.matchAll(opening)) {
    const attributes = new Map<string, string>()
    for (const [, key = '', double, single] of (found[1] ?? '').matchAll(ATTRIBUTE)) {
      attributes.set(key.replace(/^.*:/, ''), plainText(double ?? single ?? ''))
    }
    yield { attributes, end: found.index + found[0].length }
  }
}
