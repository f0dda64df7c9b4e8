import { walkViews } from '../support/web-chat-views.ts'

walkViews('desktop', 'ko')
