/**
 * A spreadsheet takes a cell for a formula when it begins with one of these; with the full-width ones too where the program folds
 * widths, and after a line break in some (OWASP, CSV Injection).
 */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/
/** A plain negative number is no formula, and an amount should stay one. */
const NEGATIVE_NUMBER = /^-\d{1,15}(?:\.\d{1,15})?$/

/** True for a text that a spreadsheet would run, drop or change rather than show. */
export function looksLikeFormula(text: string): boolean {
  return FORMULA.test(text) && !NEGATIVE_NUMBER.test(text)
}

/**
 * A cell as it is written into delimited text for people: a quote goes before what looks like a formula, and before quotes that
 * stand before it, so that `readBack` gives every text back unchanged.
 */
export function neutralise(text: string): string {
  return looksLikeFormula(text.replace(/^'+/, '')) ? `'${text}` : text
}

/** The inverse of `neutralise`. Only for files that this program wrote: a sender's own leading quote is kept as it is. */
export function readBack(text: string): string {
  return text.startsWith("'") && looksLikeFormula(text.replace(/^'+/, '')) ? text.slice(1) : text
}
