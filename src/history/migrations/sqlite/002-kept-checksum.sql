-- CRC-32 of kind, key and value. NULL: written before there was one.
ALTER TABLE kept ADD COLUMN checksum INTEGER;
