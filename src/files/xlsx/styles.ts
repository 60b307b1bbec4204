/** The looks a cell can have in a written workbook; the number is its place in `cellXfs`. */
export const cellStyle = {
  /** Text, so that an 18-digit code stays what it is. */
  text: 1,
  title: 2,
  heading: 3,
  requiredHeading: 4,
  faulty: 5,
  note: 6,
  example: 7,
  reason: 8,
  /** Text and faulty text that begin like a formula: the quote prefix keeps them text when they are edited. */
  quotedText: 9,
  quotedFaulty: 10,
} as const

export type CellStyle = (typeof cellStyle)[keyof typeof cellStyle]

const fonts = [
  '<font><sz val="11"/><name val="宋体"/></font>',
  '<font><b/><sz val="14"/><name val="宋体"/></font>',
  '<font><b/><sz val="11"/><name val="宋体"/></font>',
  '<font><sz val="10"/><color rgb="FF55627A"/><name val="宋体"/></font>',
]

function fill(colour: string): string {
  return `<fill><patternFill patternType="solid"><fgColor rgb="FF${colour}"/><bgColor indexed="64"/></patternFill></fill>`
}

const fills = [
  '<fill><patternFill patternType="none"/></fill>',
  '<fill><patternFill patternType="gray125"/></fill>',
  fill('E8F0FA'),
  fill('FFE9A8'),
  fill('FDEDEC'),
  fill('EBEFF4'),
]

const line = '<color rgb="FFD5DCE6"/>'
const borders = [
  '<border><left/><right/><top/><bottom/><diagonal/></border>',
  `<border><left style="thin">${line}</left><right style="thin">${line}</right><top style="thin">${line}</top><bottom style="thin">${line}</bottom><diagonal/></border>`,
]

type Look = { font?: number; fill?: number; border?: number; align?: string; quoted?: boolean }

function xf({ font = 0, fill: fillId = 0, border = 0, align = '', quoted = false }: Look): string {
  const flags = `applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1"${quoted ? ' quotePrefix="1"' : ''}`
  const open = `<xf numFmtId="49" fontId="${font}" fillId="${fillId}" borderId="${border}" xfId="0" ${flags}`
  return align === '' ? `${open}/>` : `${open} applyAlignment="1"><alignment ${align}/></xf>`
}

const wrapped = 'vertical="top" wrapText="1"'
const centred = 'horizontal="center" vertical="center" wrapText="1"'
const cellXfs = [
  '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>',
  xf({}),
  xf({ font: 1, align: 'horizontal="center" vertical="center"' }),
  xf({ font: 2, fill: 2, border: 1, align: centred }),
  xf({ font: 2, fill: 3, border: 1, align: centred }),
  xf({ fill: 4, border: 1 }),
  xf({ font: 3, fill: 5, border: 1, align: wrapped }),
  xf({ font: 3, fill: 5, border: 1 }),
  xf({ border: 1, align: wrapped }),
  xf({ quoted: true }),
  xf({ fill: 4, border: 1, quoted: true }),
]

function list(name: string, items: readonly string[]): string {
  return `<${name} count="${items.length}">${items.join('')}</${name}>`
}

/** The style sheet of every workbook that is written. */
export function styleSheet(): string {
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">${list('fonts', fonts)}${list('fills', fills)}${list('borders', borders)}<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>${list('cellXfs', cellXfs)}<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`
}
