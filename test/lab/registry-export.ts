/** What `reg export` writes, as a test wants it. */

/** UTF-16LE with its mark, the header, and the lines of values in a key, each as they stand there. */
export function registryExport(key: string, lines: readonly string[]): Buffer {
  return Buffer.from(`\uFEFF${["Windows Registry Editor Version 5.00", "", `[${key}]`, ...lines, ""].join("\r\n")}\r\n`, "utf16le");
}

/** Bytes of a value as they are written after `hex(7):`, over several lines as long ones are. */
export function hexOf(text: string): string {
  const pairs = [...Buffer.from(text, "utf16le")].map((byte) => byte.toString(16).padStart(2, "0"));
  const lines = Array.from({ length: Math.ceil(pairs.length / 20) }, (_, line) => pairs.slice(line * 20, line * 20 + 20).join(","));
  return lines.join(",\\\r\n  ");
}
