const SIZE = 64
/** Pictures are loaded: one that was asked for before another isn't drawn after it. */
let asked = 0

/** The icon of the tab with a count, or a dot where there is only something to read. */
export function drawFavicon(calls: number, state: 'read' | 'unread'): void {
  const link = document.querySelector<HTMLLinkElement>('link[rel=icon]')
  if (link === null) return
  const own = ++asked
  if (calls === 0 && state === 'read') {
    link.type = 'image/svg+xml'
    link.href = '/icon.svg'
    return
  }
  const image = new Image()
  image.addEventListener('load', () => {
    const canvas = document.createElement('canvas')
    canvas.width = SIZE
    canvas.height = SIZE
    const context = canvas.getContext('2d')
    if (context === null || own !== asked) return
    context.drawImage(image, 0, 0, SIZE, SIZE)
    drawBadge(context, calls)
    link.type = 'image/png'
    link.href = canvas.toDataURL('image/png')
  })
  image.src = '/icon.svg'
}

function drawBadge(context: CanvasRenderingContext2D, calls: number): void {
  const radius = calls > 0 ? 20 : 13
  const at = SIZE - radius
  context.fillStyle = calls > 0 ? '#c8321f' : '#e2b35a'
  context.beginPath()
  context.arc(at, at, radius, 0, Math.PI * 2)
  context.fill()
  if (calls === 0) return
  context.fillStyle = '#ffffff'
  context.font = 'bold 28px system-ui'
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  context.fillText(calls > 9 ? '9+' : String(calls), at, at + 2)
}
