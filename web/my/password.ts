import { changePassword } from '../../src/access/change-password.ts'
import { isFresh } from '../../src/access/fresh.ts'
import { html } from '../portal/html.ts'
import { csrfField, rejectionBlock, warningOf } from './frame.ts'
import type { AccountForm, AccountPage, Drawn, Fault, PersonVisit, Rejection } from './page.ts'
import { NOTHING_WRONG } from './page.ts'
import { SECURITY } from './security.ts'
import { textField } from './text-field.ts'
import type { Typed } from './typed.ts'

const PATH = `${SECURITY}/password`

/** Changing one's own password: the old one, the new one twice. */
export const passwordPage: AccountPage<PersonVisit> = {
  path: PATH,
  label: 'my.password',
  draw: visit => draw(visit, NOTHING_WRONG),
}

export const passwordForm: AccountForm<PersonVisit> = {
  path: PATH,
  act: async (visit, typed) => {
    const faults = faultsOf(visit, typed)
    if (faults.length > 0) return faults
    const { site, actor, address } = visit
    await changePassword(site.app, actor, { old: typedAs(typed, 'old'), password: typedAs(typed, 'new'), address })
    return `${SECURITY}?done=password`
  },
  redraw: (visit, _, rejection) => draw(visit, atField(rejection)),
  draft: () => PATH,
}

const typedAs = (typed: Typed, name: string): string => (typed.get(name)?.[0] ?? '').slice(0, 400)

function faultsOf({ site: { say } }: PersonVisit, typed: Typed): Fault[] {
  const faults: Fault[] = []
  if (typedAs(typed, 'old') === '') faults.push({ field: 'old', sentence: say('my.old-missing') })
  if (typedAs(typed, 'new') === '') faults.push({ field: 'new', sentence: say('my.new-missing') })
  else if (typedAs(typed, 'new') !== typedAs(typed, 'new-again'))
    faults.push({ field: 'new-again', sentence: say('my.password-differs') })
  return faults
}

function atField({ faults, problem }: Rejection): Rejection {
  if (!problem) return { faults, problem }
  const field = problem.code === 'access.wrong-password' ? 'old' : problem.code.startsWith('account.password') ? 'new' : null
  return field ? { faults: [{ field, sentence: problem.title }], problem: null } : { faults, problem }
}

function draw(visit: PersonVisit, rejection: Rejection): Drawn {
  const { site } = visit
  const { say } = site
  const field = (name: string, complete: string, hint?: string) =>
    textField(site, rejection, {
      name,
      value: '',
      most: 200,
      ...(hint ? { hint } : {}),
      more: html` type="password" autocomplete="${complete}"`,
    })
  const form = html`<form class="fill" method="post" action="${PATH}">${csrfField(visit)}${field('old', 'current-password')}${field('new', 'new-password', say('my.password-hint'))}${field('new-again', 'new-password')}<p class="actions"><button class="button">${say('my.password-button')}</button></p></form>`
  return {
    heading: say('my.password'),
    ...warningOf(site, rejection),
    main: html`${rejectionBlock(site, rejection)}<p class="lead">${say('my.password-lead')}</p>${isFresh(site.app, visit.actor) ? form : html`<p class="banner" role="status">${say('my.fresh-first')}</p><p><a class="button" href="${SECURITY}">${say('my.fresh')}</a></p>`}<p><a href="${SECURITY}">${say('my.security-back')}</a></p>`,
  }
}
