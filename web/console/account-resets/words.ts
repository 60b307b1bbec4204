import { sentences } from 'virtual:words/account-resets'
import { addWords } from '../../kit/words.ts'

/* The sentences of resets at the window come with their page. */
addWords(sentences)
