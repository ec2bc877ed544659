/**
 * The tables of a team's database: those of the file, in PostgreSQL's words. Documents stay text, because jsonb reorders keys and
 * refuses what JSON allows; names are ordered by their bytes, as SQLite does. Where the file has one person's rows, views of the
 * file's name show each account its own, so that the statements of the rooms are the same.
 */
import { CHANNEL, SCHEMA } from "./names.ts";

/** A deleted identity store is kept with its history, and its name is free. */
const stores = `
CREATE TABLE stored_identity_store (
  id text PRIMARY KEY,
  name_key text COLLATE "C" NOT NULL,
  revision bigint NOT NULL CHECK (revision >= 1),
  deleted_at bigint,
  deleted_by text
);
CREATE UNIQUE INDEX identity_store_name ON stored_identity_store (name_key) WHERE deleted_at IS NULL;

CREATE VIEW identity_store AS SELECT id, name_key, revision FROM stored_identity_store WHERE deleted_at IS NULL;

CREATE TABLE revision (
  store_id text NOT NULL REFERENCES stored_identity_store (id),
  number bigint NOT NULL CHECK (number >= 1),
  at bigint NOT NULL,
  who text NOT NULL,
  login text NOT NULL,
  action text NOT NULL,
  restored_from bigint,
  changes text NOT NULL,
  tested text NOT NULL,
  checksum bigint NOT NULL,
  document_checksum bigint NOT NULL,
  document text NOT NULL,
  PRIMARY KEY (store_id, number)
);

CREATE TABLE revision_secret (
  store_id text NOT NULL,
  number bigint NOT NULL,
  secret_id text NOT NULL,
  PRIMARY KEY (store_id, number, secret_id),
  FOREIGN KEY (store_id, number) REFERENCES revision (store_id, number)
);
CREATE INDEX revision_secret_by_secret ON revision_secret (secret_id);
`;

/**
 * The barrier keeps a function of the asker's own from being shown rows that the view leaves out. Nobody names an owner: a view
 * without the column leaves it to the default.
 */
const drafts = `
CREATE SEQUENCE draft_version;
CREATE TABLE person_draft (
  store_id text NOT NULL REFERENCES stored_identity_store (id),
  owner text NOT NULL DEFAULT session_user,
  updated_at bigint NOT NULL,
  content text NOT NULL,
  checksum bigint NOT NULL,
  version bigint NOT NULL,
  PRIMARY KEY (store_id, owner)
);
CREATE VIEW draft WITH (security_barrier) AS
  SELECT store_id, updated_at, content, checksum, version FROM person_draft WHERE owner = session_user::text;

CREATE TABLE person_draft_secret (
  store_id text NOT NULL,
  owner text NOT NULL DEFAULT session_user,
  secret_id text NOT NULL,
  PRIMARY KEY (store_id, owner, secret_id),
  FOREIGN KEY (store_id, owner) REFERENCES person_draft (store_id, owner) ON DELETE CASCADE
);
CREATE INDEX person_draft_secret_by_secret ON person_draft_secret (secret_id);
CREATE VIEW draft_secret WITH (security_barrier) AS
  SELECT store_id, secret_id FROM person_draft_secret WHERE owner = session_user::text;

CREATE VIEW draft_of_other WITH (security_barrier) AS
  SELECT store_id, owner AS who, updated_at AS at FROM person_draft WHERE owner <> session_user::text;
`;

/** A secret's key is an epoch of the team's, which has no row of its own: \`wrapped_key\` is empty, for statements that ask it. */
const others = `
CREATE TABLE wrapped_key (
  id text PRIMARY KEY,
  at bigint NOT NULL,
  protection text NOT NULL,
  wrapped bytea NOT NULL,
  proof bytea NOT NULL
);

CREATE TABLE secret (
  id text PRIMARY KEY,
  at bigint NOT NULL,
  key_id text NOT NULL,
  schema bigint NOT NULL,
  nonce bytea NOT NULL,
  sealed bytea NOT NULL
);

CREATE TABLE activity (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at bigint NOT NULL,
  kind text NOT NULL,
  store_id text,
  store_name text,
  subject text,
  detail text
);
CREATE INDEX activity_by_kind ON activity (kind, id);

CREATE TABLE told_once (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  key text NOT NULL UNIQUE
);
`;

export const tables = `${stores}${drafts}${others}`;

/** Functions that act with the owner's rights look names up here alone. */
export const FIXED = `SET search_path = ${SCHEMA}, pg_temp`;

/** Administrators bring in the history of others, in whatever order. */
export const ADMINISTERS = `has_table_privilege(session_user, '${SCHEMA}.team_entry', 'INSERT')`;

/** The account's name is the server's word, whoever the console says it is. */
const stamping = `
CREATE FUNCTION stamp_revision() RETURNS trigger LANGUAGE plpgsql ${FIXED} AS $$
BEGIN
  NEW.login := session_user;
  IF NEW.who <> session_user AND NOT ${ADMINISTERS} THEN
    RAISE insufficient_privilege USING MESSAGE = 'a revision is saved in one''s own name';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER revision_stamp BEFORE INSERT ON revision FOR EACH ROW EXECUTE FUNCTION stamp_revision();
`;

/**
 * When it is committed, a history has no gap and nothing beyond its newest revision, which is there and never an older one than before: no
 * statement of an operator takes a store, or the number of the next save, from the others.
 */
const ordering = `
CREATE FUNCTION keep_history_whole() RETURNS trigger LANGUAGE plpgsql ${FIXED} AS $$
BEGIN
  IF NOT ${ADMINISTERS} AND (
    (NEW.number > 1 AND NOT EXISTS (SELECT FROM revision WHERE store_id = NEW.store_id AND number = NEW.number - 1))
    OR NOT EXISTS (SELECT FROM stored_identity_store WHERE id = NEW.store_id AND revision >= NEW.number)) THEN
    RAISE insufficient_privilege USING MESSAGE = 'a revision is the next one of its store';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER revision_order AFTER INSERT ON revision
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION keep_history_whole();

CREATE FUNCTION keep_newest() RETURNS trigger LANGUAGE plpgsql ${FIXED} AS $$
BEGIN
  IF NOT ${ADMINISTERS} AND (
    (TG_OP = 'UPDATE' AND NEW.revision < OLD.revision)
    OR NOT EXISTS (SELECT FROM revision WHERE store_id = NEW.id AND number = NEW.revision)) THEN
    RAISE insufficient_privilege USING MESSAGE = 'a store is at its newest revision';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER identity_store_newest AFTER INSERT OR UPDATE ON stored_identity_store
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION keep_newest();
`;

/** Secrets go where nothing refers to them any more, in any person's draft either: the views show nobody else's. */
const deleting = `
CREATE FUNCTION keep_used_secret() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER ${FIXED} AS $$
BEGIN
  IF EXISTS (SELECT FROM revision_secret WHERE secret_id = OLD.id) OR EXISTS (SELECT FROM person_draft_secret WHERE secret_id = OLD.id) THEN
    RETURN NULL;
  END IF;
  RETURN OLD;
END $$;
CREATE TRIGGER secret_keep BEFORE DELETE ON secret FOR EACH ROW EXECUTE FUNCTION keep_used_secret();

CREATE FUNCTION mark_deleted() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER ${FIXED} AS $$
DECLARE
  used text[];
BEGIN
  UPDATE stored_identity_store SET deleted_at = (extract(epoch FROM clock_timestamp()) * 1000)::bigint, deleted_by = session_user
    WHERE id = OLD.id AND deleted_at IS NULL;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  used := ARRAY(SELECT secret_id FROM revision_secret WHERE store_id = OLD.id UNION SELECT secret_id FROM person_draft_secret WHERE store_id = OLD.id);
  DELETE FROM person_draft WHERE store_id = OLD.id;
  DELETE FROM revision_secret WHERE store_id = OLD.id;
  DELETE FROM secret WHERE id = ANY (used);
  RETURN OLD;
END $$;
CREATE TRIGGER identity_store_delete INSTEAD OF DELETE ON identity_store FOR EACH ROW EXECUTE FUNCTION mark_deleted();
`;

const TOLD = ["stored_identity_store", "person_draft", "wrapped_key", "activity", "team_entry", "team_request"];

/** Each commit tells those who listen. */
const telling = `
CREATE FUNCTION tell_change() RETURNS trigger LANGUAGE plpgsql ${FIXED} AS $$
BEGIN
  PERFORM pg_notify('${CHANNEL}', '');
  RETURN NULL;
END $$;
${TOLD.map((table) => `CREATE TRIGGER ${table}_tell AFTER INSERT OR UPDATE OR DELETE ON ${table} FOR EACH STATEMENT EXECUTE FUNCTION tell_change();`).join("\n")}
`;

/** What comes after all tables, the team's too. */
export const triggers = `${stamping}${ordering}${deleting}${telling}`;
