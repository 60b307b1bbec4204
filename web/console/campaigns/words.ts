import { sentences } from 'virtual:words/campaigns'
import { addWords } from '../../kit/words.ts'
import '../campaigns.css'
import '../cases/words.ts'

/* The sentences of campaigns come with the first page that shows one; lists of cases stand on these pages too. */
addWords(sentences)
