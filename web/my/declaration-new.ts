import { openCase } from '../../src/cases/act-on-case.ts'
import type { Draft } from '../../src/cases/drafts.ts'
import { whyNotDeclare } from '../../src/cases/guards-declarations.ts'
import { type AskedOpening, readOwnOpening } from '../../src/cases/own-openings.ts'
import type { DeclarationRules } from '../../src/law/declaration-model.ts'
import { declarationRulesOn, familyOf, statementsDigest } from '../../src/law/declarations.ts'
import { type Html, html } from '../portal/html.ts'
import { linkBases } from '../portal/law-links.ts'
import type { Asking } from './asking.ts'
import { bindAsking } from './asking-form.ts'
import type { Drawn, Site, Visit } from './page.ts'

/* A subject declares something of its own accord: what it means first, one question a page, the whole text of what it promises and authorises. */

const PATH = '/my/declarations/new'
/** Filled in by the page, never typed: what was shown is what is promised. */
const DIGEST = 'digest'

export const newDeclaration = bindAsking(PATH, 'my.declaration-new', find)

async function find(visit: Visit): Promise<Asking | Drawn> {
  const { site, actor, subjectId } = visit
  const { app, say } = site
  const opening = await readOwnOpening(app, actor, { procedure: 'declaration', aboutRef: null })
  const rules = declarationRulesOn(app.law, site.today())
  const why = opening.subjectKind === null ? null : whyNotDeclare(app.law, opening.subjectKind, site.today())
  if (!rules || why !== null) return notNow(site, opening, why)
  const { act, rule, procedure } = opening
  return {
    address: PATH,
    key: 'new:declaration:',
    ...{ rule, heading: say('my.declaration-new'), top: html``, from: '/my/declarations' },
    act: { ...act, fields: act.fields.filter(field => field.field !== DIGEST), why: null },
    start: startOf(site, rules),
    beside: question => (question === 'truth' || question === 'authorise' ? statementOf(site, rules, question) : ''),
    refine: (asking, draft) => refined(asking, rules, draft),
    carries: { [DIGEST]: statementsDigest(rules) },
    before: html`${beforeSending(site, rules)}<p class="hint">${say('my.ask-free')}</p>`,
    send: async (_, filled, papers, carried) => {
      const fields = { ...filled, [DIGEST]: carried[DIGEST] ?? '' }
      const { caseId } = await openCase(app, actor, { procedure: procedure.procedure, subjectId, act: rule.act, fields, papers })
      return `/my/cases/${caseId}?done=1`
    },
  }
}

/** What the chosen family must be declared with is asked for as such. */
function refined(asking: Asking, rules: DeclarationRules, draft: Draft): Asking {
  const needs: readonly string[] = familyOf(rules, draft.answers['family'])?.needs ?? []
  const must = <F extends { readonly field: string; readonly required: boolean }>(field: F): F =>
    needs.includes(field.field) ? { ...field, required: true } : field
  return {
    ...asking,
    act: { ...asking.act, fields: asking.act.fields.map(must) },
    rule: { ...asking.rule, fields: asking.rule.fields.map(must) },
  }
}

/** Before the first question: that nobody has to, what may be declared, how it is verified, which ways are not connected yet. */
function startOf({ say, app }: Site, rules: DeclarationRules): Html {
  const routes = rules.routes.map(
    route =>
      html`<li><strong>${route.name}</strong>${route.by === 'none' ? html` <span class="quiet">${say('my.declaration-route-none')}</span>` : ''}<span class="hint block">${route.means}</span></li>`,
  )
  return html`<p class="lead">${say('my.declaration-voluntary')}</p><h2>${say('my.declaration-families')}</h2><ul class="plain bullets">${rules.families.map(
    family => html`<li><strong>${family.name}</strong><span class="hint block">${family.hint}</span></li>`,
  )}</ul><h2>${say('my.declaration-routes')}</h2><ul class="plain bullets">${routes}</ul><p class="hint">${say('portal.basis')}${say('portal.colon')}${linkBases(app.law, rules.basis, say)}</p>`
}

const STATEMENT_OF = { truth: 'truth', authorise: 'authorisation' } as const

/** The whole text, above the box that is ticked. */
function statementOf({ say, app }: Site, rules: DeclarationRules, field: keyof typeof STATEMENT_OF): Html {
  const found = rules.statements.find(one => one.statement === STATEMENT_OF[field])
  if (!found) return html``
  return html`<section class="card"><h2>${found.title}</h2><ol>${found.paragraphs.map(({ text }) => html`<li>${text}</li>`)}</ol><p class="hint">${say('my.declaration-edition', { edition: rules.inForceFrom })} ${say('portal.basis')}${say('portal.colon')}${linkBases(app.law, found.basis, say)}</p></section>`
}

/** Both texts once more where they are agreed to, with the digest by which that is proved. */
function beforeSending({ say }: Site, rules: DeclarationRules): Html {
  return html`${rules.statements.map(
    one =>
      html`<details><summary>${one.title}</summary><ol>${one.paragraphs.map(({ text }) => html`<li>${text}</li>`)}</ol></details>`,
  )}<p class="hint">${say('my.declaration-edition', { edition: rules.inForceFrom })} <span class="code">${statementsDigest(rules)}</span></p>`
}

function notNow({ say, app }: Site, { procedure }: AskedOpening, why: string | null): Drawn {
  const article = app.words.names.cite(procedure.basis[0] ?? '')
  return {
    heading: say('my.declaration-new'),
    main: html`<section class="card not-now"><h2>${say('my.case-not-now')}</h2><p>${app.words.say(why ?? 'declaration.rules-missing', { article })}</p></section><p class="hint">${say('my.case-ask', { office: app.city.contact.office, telephone: app.city.contact.telephone ?? '' })}</p><p class="actions"><a href="/my">${say('my.home')}</a></p>`,
  }
}
