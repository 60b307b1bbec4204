import * as z from 'zod'

/** Letters as they are printed, one behind the other, each beginning on a page of its own. */
export const PrintedLetters = z.strictObject({
  kind: z.literal('letters'),
  exampleCity: z.boolean(),
  /** ISO 8601; the same letters of the same instant give the same bytes. */
  madeAt: z.string(),
  letters: z
    .array(
      z.strictObject({
        title: z.string().min(1),
        number: z.string().min(1),
        unitName: z.string().min(1),
        addressee: z.string().min(1),
        day: z.string().min(1),
        /** Line feeds are kept. */
        paragraphs: z.array(z.string()).min(1),
        /** Printed on a sheet before the letter: where the post takes it. */
        cover: z.strictObject({ recipient: z.string(), postal: z.string(), telephone: z.string() }).nullable(),
      }),
    )
    .min(1)
    .max(500),
})
export type PrintedLetters = z.infer<typeof PrintedLetters>
