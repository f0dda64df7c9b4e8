/** The arguments make no sense; shown with the usage of the command. */
export class UsageError extends Error {}
