import type { PrintedLetters } from './letters-model.ts'
import { toPieces } from './pieces.ts'
import { REPORT_WORDS as WORDS } from './wording.ts'

/** What letter.typ reads. `show` turns each text into one that the fonts can print. */
export function toLetterSheet({ letters, exampleCity }: PrintedLetters, show: (text: string) => string) {
  const say = (text: string) => toPieces(show(text))
  const [first] = letters
  return {
    documentTitle: show(letters.length === 1 && first ? `${first.title} ${first.number}` : WORDS.letters),
    author: show(first?.unitName ?? ''),
    exampleSentence: exampleCity ? WORDS.exampleCity : null,
    words: { to: WORDS.coverTo, telephone: WORDS.coverTelephone, number: WORDS.letterNumber },
    letters: letters.map(letter => ({
      title: say(letter.title),
      number: show(letter.number),
      unitName: say(letter.unitName),
      salutation: say(`${letter.addressee}：`),
      day: show(letter.day),
      paragraphs: letter.paragraphs.map(text => text.split('\n').map(say)),
      cover: letter.cover && {
        recipient: say(letter.cover.recipient),
        postal: say(letter.cover.postal),
        telephone: show(letter.cover.telephone),
      },
    })),
  }
}
