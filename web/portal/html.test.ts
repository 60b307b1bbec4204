import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Html, html, join } from './html.ts'

const decode = (text: string): string =>
  text.replace(
    /&(amp|lt|gt|quot|#39);/g,
    (_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" })[name] ?? '',
  )

test('any text between tags stays text and comes back unchanged', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), text => {
      const made = html`<p>${text}</p>`.text.slice(3, -4)
      assert.doesNotMatch(made, /[<>"']/)
      assert.equal(decode(made), text)
    }),
  )
})

test('any text within quotes cannot leave them', () => {
  fc.assert(
    fc.property(fc.string(), text => {
      const made = html`<p title="${text}" class="a">x</p>`.text
      assert.equal(made.split('"').length, 5)
      assert.equal(decode(made.slice(10, made.indexOf('" class'))), text)
    }),
  )
})

test('any address that could run a program leads nowhere', () => {
  const blank = fc.string({ unit: fc.constantFrom(' ', '\t', '\n', '\u0000', '\u0001'), maxLength: 3 })
  const scheme = fc.constantFrom('javascript', 'JaVaScRiPt', 'data', 'vbscript', 'blob', 'file')
  fc.assert(
    fc.property(blank, scheme, blank, fc.string(), (a, name, b, rest) => {
      assert.equal(html`<a href="${`${a}${name}${b}:${rest}`}">x</a>`.text, '<a href="">x</a>')
    }),
  )
  for (const kept of ['/subjects/1', '?q=a:b', '#art-9', 'https://example.invalid/a:b', 'subjects/1', '/a:b'])
    assert.equal(html`<a href="${kept}">x</a>`.text, `<a href="${kept}">x</a>`)
})

test('made markup is kept, arrays are joined, nothing is nothing', () => {
  const inner = [html`<b>${'<'}</b>`, null, undefined, false, 7, ['&', [html`<i></i>`]]]
  assert.equal(html`<p>${inner}</p>`.text, '<p><b>&lt;</b>7&amp;<i></i></p>')
  assert.equal(join(['a', html`<b></b>`, '<'], ' & ').text, 'a &amp; <b></b> &amp; &lt;')
  assert.equal(html`<input ${new Html('disabled')} ${html`checked`}>`.text, '<input disabled checked>')
})

for (const [name, make] of [
  ['an unquoted value', () => html`<p title=${'a'}>x</p>`],
  ['a script', () => html`<script>${'a'}</script>`],
  ['a style', () => html`<style>p{color:${'a'}}</style>`],
  ['a comment', () => html`<!-- ${'a'} -->`],
  ['the name of a tag', () => html`<${'a'}>x`],
  ['a text as an attribute', () => html`<p ${'onclick=alert(1)'}>x</p>`],
] as const)
  test(`a template with a hole in ${name} is refused`, () => assert.throws(make, TypeError))
