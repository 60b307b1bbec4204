/** The folder of the checkout. */
export const ROOT: string = new URL('../..', import.meta.url).pathname.replace(/\/$/, '')
