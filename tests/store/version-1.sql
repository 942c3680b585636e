-- A store as version 1 wrote it.
PRAGMA page_size = 4096;
BEGIN;
CREATE TABLE blob (
  digest TEXT NOT NULL UNIQUE CHECK (length(digest) = 64),
  bytes BLOB NOT NULL
);
CREATE TABLE entry (
  sequence INTEGER PRIMARY KEY CHECK (sequence > 0),
  kind TEXT NOT NULL CHECK (kind = 'assessment'),
  recorded_at TEXT NOT NULL,
  body TEXT NOT NULL,
  previous TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE
);
CREATE TRIGGER blob_no_update BEFORE UPDATE ON blob
  BEGIN SELECT RAISE(ABORT, 'the store only grows: nothing in it is changed'); END;
CREATE TRIGGER blob_no_delete BEFORE DELETE ON blob
  BEGIN SELECT RAISE(ABORT, 'the store only grows: nothing in it is deleted'); END;
CREATE TRIGGER blob_once BEFORE INSERT ON blob
  WHEN EXISTS (SELECT 1 FROM blob WHERE digest = NEW.digest)
  BEGIN SELECT RAISE(IGNORE); END;
CREATE TRIGGER entry_no_update BEFORE UPDATE ON entry
  BEGIN SELECT RAISE(ABORT, 'the store only grows: nothing in it is changed'); END;
CREATE TRIGGER entry_no_delete BEFORE DELETE ON entry
  BEGIN SELECT RAISE(ABORT, 'the store only grows: nothing in it is deleted'); END;
CREATE TRIGGER entry_in_turn BEFORE INSERT ON entry
  WHEN NEW.sequence <> (SELECT coalesce(max(sequence), 0) + 1 FROM entry)
    OR NEW.previous <> coalesce((SELECT hash FROM entry ORDER BY sequence DESC LIMIT 1),
                                '0000000000000000000000000000000000000000000000000000000000000000')
  BEGIN SELECT RAISE(ABORT, 'an entry follows the last one'); END;
INSERT INTO blob (digest, bytes) VALUES ('45db37b5c34f7870cb737c8ab2e8f39a584ad6f78a3c8a7ede36b0aa58e62f73', X'74686520666972737420646F63756D656E74');
INSERT INTO blob (digest, bytes) VALUES ('e18dcf4cc7ab60e77ed62908004e70c0148db6283cada9d651c83d37907aca48', X'E4B8A4E4B8AAE69687E4BBB6202771756F74656427');
INSERT INTO entry VALUES (1, 'assessment', '2026-09-01T08:00:00Z', '{"blobs":["45db37b5c34f7870cb737c8ab2e8f39a584ad6f78a3c8a7ede36b0aa58e62f73"],"n":1}', '0000000000000000000000000000000000000000000000000000000000000000', 'c851411a19b6ccb1a59033359682541363993b00c66b29f86442b110f59d13e6');
INSERT INTO entry VALUES (2, 'assessment', '2026-10-01T09:30:00Z', '{"blobs":["e18dcf4cc7ab60e77ed62908004e70c0148db6283cada9d651c83d37907aca48"],"n":2}', 'c851411a19b6ccb1a59033359682541363993b00c66b29f86442b110f59d13e6', 'b8e518f093bb43d7609a68e09394a2131b11b4d16c8f91def904b52e94ca385d');
PRAGMA application_id = 1346457156;
PRAGMA user_version = 1;
COMMIT;
