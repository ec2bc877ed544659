import { expect, it } from "vitest";
import { foreignFault } from "../../../../main/directory/foreign.ts";

it.each([
  ["speaks-tls", Buffer.from([0x15, 3, 1, 0, 2, 2, 70]), undefined],
  ["speaks-tls", Buffer.from([0x16, 3, 3, 0, 1]), undefined],
  ["speaks-other", Buffer.from([0x16, 9, 3, 0, 1]), undefined],
  ["speaks-http", "HTTP/1.1 400 Bad Request\r\n", "HTTP/1.1 400 Bad Request"],
  ["speaks-http", "<html><body>", "<html><body>"],
  ["speaks-smtp", "220 mx.contoso.lab ESMTP\r\n", "220 mx.contoso.lab ESMTP"],
  ["speaks-smtp", "421 mail system busy\r\n", "421 mail system busy"],
  ["speaks-smtp", "554 No SMTP service here\r\n", "554 No SMTP service here"],
  ["speaks-other", "220 FTP server ready\r\n", "220 FTP server ready"],
  ["speaks-other", `SSH-2.0-${"x".repeat(100)}\r\n`, `SSH-2.0-${"x".repeat(52)}`],
])("%s is told from %j", (reason, said, detail) => {
  expect(foreignFault(Buffer.from(said), "tls", "dc1.contoso.lab")).toEqual({ kind: "unreachable", rung: "tls", reason, host: "dc1.contoso.lab", ...(detail === undefined ? {} : { detail }) });
});
