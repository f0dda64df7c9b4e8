import { walkViews } from '../support/web-chat-views.ts'

// The colours are the same in each language.
walkViews('desktop', 'ko', ['light'])
