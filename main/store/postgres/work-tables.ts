/** Tables for what one console of a team does for all: leases, and what its checks found. Times are the server's, in milliseconds since 1970. */
export const workTables = `
CREATE FUNCTION now_ms() RETURNS bigint LANGUAGE sql VOLATILE AS 'SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint';

CREATE TABLE lease (
  name text PRIMARY KEY,
  holder text NOT NULL,
  until bigint NOT NULL,
  token bigint NOT NULL
);

CREATE TABLE check_result (
  key text PRIMARY KEY,
  at bigint NOT NULL,
  content text NOT NULL
);
CREATE INDEX check_result_by_time ON check_result (at);
`;
