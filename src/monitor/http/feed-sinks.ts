import type { ServerResponse } from 'node:http'
import type { WebSocket } from 'ws'
import type { CloseReason, FeedSink } from './feed-reader.ts'
import { SESSION_ENDED } from '../../feed/feed.ts'
import type { FrameTexts } from './frame-texts.ts'

/** 4408: come back when you can read; https://www.rfc-editor.org/rfc/rfc6455#section-7.4 */
const CLOSE_CODES: Readonly<Record<CloseReason, number>> = {
  'session ended': SESSION_ENDED,
  'reads too slowly': 4408,
  'asks too much': 1008,
  'server stops': 1001,
}

/** Whoever doesn't take leave by itself is cut off after this time. */
const FAREWELL_MS = 500

export function socketSink(webSocket: WebSocket, texts: FrameTexts): FeedSink {
  return {
    send(frame) {
      if (webSocket.readyState !== webSocket.OPEN) return
      webSocket.send(texts.message(frame), { binary: false }, () => {})
    },
    waitingBytes: () => webSocket.bufferedAmount,
    close(reason) {
      webSocket.close(CLOSE_CODES[reason], reason)
      const timer = setTimeout(() => webSocket.terminate(), FAREWELL_MS)
      webSocket.once('close', () => clearTimeout(timer))
    },
  }
}

export function eventSink(response: ServerResponse, texts: FrameTexts): FeedSink {
  return {
    send(frame, epoch) {
      if (response.writableEnded || response.destroyed) return
      response.write(texts.event(frame, epoch))
    },
    waitingBytes: () => response.writableLength,
    close(reason) {
      if (response.writableEnded || response.destroyed) return
      response.end(`event: closed\ndata: ${JSON.stringify({ reason })}\n\n`)
      const timer = setTimeout(() => response.destroy(), FAREWELL_MS)
      response.once('close', () => clearTimeout(timer))
    },
  }
}
