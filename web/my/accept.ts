import { chooseSubject } from '../../src/mandates/choose-subject.ts'
import { acceptInvitation } from '../../src/mandates/invite-agent.ts'
import { html } from '../portal/html.ts'
import { csrfField, rejectionBlock, warningOf } from './frame.ts'
import type { AccountForm, AccountPage, Drawn, PersonVisit, Rejection } from './page.ts'
import { NOTHING_WRONG } from './page.ts'
import { textField } from './text-field.ts'
import { one, type Typed } from './typed.ts'

/* An agent redeems the code that the principal gave him, with his own account. The code stands in no address. */

const PATH = '/my/agents/accept'
const MOST = 40

export const acceptPage: AccountPage<PersonVisit> = {
  path: PATH,
  label: 'my.accept',
  draw: visit => drawAccept(visit, new Map(), NOTHING_WRONG),
}

export const acceptForm: AccountForm<PersonVisit> = {
  path: PATH,
  act: async ({ site, actor }, typed) => {
    const code = one(typed, 'invitation')
    if (code === '' || code.length > MOST) return [{ field: 'invitation', sentence: site.say('my.code-missing') }]
    const { mandateId } = await acceptInvitation(site.app, actor, code)
    // Who spoke for nobody so far speaks for this one now; everybody else chooses.
    if (actor.subjectId !== null) return '/my/subject'
    await chooseSubject(site.app, actor, mandateId)
    return '/my'
  },
  redraw: drawAccept,
  draft: () => PATH,
}

function drawAccept(visit: PersonVisit, typed: Typed, rejection: Rejection): Drawn {
  const { site } = visit
  const { say } = site
  return {
    heading: say('my.accept'),
    ...warningOf(site, rejection),
    main: html`${rejectionBlock(site, rejection)}<p class="lead">${say('my.accept-lead')}</p><form class="fill" method="post" action="${PATH}">${csrfField(visit)}${textField(
      site,
      rejection,
      {
        name: 'invitation',
        value: one(typed, 'invitation'),
        most: MOST,
        hint: say('my.code-hint'),
        more: html` autocomplete="off" autocapitalize="characters" spellcheck="false"`,
      },
    )}<p class="actions"><button class="button">${say('my.accept-button')}</button><a href="/my/subject">${say('my.accept-not-now')}</a></p></form>`,
  }
}
