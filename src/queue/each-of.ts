/** Does each, one after the other, also where one before it failed; in what each that failed failed with. */
export async function failuresOf(deeds: readonly (() => Promise<unknown>)[]): Promise<unknown[]> {
  const failed: unknown[] = []
  for (const deed of deeds) {
    const [end] = await Promise.allSettled([deed()])
    if (end?.status === 'rejected') failed.push(end.reason)
  }
  return failed
}

/** Throws what failed: one as it is, several as one; nothing where nothing did. */
export function throwFailures(failed: readonly unknown[]): void {
  if (failed.length > 1) throw new AggregateError(failed, failed.map(String).join('; '))
  if (failed.length > 0) throw failed[0]
}
