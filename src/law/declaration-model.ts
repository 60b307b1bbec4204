import { z } from 'zod'
import { dayText, slug, sourced } from './model.ts'

/*
 * Self-declaration (自主申报): which families of information a subject may declare of its own accord, by which ways they are verified, what it
 * promises and authorises, and into which columns a verified declaration goes.
 */

/** Who runs a way of verification: the platform by its own data, a person of a unit, nobody yet (a connector is missing). */
export const ROUTE_RUNNERS = ['machine', 'person', 'none'] as const
export type RouteRunner = (typeof ROUTE_RUNNERS)[number]

/** What a family asks for beside its title: what can be looked up, or what can be read. */
export const DECLARATION_NEEDS = ['number', 'content'] as const

/** What each text must say, whatever else it says. */
export const STATEMENT_SAYS = {
  truth: ['truth', 'persons', 'consequence'],
  authorisation: ['scope', 'use', 'withdrawal'],
} as const
export type StatementId = keyof typeof STATEMENT_SAYS
const SAYS = [...STATEMENT_SAYS.truth, ...STATEMENT_SAYS.authorisation] as const

/** Records of departments that a declared number is looked up in. */
const compared = z.strictObject({
  item: slug,
  /** Columns that hold a number by which people know the document. */
  numbers: z.array(z.string()).min(1),
  /** Columns one of which says what is declared. */
  titles: z.array(z.string()).min(1),
})
export type ComparedItem = z.infer<typeof compared>

const family = z.strictObject({
  family: slug,
  name: z.string().min(1).max(20),
  /** The word of the code list for the item's column. */
  kind: z.string().min(1),
  hint: z.string().min(1).max(100),
  needs: z.array(z.enum(DECLARATION_NEEDS)).min(1),
  compares: z.array(compared).default([]),
  ...sourced,
})
export type DeclarationFamily = z.infer<typeof family>

const route = z.strictObject({
  route: slug,
  name: z.string().min(1),
  means: z.string().min(1),
  by: z.enum(ROUTE_RUNNERS),
  ...sourced,
})
export type VerificationRoute = z.infer<typeof route>

const statement = z.strictObject({
  statement: z.enum(['truth', 'authorisation']),
  title: z.string().min(1),
  paragraphs: z.array(z.strictObject({ says: z.array(z.enum(SAYS)).min(1), text: z.string().min(1) })).min(1),
  ...sourced,
})
export type DeclarationStatement = z.infer<typeof statement>

const column = z.string().min(1)

/** law/declarations/rules@<day>.yaml */
export const declarationRules = z.strictObject({
  inForceFrom: dayText,
  inForceUntil: dayText.nullable().default(null),
  item: slug,
  ...sourced,
  columns: z.strictObject({
    number: column,
    family: column,
    title: column,
    content: column,
    'declared-on': column,
    'valid-until': column,
    state: column,
    'verified-by': column,
    'verified-on': column,
    manner: column,
    openness: column,
    remarks: column,
  }),
  /** What the column of the state says of a verified one. */
  verified: z.string().min(1),
  openness: z.array(z.strictObject({ openness: slug, text: z.string().min(1), means: z.string().min(1), ...sourced })).min(2),
  families: z.array(family).min(1),
  routes: z.array(route).min(1),
  statements: z.array(statement),
})
export type DeclarationRules = z.infer<typeof declarationRules>
export type DeclarationColumn = keyof DeclarationRules['columns']

const verifier = z.strictObject({ family: slug, unit: slug, ...sourced })
export type DeclarationVerifier = z.infer<typeof verifier>

/** city/<city>/declarations.yaml: which unit verifies which family; the credit office does the rest. */
export const declarationVerifiers = z.strictObject({ verifiers: z.array(verifier) })

export type DeclarationVerifiers = z.infer<typeof declarationVerifiers>

/** Self-declaration as a law holds it. */
export type DeclarationLaw = {
  /** Editions of the rules, oldest first. */
  readonly rules: readonly DeclarationRules[]
  /** Family → the unit that verifies it here. */
  readonly verifiers: ReadonlyMap<string, DeclarationVerifier>
}
