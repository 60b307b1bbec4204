import { type Html, html } from '../html.ts'

const CUTS = [2, 8, 17, 18] as const

/** A code in groups 2-6-9-1 by gaps of style, so that a copy is clean; read digit by digit. Other codes stand as they are. */
export function codeText(code: string): Html {
  if (!/^[0-9A-Z]{18}$/.test(code)) return html`<span class="code">${code}</span>`
  return html`<span class="code"><span>${code.slice(0, CUTS[0])}</span><span>${code.slice(CUTS[0], CUTS[1])}</span><span>${code.slice(CUTS[1], CUTS[2])}</span><span>${code.slice(CUTS[2])}</span></span>`
}

/** Characters outside the basic plane carry their code point, for machines without the glyph. */
export function nameText(name: string): Html | string {
  if (!/[\u{10000}-\u{10ffff}]/u.test(name)) return name
  return html`${[...name].map(one =>
    (one.codePointAt(0) ?? 0) > 0xffff
      ? html`<span title="U+${(one.codePointAt(0) ?? 0).toString(16).toUpperCase()}">${one}</span>`
      : one,
  )}`
}
