import { sentences } from 'virtual:words/cases'
import { addWords } from '../../kit/words.ts'

/* The sentences of cases come with the first page that shows one. */
addWords(sentences)
