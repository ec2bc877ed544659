/** What a JSON text (RFC 8259) says; undefined, which none can say, when it is no JSON. The parser's message would quote the text. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
