/** Tells this page from the others of this browser. */
export const PAGE_ID = crypto.getRandomValues(new Uint32Array(2)).join('-')
