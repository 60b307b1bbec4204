import { z } from 'zod'
import { endpoint } from '../http/endpoint.ts'
import { ROUTE_RUNNERS } from '../law/declaration-model.ts'

/* The door of self-declaration's rules. Declaring is opening a case (src/cases/subject-contract.ts). */

const text = z.strictObject({
  title: z.string(),
  paragraphs: z.array(z.string()),
  basis: z.array(z.string()),
})

export const readDeclarationRules = endpoint({
  method: 'GET',
  path: '/declarations/rules',
  needs: 'anyone',
  reach: 'public',
  since: '0.4',
  summary: '自主申报：可以申报哪几类、各由谁核验、哪些核验途径已经接通，今天的承诺和授权全文及摘要',
  output: z.strictObject({
    asOf: z.string(),
    families: z.array(
      z.strictObject({
        /** What the field `family` of the case takes. */
        family: z.string(),
        name: z.string(),
        hint: z.string(),
        needs: z.array(z.string()),
        /** Records of departments that a number is looked up in. */
        comparedWith: z.array(z.string()),
        verifiedBy: z.string(),
      }),
    ),
    routes: z.array(
      z.strictObject({
        route: z.string(),
        name: z.string(),
        means: z.string(),
        /** `none`: not connected, and therefore not offered. */
        by: z.enum(ROUTE_RUNNERS),
      }),
    ),
    openness: z.array(z.strictObject({ openness: z.string(), means: z.string() })),
    statements: z.array(text),
    /** What whoever declares sends back: what was shown is what is promised and authorised. */
    digest: z.string(),
  }),
  refuses: ['declaration.rules-missing'],
})
