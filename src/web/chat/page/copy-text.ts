/** Rejects where the browser forbids it: a page that isn't secure has no clipboard. */
export async function copyText(text: string): Promise<void> {
  const { clipboard } = navigator as { readonly clipboard: Clipboard | undefined }
  if (clipboard === undefined) throw new Error('there is no clipboard')
  await clipboard.writeText(text)
}
