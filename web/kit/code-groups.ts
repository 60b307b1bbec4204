const USCC = /^[0-9A-HJ-NPQRTUWXY]{18}$/

/** What is read in one breath: receipts and their like. */
const SHORT = 12

/**
 * A code in the groups a person reads aloud: a unified code as 2 + 6 + 9 + 1 (body, division, organisation, check), digests and
 * verification codes in fours. Joined again the groups are the code.
 */
export function codeGroups(code: string): string[] {
  if (USCC.test(code)) return [code.slice(0, 2), code.slice(2, 8), code.slice(8, 17), code.slice(17)]
  if (code.includes('-') || code.length <= SHORT) return [code]
  return code.match(/.{1,4}/g) ?? [code]
}
