import type { App } from '../app.ts'
import type { Refusal } from '../base/refusal.ts'

const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const plain = (text: string): string => text.replace(/[&<>"']/g, sign => SIGNS[sign] ?? sign)

/** What a browser is told about a report that is no longer served, with a form that issues a new one. */
export function goneHtml(app: App, gone: Refusal): string {
  const sentence = plain(app.words.say(gone.code, gone.facts))
  const subjectId = Number(gone.facts.subjectId)
  // A special report is the subject's to issue: whoever holds the paper of one is led to its account, not to a report of another kind.
  const again =
    gone.facts.kind === 'special'
      ? `<p><a href="/my/reports">${plain(app.words.say('report.renew-own'))}</a></p>`
      : `<form method="post" action="/subjects/${subjectId}/report"><button type="submit">${plain(app.words.say('report.renew'))}</button></form>`
  return `<!doctype html>
<html lang="zh-CN">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex, noarchive">
<title>${sentence} - ${plain(app.city.platformName)}</title></head>
<body><main><h1>${sentence}</h1>
${again}
<p><a href="/subjects/${subjectId}">${plain(app.words.say('report.back'))}</a></p></main></body>
</html>
`
}
