/**
 * Every `.play` in this folder is a story, and a test. The first line is its title; others that start with
 * `#` are for the reader. Names of actors are in Latin letters; a stage direction is one line:
 *
 *     Minji arrives                        connects and registers with the nick Minji; the welcome is read
 *     Minji arrives as 민지 from 203.0.113.7 with message-tags, batch
 *     Mallory connects                     and has said nothing yet
 *     Minji joins #art                     sends JOIN, and reads the answer to the end
 *     Minji sends: PRIVMSG #art :hi
 *     Bora receives: :Minji!* PRIVMSG #art :hi
 *     Bora, Dana and Minji receive: …      the same for each of them
 *     Bora receives nothing                all that came has been told
 *     Minji vanishes                       the connection breaks
 *     Minji is disconnected: Quit: …       the server has closed the connection with this reason
 *     61 seconds pass
 *
 * What somebody receives is told line by line, in order and completely. In it `*` stands for anything
 * without a space, `…` for anything, and a line that is only `…` for any number of lines. `<name>`
 * stands for something that isn't known before it comes, as a msgid: from then on it is the same
 * everywhere, and may be sent as well. `\u{200b}` is a character that can't be seen.
 *
 * Times are those of the play's own clock. Messages go through everything but the sockets.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { perform, readPlay } from './play.ts'

const folder = new URL('./', import.meta.url)
for (const name of readdirSync(folder).filter((each) => each.endsWith('.play'))) {
  const play = readPlay(readFileSync(new URL(name, folder), 'utf8'))
  test(`PLAY - ${play.title} (${name})`, () => perform(play))
}
