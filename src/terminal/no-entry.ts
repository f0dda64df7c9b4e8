/** Why we did not come in; a sentence for whoever asked. */
export class NoEntry extends Error {}
