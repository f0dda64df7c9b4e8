import { walkViews } from '../support/web-chat-views.ts'

walkViews('phone', 'ko', ['light', 'dark'])
