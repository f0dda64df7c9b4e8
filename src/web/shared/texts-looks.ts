/** How a page looks, and in which language it speaks. */
export const LOOK_TEXTS = {
  theme: ['Theme', '테마'],
  themeSystem: ['System', '시스템'],
  themeLight: ['Light', '밝게'],
  themeDark: ['Dark', '어둡게'],
  language: ['Language', '언어'],
} as const
