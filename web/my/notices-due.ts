import { may } from '../../src/access/actor.ts'
import { countUnopened } from '../../src/notices/views.ts'
import { type Html, html } from '../portal/html.ts'
import type { Visit } from './page.ts'

/** Letters that wait to be opened: how many, and the way there. */
export async function noticesDue({ site, actor }: Visit): Promise<Html | ''> {
  if (!may(actor, 'notice.read-own')) return ''
  const count = await countUnopened(site.app, actor)
  if (count === 0) return ''
  return html`<section class="banner"><h2><a href="/my/notices">${site.say('my.notices-due', { count })}</a></h2></section>`
}
