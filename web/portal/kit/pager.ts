import { type Html, html } from '../html.ts'
import type { Say } from '../page.ts'

/** An address with some of its query changed; an empty value drops the key. */
export function withQuery(
  path: string,
  query: Readonly<Record<string, string | undefined>>,
  changed: Readonly<Record<string, string | undefined>> = {},
): string {
  const kept = Object.entries({ ...query, ...changed }).filter((pair): pair is [string, string] => Boolean(pair[1]))
  if (kept.length === 0) return path
  return `${path}?${new URLSearchParams(kept).toString()}`
}

/** 上一页, 下一页 by key. Nothing where there is one page. */
export function pager(say: Say, previous: string | null, next: string | null): Html {
  if (!previous && !next) return html``
  return html`<nav class="pager" aria-label="${say('portal.pages')}">${
    previous
      ? html`<a class="button quiet-button" rel="prev" href="${previous}">${say('portal.previous')}</a>`
      : html`<span></span>`
  }${next ? html`<a class="button quiet-button" rel="next" href="${next}">${say('portal.next')}</a>` : ''}</nav>`
}
