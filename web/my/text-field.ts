import { type Html, html } from '../portal/html.ts'
import type { Rejection, Site } from './page.ts'

export type TextField = {
  readonly name: string
  readonly value: string
  /** Most characters. */
  readonly most: number
  readonly hint?: string
  /** Other attributes of the input. */
  readonly more?: Html
}

/** A field with its label above, its hint under the label and, where it is to be mended, the sentence above the input. */
export function textField({ say }: Site, { faults }: Rejection, { name, value, most, hint, more }: TextField): Html {
  const fault = faults.find(one => one.field === name)
  const described = [fault ? `${name}-error` : '', hint ? `${name}-hint` : ''].filter(Boolean).join(' ')
  return html`<div class="field"><label for="${name}">${say(`my.field-${name}`)}</label>${hint ? html`<span class="hint" id="${`${name}-hint`}">${hint}</span>` : ''}${
    fault ? html`<span class="field-error" id="${`${name}-error`}">${fault.sentence}</span>` : ''
  }<input id="${name}" name="${name}" value="${value}" maxlength="${most}"${described ? html` aria-describedby="${described}"` : ''}${fault ? html` aria-invalid="true"` : ''}${more}></div>`
}
