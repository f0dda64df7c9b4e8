/** What is said on the server of which the pictures of the chat are taken. */
import type { Client } from '../test/support/client.ts'
import type { WebChatStage } from '../test/support/web-chat-stage.ts'

interface Cast {
  readonly minji: Client
  readonly june: Client
  readonly haneul: Client
  readonly theo: Client
}

/** People and rooms; what they say comes with `talkOfScene`. */
export async function gatherScene(stage: WebChatStage): Promise<Cast> {
  const cast = await gather(stage)
  const { minji, theo } = cast
  minji.send(
    'TOPIC #lobby :어서 오세요 · Come in, say hello, find your team',
    'TOPIC #art-direction :Palette week · 이번 주는 색감 정하기',
  )
  theo.send('TOPIC #dev :Build 0.4 on Friday · 금요일 7시 코드 읽기')
  await Promise.all([minji.settled(), theo.settled()])
  return cast
}

/** What is said to `viewer` and to all. */
export async function talkOfScene(cast: Cast, viewer: string): Promise<void> {
  await talkInLobby(cast, viewer)
  await talkInArt(cast, viewer)
  const { june, haneul } = cast
  june.send('PRIVMSG #dev :The nightly build is green again.')
  haneul.send(`PRIVMSG ${viewer} :시안 봤어? 저녁에 같이 보자 🎨`)
  await Promise.all([june.settled(), haneul.settled()])
}

async function gather(stage: WebChatStage): Promise<Cast> {
  const come = async (nick: string, role: string, status = ''): Promise<Client> => {
    const client = await stage.connect(nick)
    client.send(`METADATA * SET role :${role}`)
    if (status !== '') client.send(`METADATA * SET status :${status}`)
    for (const room of ['#lobby', '#art-direction', '#dev', '#playtest']) {
      client.send(`JOIN ${room}`)
    }
    await client.settled()
    return client
  }
  const minji = await come('민지', 'planner', '2주차 기획 정리 중')
  const june = await come('june', 'programmer', 'shader rabbit hole')
  const haneul = await come('하늘', 'artist')
  const theo = await come('theo_k', 'sound designer')
  const rest = ['서연', 'ada', '도윤', 'lena', 'oscar']
  const roles = ['artist', 'programmer', 'planner', 'QA', 'programmer']
  for (const [index, nick] of rest.entries()) await come(nick, roles[index] ?? '')
  theo.send('AWAY :밥 먹으러')
  minji.send('MODE #lobby +v june', 'MODE #art-direction +o 하늘')
  await minji.settled()
  return { minji, june, haneul, theo }
}

async function talkInLobby({ minji, june, haneul, theo }: Cast, viewer: string): Promise<void> {
  await saidBy(minji, '#lobby', '안녕하세요! 오늘 모임은 저녁 7시입니다.')
  await saidBy(june, '#lobby', 'Morning! I pushed the new water shader to the branch.')
  const question = await saidBy(
    haneul,
    '#lobby',
    '와, 물결 표현 정말 좋아요. 해 질 녘에도 볼 수 있을까요?',
  )
  await react(june, '#lobby', question, '👀')
  await react(minji, '#lobby', question, '👀')
  await react(theo, '#lobby', question, '🔥')
  await saidBy(june, '#lobby', 'Sure, here is how it mixes the sky in:')
  await blockBy(june, '#lobby', [
    '```glsl',
    'vec3 tint = mix(deep, shallow, depth);',
    'float rim = pow(1.0 - dot(n, v), 3.0);',
    'return tint + rim * sky.rgb;',
    '```',
  ])
  await saidBy(minji, '#lobby', '이거 데모 영상에 꼭 넣어요! https://example.org/maru/water')
  await replyBy(haneul, '#lobby', {
    to: question,
    text: `${viewer} 님, 노을 팔레트 같이 골라 볼래요?`,
  })
}

async function talkInArt({ minji, haneul, june }: Cast, viewer: string): Promise<void> {
  const first = await saidBy(haneul, '#art-direction', '이번 주 팔레트 후보 세 가지 올렸어요.')
  await saidBy(haneul, '#art-direction', '1안은 한지와 먹, 2안은 청자, 3안은 노을입니다.')
  await react(minji, '#art-direction', first, '🎨')
  await react(june, '#art-direction', first, '❤️')
  await saidBy(minji, '#art-direction', '저는 2안! 청자 빛이 UI와 잘 어울려요.')
  await saidBy(june, '#art-direction', `I like 2 as well. ${viewer}, what do you think?`)
}

/** Resolves with its msgid. */
async function saidBy(client: Client, target: string, text: string): Promise<string> {
  client.send(`PRIVMSG ${target} :${text}`)
  return msgidIn(
    (await client.settled()).findLast((line) => line.endsWith(` PRIVMSG ${target} :${text}`)),
  )
}

async function replyBy(
  client: Client,
  target: string,
  { to, text }: { readonly to: string; readonly text: string },
): Promise<void> {
  client.send(`@+draft/reply=${to} PRIVMSG ${target} :${text}`)
  await client.settled()
}

async function react(client: Client, target: string, msgid: string, emoji: string): Promise<void> {
  client.send(`@+draft/reply=${msgid};+draft/react=${emoji} TAGMSG ${target}`)
  await client.settled()
}

async function blockBy(client: Client, target: string, lines: readonly string[]): Promise<void> {
  client.send(`BATCH +b draft/multiline ${target}`)
  for (const line of lines) client.send(`@batch=b PRIVMSG ${target} :${line}`)
  client.send('BATCH -b')
  await client.settled()
}

function msgidIn(line = ''): string {
  return /[@;]msgid=([^; ]+)/.exec(line)?.[1] ?? ''
}
