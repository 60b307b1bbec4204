import type { PublicReport, ReportRecord, ReportSection } from '../reports/model.ts'

/* The same report as a page for a browser to print: plain tables, the system's own font, nothing that costs time for nothing. */

const STYLE = `@page { size: A4; margin: 20mm 18mm } body { font: 10pt/1.5 'Noto Sans CJK SC', 'Noto Sans SC', sans-serif }
  h1 { text-align: center; font-size: 18pt } h2 { font-size: 12pt; border-bottom: 1px solid #000 } table { border-collapse: collapse; width: 100% }
  td, th { border: 0.5pt solid #888; padding: 2pt 4pt; text-align: left; vertical-align: top } th { width: 30%; font-weight: normal }
  small { color: #555 }`

export function reportPage(report: PublicReport): string {
  const particulars = report.subject.particulars.map(({ name, value }) => row(name, value)).join('')
  return `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><style>${STYLE}</style>
    <h1>${text(report.title)}</h1><p>${text(report.number)} ${text(report.issuedAt)} ${text(report.issuer)} ${text(report.verifyCode)}</p>
    <table>${row('名称', report.subject.name)}${row('统一社会信用代码', report.subject.uscc)}${particulars}</table>
    ${report.sections.map(section).join('')}
    <h2>报告说明</h2>${[...report.statements, ...report.notes].map(one => `<p>${text(one)}</p>`).join('')}</html>`
}

function section({ no, title, source, records, paragraphs, emptyText }: ReportSection): string {
  const inner = records.length + paragraphs.length === 0 ? `<p>${text(emptyText)}</p>` : records.map(record).join('')
  return `<h2>${no}、${text(title)}</h2><small>${text(source)}</small>${inner}${paragraphs.map(one => `<p>${text(one)}</p>`).join('')}`
}

function record({ title, marks, fields, provenance }: ReportRecord): string {
  const said = marks.map(mark => text(mark.text)).join(' ')
  return `<h3>${text(title)} ${said}</h3><table>${fields.map(({ name, value }) => row(name, value)).join('')}</table><small>${text(provenance)}</small>`
}

function row(name: string, value: string): string {
  return `<tr><th>${text(name)}</th><td>${text(value || '—')}</td></tr>`
}

function text(given: string): string {
  return given.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
