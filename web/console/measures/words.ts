import { sentences } from 'virtual:words/measures'
import { addWords } from '../../kit/words.ts'

/* The sentences of measures come with the first page that shows one. */
addWords(sentences)
