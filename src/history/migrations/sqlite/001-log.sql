-- A file that has once been released is never edited: a change is the next file.

CREATE TABLE buffer (
  id INTEGER PRIMARY KEY,
  -- 0: of a room, 1: of two people.
  pair INTEGER NOT NULL,
  name TEXT NOT NULL,
  -- A JSON array.
  people TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL,
  -- Where it stood when its newest events were removed: its order goes on from there.
  last_seq INTEGER NOT NULL,
  last_time_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE event (
  -- The order of the commits. Never used twice, also not after the newest were removed.
  id INTEGER PRIMARY KEY,
  buffer INTEGER NOT NULL,
  -- 0: PRIVMSG and NOTICE, 1: anything else; 2 more once it is redacted. Whoever reads only messages
  -- doesn't have to walk over a million JOINs.
  kind INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  time_ms INTEGER NOT NULL,
  msgid TEXT NOT NULL,
  command INTEGER NOT NULL,
  source TEXT NOT NULL,
  person TEXT NOT NULL,
  flags INTEGER NOT NULL,
  least INTEGER NOT NULL,
  client_tags TEXT NOT NULL,
  body TEXT NOT NULL,
  -- CRC-32 of all from "buffer" on, without "kind".
  checksum INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX event_in_buffer ON event (buffer, kind, seq, least);
CREATE INDEX event_by_msgid ON event (msgid);

-- Who took a message's content away, and why.
CREATE TABLE redaction (
  buffer INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  source TEXT NOT NULL,
  reason TEXT NOT NULL,
  time_ms INTEGER NOT NULL,
  PRIMARY KEY (buffer, seq)
) STRICT, WITHOUT ROWID;

-- What an index of the events must forget. Its ids and those of the events are of one order.
CREATE TABLE gone (
  id INTEGER PRIMARY KEY,
  buffer INTEGER NOT NULL,
  seq INTEGER NOT NULL
) STRICT;

CREATE TABLE kept (
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (kind, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE sent (
  id INTEGER PRIMARY KEY,
  person TEXT NOT NULL,
  client_msgid TEXT NOT NULL,
  msgid TEXT NOT NULL,
  time_ms INTEGER NOT NULL,
  digest TEXT NOT NULL
) STRICT;

CREATE TABLE progress (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  -- Of this log: a copy that goes its own way has another.
  identity TEXT NOT NULL,
  -- After a commit whose end wasn't seen it says whether it took place.
  commits INTEGER NOT NULL,
  -- Of the newest id of "event" and "gone", whether or not they are still there.
  last_id INTEGER NOT NULL,
  -- What went away before this id isn't known any more.
  gone_since INTEGER NOT NULL,
  events INTEGER NOT NULL
) STRICT;
INSERT INTO progress VALUES (1, lower(hex(randomblob(8))), 0, 0, 0, 0);
