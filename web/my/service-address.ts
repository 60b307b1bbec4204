import { readOwnAddress, setAddress } from '../../src/notices/address.ts'
import type { ServiceAddress } from '../../src/notices/model.ts'
import { html } from '../portal/html.ts'
import { csrfField, rejectionBlock, warningOf } from './frame.ts'
import type { AccountForm, AccountPage, Drawn, Rejection, Visit } from './page.ts'
import { NOTHING_WRONG } from './page.ts'
import { textField } from './text-field.ts'
import { one, type Typed } from './typed.ts'

/* Where one wants to be reached: messages that a letter waits, and the post. */

const PATH = '/my/notices/address'

export const serviceAddressPage: AccountPage = {
  path: PATH,
  label: 'my.service-address',
  needs: 'notice.read-own',
  draw: async visit => form(visit, await readOwnAddress(visit.site.app, visit.actor), NOTHING_WRONG),
}

export const serviceAddressForm: AccountForm = {
  path: PATH,
  needs: 'notice.read-own',
  act: async ({ site, actor }, typed) => {
    await setAddress(site.app, actor, typedAddress(typed))
    return '/my/notices'
  },
  redraw: (visit, typed, rejection) => form(visit, typedAddress(typed), rejection),
  draft: () => PATH,
}

const typedAddress = (typed: Typed): ServiceAddress => ({
  recipient: one(typed, 'recipient').slice(0, 60),
  telephone: one(typed, 'telephone').slice(0, 30),
  email: one(typed, 'email').slice(0, 200),
  postal: one(typed, 'postal').slice(0, 200),
})

function form(visit: Visit, address: ServiceAddress, rejection: Rejection): Drawn {
  const { site } = visit
  const { say } = site
  const { recipient, telephone, email, postal } = address
  return {
    heading: say('my.service-address'),
    ...warningOf(site, rejection),
    main: html`${rejectionBlock(site, rejection)}<p class="lead">${say('my.service-address-text')}</p><form class="fill" method="post" action="${PATH}">${csrfField(visit)}${textField(
      site,
      rejection,
      {
        name: 'telephone',
        value: telephone,
        most: 30,
        hint: say('my.hint-telephone'),
        more: html` type="tel" autocomplete="tel"`,
      },
    )}${textField(site, rejection, { name: 'email', value: email, most: 200, more: html` type="email" autocomplete="email"` })}${textField(
      site,
      rejection,
      { name: 'recipient', value: recipient, most: 60, more: html` autocomplete="name"` },
    )}${textField(site, rejection, { name: 'postal', value: postal, most: 200, hint: say('my.hint-postal'), more: html` autocomplete="street-address"` })}<p class="actions"><button class="button">${say('my.service-address-keep')}</button></p></form><p><a href="/my/notices">${say('my.notices')}</a></p>`,
  }
}
