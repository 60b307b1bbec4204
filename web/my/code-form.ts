import type { Fault, Site } from './page.ts'
import type { Typed } from './typed.ts'

/** What is missing in a form that sets a password by a code that was handed over, or differs in it. `code`: the name of the code's field. */
export function codeFormFaults({ say }: Site, typed: Typed, code: 'first-code' | 'reset-code'): Fault[] {
  const faults: Fault[] = ['login', code, 'new']
    .filter(field => (typed.get(field)?.[0] ?? '').trim() === '')
    .map(field => ({ field, sentence: say(`my.${field}-missing`) }))
  if (faults.length === 0 && typed.get('new')?.[0] !== typed.get('new-again')?.[0])
    faults.push({ field: 'new-again', sentence: say('my.password-differs') })
  return faults
}
