declare const __CONTRACT_HASH__: string | undefined;

/** The contract's fingerprint as the build put it in; null when run from sources, where `contractHash` reckons it. */
export const builtHash: string | null = typeof __CONTRACT_HASH__ === "string" ? __CONTRACT_HASH__ : null;
