/** Facts that fill the blanks of a sentence in `words/zh-CN.yaml`. Never a personal value. */
export type Facts = Readonly<Record<string, string | number | boolean | null | undefined>>

/** A rule's answer: a value, or a refusal that names its code, its basis (`instrument#article`, or null) and its facts. */
export type Verdict<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: string; readonly basis: string | null; readonly facts: Facts }

export function granted<T>(value: T): Verdict<T> {
  return { ok: true, value }
}

export function refused(code: string, basis: string | null = null, facts: Facts = {}): Verdict<never> {
  return { ok: false, code, basis, facts }
}

/** A command's way of saying no: thrown inside a transaction, it rolls back and becomes a problem document (RFC 9457). */
export class Refusal extends Error {
  readonly code: string
  readonly basis: string | null
  readonly facts: Facts
  readonly status: number
  constructor(code: string, basis: string | null = null, facts: Facts = {}, status = 409) {
    super(code)
    this.name = 'Refusal'
    this.code = code
    this.basis = basis
    this.facts = facts
    this.status = status
  }
}

export class NotFound extends Error {
  readonly code: string
  constructor(code: string) {
    super(code)
    this.name = 'NotFound'
    this.code = code
  }
}

export class NotAllowed extends Error {
  readonly code: string
  readonly status: 401 | 403
  constructor(code: string, status: 401 | 403 = 403) {
    super(code)
    this.name = 'NotAllowed'
    this.code = code
    this.status = status
  }
}

/** The value of a verdict; throws its refusal. */
export function grant<T>(verdict: Verdict<T>): T {
  if (verdict.ok) return verdict.value
  throw new Refusal(verdict.code, verdict.basis, verdict.facts)
}
