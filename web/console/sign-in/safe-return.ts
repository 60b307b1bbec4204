/** The page to go back to after signing in: an address inside the console and nothing else. */
export function safeReturn(to: string | null): string {
  return to?.startsWith('/') && !to.startsWith('//') && !to.includes('\\') && !to.startsWith('/sign-in') ? to : '/'
}
