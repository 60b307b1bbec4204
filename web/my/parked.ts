import type { Site } from './page.ts'

/*
 * An answer on its way through the sign-in page: whoever was away too long has no session in which it could be kept, and an address must not
 * tell what somebody wrote. It travels sealed, under a mac of ours.
 */

const AAD = 'account-answer'

/** A text as it may stand in an address. */
export function park({ app }: Pick<Site, 'app'>, text: string): string {
  const sealed = app.keys.seal('data', text, AAD)
  return `${sealed.toString('base64url')}.${app.keys.mac('session', sealed).toString('base64url')}`
}

/** The text again; null for whatever was not parked here. */
export function unpark({ app }: Pick<Site, 'app'>, parked: string): string | null {
  const [text = '', tag = ''] = parked.split('.')
  const sealed = Buffer.from(text, 'base64url')
  if (sealed.length === 0 || !app.keys.isMac('session', sealed, Buffer.from(tag, 'base64url'))) return null
  return app.keys.open(sealed, AAD).toString()
}
