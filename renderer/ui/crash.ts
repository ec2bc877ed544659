/** A throw of the page's own code as text that may leave the page. */

const FRAMES = 40;

/** The lines of a stack, which name places in the code alone. */
function framesOf(stack: string): readonly string[] {
  return stack.split("\n").filter((line) => /^\s*(at\s|\S+@)/.test(line)).slice(0, FRAMES);
}

/** Where an error was thrown, without its message, of which a line may look like a place. */
export function placesOf({ stack = "", message }: Error): readonly string[] {
  const at = stack.indexOf(message);
  return framesOf(at === -1 ? stack : stack.slice(at + message.length));
}

/** Which bug it is, however React came to it: what was thrown and where. */
export function crashKey(error: unknown): string {
  return crashText(error, "").split("\n", 2).join("\n");
}

/**
 * What was thrown, where, and inside which components (`parts`, as React lists them). Never the message: engines quote values in
 * it, and a value may be what was typed into a password box.
 */
export function crashText(error: unknown, parts: string): string {
  if (!(error instanceof Error)) return [typeof error, ...framesOf(parts)].join("\n");
  return [error.name, ...placesOf(error), "—", ...framesOf(parts)].join("\n");
}
