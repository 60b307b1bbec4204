import { html } from '../html.ts'
import { searchBand } from '../kit/filter-form.ts'
import type { Answer, Portal } from '../page.ts'

/** What is not there: the same words, whether it never was, is repaired, or is over. */
export function gone(portal: Pick<Portal, 'say'>, code: 'page.not-found' | 'record.not-on-display' | 'subject.unknown'): Answer {
  const { say } = portal
  return {
    kind: 'page',
    status: 404,
    heading: say('portal.not-found'),
    main: html`<p>${say(code)}</p>${searchBand(say, '')}`,
    data: { type: `urn:mingxin:${code}`, title: say(code), status: 404, code },
  }
}
