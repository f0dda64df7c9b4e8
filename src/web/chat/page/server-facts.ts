/** What the server that sent this page says of itself, before there is a connection. */
function fact(name: string): string | undefined {
  const content = document.querySelector<HTMLMetaElement>(`meta[name="maru-${name}"]`)?.content
  return content === '' ? undefined : content
}

/** Where everybody meets who comes for the first time. Undefined: they choose where to go. */
export function landingRoom(): string | undefined {
  return fact('landing-room')
}

export function networkName(): string {
  return fact('network') ?? 'Maru'
}
