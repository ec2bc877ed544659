/** What a team's database keeps of the team itself, in PostgreSQL's words: its chain of entries, its keys, requests, and seals. */
export const teamTables = `
CREATE TABLE team_entry (
  seq bigint PRIMARY KEY,
  entry text NOT NULL,
  signature bytea NOT NULL
);

CREATE TABLE team_key (
  epoch bigint NOT NULL,
  member text NOT NULL,
  sealed bytea NOT NULL,
  PRIMARY KEY (epoch, member)
);

CREATE TABLE team_request (
  member text PRIMARY KEY,
  at bigint NOT NULL,
  label text NOT NULL,
  seal_key bytea NOT NULL,
  sign_key bytea NOT NULL
);

CREATE TABLE revision_seal (
  store_id text NOT NULL,
  number bigint NOT NULL,
  signer text NOT NULL,
  previous text NOT NULL,
  signature bytea NOT NULL,
  PRIMARY KEY (store_id, number),
  FOREIGN KEY (store_id, number) REFERENCES revision (store_id, number)
);
`;
