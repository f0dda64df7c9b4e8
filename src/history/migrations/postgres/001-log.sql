-- A file that has once been released is never edited: a change is the next file.

CREATE TABLE buffer (
  id bigint PRIMARY KEY,
  -- 0: of a room, 1: of two people.
  pair bigint NOT NULL,
  name text NOT NULL,
  -- A JSON array.
  people text NOT NULL,
  created_at_ms bigint NOT NULL,
  -- Where it stood when its newest events were removed: its order goes on from there.
  last_seq bigint NOT NULL,
  last_time_ms bigint NOT NULL
);

CREATE TABLE event (
  -- The order of the commits. Never used twice, also not after the newest were removed.
  id bigint PRIMARY KEY,
  buffer bigint NOT NULL,
  -- 0: PRIVMSG and NOTICE, 1: anything else; 2 more once it is redacted. Whoever reads only messages
  -- doesn't have to walk over a million JOINs.
  kind integer NOT NULL,
  seq bigint NOT NULL,
  time_ms bigint NOT NULL,
  msgid text NOT NULL,
  command integer NOT NULL,
  source text NOT NULL,
  person text NOT NULL,
  flags integer NOT NULL,
  least integer NOT NULL,
  client_tags text NOT NULL,
  body text NOT NULL,
  -- CRC-32 of all from "buffer" on, without "kind".
  checksum integer NOT NULL
);
CREATE UNIQUE INDEX event_in_buffer ON event (buffer, kind, seq, least);
CREATE INDEX event_by_msgid ON event (msgid);
CREATE INDEX event_by_time ON event (buffer, time_ms, seq);

-- Who took a message's content away, and why.
CREATE TABLE redaction (
  buffer bigint NOT NULL,
  seq bigint NOT NULL,
  source text NOT NULL,
  reason text NOT NULL,
  time_ms bigint NOT NULL,
  PRIMARY KEY (buffer, seq)
);

-- What an index of the events must forget. Its ids and those of the events are of one order.
CREATE TABLE gone (
  id bigint PRIMARY KEY,
  buffer bigint NOT NULL,
  seq bigint NOT NULL
);

CREATE TABLE kept (
  kind text NOT NULL,
  key text NOT NULL,
  value text NOT NULL,
  PRIMARY KEY (kind, key)
);

CREATE TABLE sent (
  id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  person text NOT NULL,
  client_msgid text NOT NULL,
  msgid text NOT NULL,
  time_ms bigint NOT NULL,
  digest text NOT NULL
);
CREATE INDEX sent_by_time ON sent (time_ms);

CREATE TABLE progress (
  one bigint PRIMARY KEY CHECK (one = 1),
  -- Of this log: a copy that goes its own way has another.
  identity text NOT NULL,
  -- After a commit whose end wasn't seen it says whether it took place.
  commits bigint NOT NULL,
  -- Of the newest id of "event" and "gone", whether or not they are still there.
  last_id bigint NOT NULL,
  -- What went away before this id isn't known any more.
  gone_since bigint NOT NULL,
  events bigint NOT NULL
);
INSERT INTO progress VALUES (1, replace(gen_random_uuid()::text, '-', ''), 0, 0, 0, 0);
