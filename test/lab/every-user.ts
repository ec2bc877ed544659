/** A list as large as a domain: 100,000 users, a hundredth of them with a name that one before them has. */
export function everyUser(): Buffer {
  const lines = ["alias;department"];
  for (let i = 0; i < 100_000; i += 1) lines.push(`user.${i % 100 === 99 ? i - 1 : i};Sales, ${i % 7}`);
  // One begins like a formula, one has an umlaut.
  lines[50_001] = "=HYPERLINK(1);x";
  lines[50_002] = "jürgen;x";
  return Buffer.from(`${lines.join("\r\n")}\r\n`);
}
