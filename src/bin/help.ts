/** What `maru help` and `maru help COMMAND` print. */
export function helpFor(command: string | undefined): string | undefined {
  return command === undefined ? GENERAL : COMMANDS[command]
}

const GENERAL = `Maru, a chat server that speaks IRC.

Usage: maru COMMAND [options]

  maru serve            runs the server
  maru chat [ADDRESS]   the chat, in the terminal
  maru operator         adds, lists and removes who may sign in to the monitor
  maru token            the same for programs that ask the monitor
  maru invite           invites people to make an account, and into a room
  maru audit            shows what operators did, and whether the record of it is whole
  maru monitor [URL]    shows a running server live, in the terminal
  maru backup FILE      copies the log, of a running server as well
  maru restore FILE     puts such a copy in place
  maru verify FILE      reads such a copy, and says whether it is good
  maru export           writes out what was said in a room, or by a person
  maru purge            removes what should not have been said
  maru erase            takes its content and its name from all that a person did
  maru passwd           makes the hash of a password, for the configuration
  maru bench            puts load on a server of yours and measures it
  maru help [COMMAND]   this text, or the options of a command
  maru --version        the version

Without any configuration, \`maru serve\` listens for IRC on 127.0.0.1:6667 and, with TLS, on
port 6697 of every address; it keeps its data in ./data.
`

const COMMANDS: Readonly<Record<string, string>> = {
  serve: `Usage: maru serve [options]

  --config FILE        the configuration (default: maru.toml, if it is there)
  --plain HOST:PORT    IRC without TLS (default 127.0.0.1:6667); may be given several times
  --tls HOST:PORT      IRC with TLS (default *:6697); may be given several times
  --http HOST:PORT     WebSocket and the web client (default 127.0.0.1:8067)
  --https HOST:PORT    the same with TLS (default none)
  --admin HOST:PORT    the monitor (default 127.0.0.1:8068)
  --data DIR           the folder for everything that is kept (default data)
  --workers N          I/O threads (default: one less than processors)
  --history MODE       strict (default), relaxed or off: what is promised of what was seen
  --limits WHICH       default, or off for load tests
  --pid-file FILE      where to write the process id
  --no-dashboard       plain log lines, even on a terminal

HOST may be * for all addresses; \`none\` in place of HOST:PORT turns a listener off.
Flags outrank MARU_... variables, which outrank the configuration file. Every key of the file has a
variable: limits.chat.nick_length is MARU_LIMITS_CHAT_NICK_LENGTH. maru.toml.sample explains them all.

Signals: TERM and INT stop the server, HUP (on Windows: Ctrl+Break) reads the configuration again.
`,
  operator: `Usage: maru operator add NAME [--role ROLE]
       maru operator list
       maru operator remove NAME
       maru operator role NAME ROLE
       maru operator password NAME

  --role ROLE          watch (sees everything), moderate (kicks, bans, announces) or admin (all);
                       the first operator is an admin, others watch unless you say more
  --data DIR           the data folder of the server (default: as for maru serve)
  --config FILE        its configuration (default: maru.toml, if it is there)

The password is asked twice, or is one line of standard input if that is no terminal. The server may run
meanwhile: what changes counts at once, and sessions that end by it are closed within a second.
`,
  token: `Usage: maru token add NAME [--role ROLE] [--days N]
       maru token list
       maru token remove ID

  --role ROLE          watch (default), moderate or admin
  --days N             for how long it is good (default: until it is removed)
  --data DIR           the data folder of the server (default: as for maru serve)
  --config FILE        its configuration (default: maru.toml, if it is there)

The secret is printed this once, on standard output: Authorization: Bearer SECRET.
`,
  invite: `Usage: maru invite [--room ROOM] [--uses N] [--days N]
       maru invite list
       maru invite revoke ID

  --room ROOM          the room that it opens to those who use it
  --uses N             how many accounts may be made with it (default 1)
  --days N             for how long it is good (default 7)
  --data DIR           the data folder of the server (default: as for maru serve)
  --config FILE        its configuration (default: maru.toml, if it is there)

With its code somebody may register an account where [accounts] registration is "invite". The link is printed
this once, on standard output; without accounts.invitation_url it is the code alone. The server may run
meanwhile, with its admin side.
`,
  audit: `Usage: maru audit verify
       maru audit show [--count N] [--json]

  --count N            the newest N records (default 50)
  --json               a JSON text a line
  --data DIR           the data folder of the server (default: as for maru serve)
  --config FILE        its configuration (default: maru.toml, if it is there)

verify walks the chain of hashes from the first record to the last, and exits with 1 if one was changed,
removed, put in or cut off.
`,
  monitor: `Usage: maru monitor [URL] [options]

Shows a running server live, here or elsewhere: who is there, how it is, what happens; ? shows the keys.
URL is its admin side (default http://127.0.0.1:8068).

  --token-file FILE    a file with a token of \`maru token\`
  --language en|ko     default: that of LC_ALL, LC_MESSAGES or LANG

MARU_TOKEN may hold a token, too. Without one, it asks for the name and the password of an operator.
`,
  chat: `Usage: maru chat [ADDRESS] [options]

The chat in the terminal; F1 shows keys and commands. ADDRESS is like ircs://host/#room, or a host
(default irc://127.0.0.1:6667/#lobby). irc:// is without TLS, and for this machine alone.

  --nick NAME          who you are (default: asked)
  --account NAME       logs in to an account; the password is asked, unless it is kept somewhere
  --password-file FILE its first line is the password
  --fingerprint SHA256 of the server's certificate, where nobody vouches for it (default: shown and asked)
  --insecure           irc:// to other machines, too: everybody on the way can read along
  --theme NAME         terminal (default: your terminal's own colours), dark or light
  --language en|ko     default: that of LC_ALL, LC_MESSAGES or LANG
  --config FILE        default: maru/chat.toml in your folder for configuration
  --log                writes down what goes over the wire, without secrets, in your folder for state
  --plain              for scripts: lines in are said, what is said comes out in lines
  --stay               with --plain: goes on when its input has ended
`,
  backup: `Usage: maru backup FILE

  --data DIR           the data folder of the server (default: as for maru serve)
  --config FILE        its configuration (default: maru.toml, if it is there)

Copies the log to FILE, which must not be there yet, and reads the copy to see that it is good. The server
may run meanwhile. Of a log in PostgreSQL, use pg_dump.
`,
  restore: `Usage: maru restore FILE

  --data DIR           the data folder of the server (default: as for maru serve)
  --config FILE        its configuration (default: maru.toml, if it is there)

Reads FILE, which maru backup made, and puts it in the place of the log. The server must be stopped. What
is there is moved into the folder \`replaced\` in the data folder.
`,
  verify: `Usage: maru verify FILE

Reads FILE, which maru backup made, to the last row; exits with 1 if it is not good.
`,
  export: `Usage: maru export --room ROOM [options]
       maru export --person ACCOUNT [options]

  --room ROOM          all that happened in a room
  --person ACCOUNT     all that somebody said and did
  --format FORMAT      jsonl (default) for programs, or text for people; times are UTC
  --output FILE        which must not be there yet (default: standard output)
  --data DIR           the data folder of the server (default: as for maru serve)
  --config FILE        its configuration (default: maru.toml, if it is there)

The server may run meanwhile. It is written down in the audit.
`,
  purge: `Usage: maru purge (--room ROOM | --person ACCOUNT | --nick NICK)... [options]

  --room ROOM          in this room
  --person ACCOUNT     by who was logged in to this account
  --nick NICK          by whoever was called so then
  --from TIME          from then on: 2026-05-01, or 2026-05-01T09:30Z
  --to TIME            before then
  --reason TEXT        for the audit
  --data DIR           the data folder of the server (default: as for maru serve)
  --config FILE        its configuration (default: maru.toml, if it is there)

Removes from the log all events that all of these apply to, for good. The server may run meanwhile, with its
admin side.
`,
  erase: `Usage: maru erase --person ACCOUNT [--reason TEXT]

  --person ACCOUNT     whose past it is
  --reason TEXT        for the audit
  --data DIR           the data folder of the server (default: as for maru serve)
  --config FILE        its configuration (default: maru.toml, if it is there)

Takes its content and its name from all that an account did, for good; the account itself stays. The server
may run meanwhile, with its admin side.
`,
  passwd: `Usage: maru passwd

Asks twice for a password, or reads one line of standard input if that is no terminal, and prints its
scrypt hash: the value for the password keys of maru.toml.
`,
}
