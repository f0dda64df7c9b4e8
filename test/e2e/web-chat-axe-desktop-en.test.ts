import { walkViews } from '../support/web-chat-views.ts'

walkViews('desktop', 'en', ['light', 'dark'])
