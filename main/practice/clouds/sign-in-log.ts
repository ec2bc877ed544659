/**
 * Entra's sign-in log, and its answer to an application that does not keep its tokens: 429 with Retry-After 60 for the
 * client credentials grant (Microsoft: "Understanding client and server throttling in MSAL.NET"). Microsoft publishes no
 * number: a token lasts an hour, so that two dozen of the same in five minutes are nobody's need.
 */
const WINDOW_MS = 300_000;
const SAME_TOKENS = 24;
/** Entries kept; the real log keeps days. */
const ENTRIES = 5_000;

export interface SignIn {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly application: string;
  /** Each way of signing in has lines of its own in the log. */
  readonly credential: "certificate" | "secret";
  readonly resource: string;
}

export interface SignInLog {
  /** Newest last. */
  readonly entries: readonly SignIn[];
  /** Notes a token that is about to be handed out; false when this application has had too many of them. */
  admit(signIn: SignIn): boolean;
  clear(): void;
}

/** An empty log. */
export function createSignInLog(): SignInLog {
  const entries: SignIn[] = [];
  return {
    entries,
    clear: () => void entries.splice(0),
    admit(signIn) {
      const same = entries.filter(
        ({ at, application, credential, resource }) =>
          at > signIn.at - WINDOW_MS && application === signIn.application && credential === signIn.credential && resource === signIn.resource,
      );
      if (same.length >= SAME_TOKENS) return false;
      entries.push(signIn);
      if (entries.length > ENTRIES) entries.shift();
      return true;
    },
  };
}
