import { type Html, html } from '../html.ts'

/** Names in assets/icons.svg. */
export type IconName = 'search' | 'report' | 'verify' | 'repair' | 'objection' | 'text' | 'download' | 'print'

export type Icons = (name: IconName) => Html

/** Icons of the sprite at an address. An icon always stands beside a word, so it is hidden from readers. */
export function openIcons(sprite: string): Icons {
  return name =>
    html`<svg class="icon" width="20" height="20" aria-hidden="true" focusable="false"><use href="${`${sprite}#${name}`}"></use></svg>`
}
