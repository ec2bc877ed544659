/** Where JavaScript cannot answer for .NET, by the construct that the dialect check names. */
export const aliasDialect = {
  "balancing-group": "Balancing groups count openings and closings. JavaScript has none.",
  "case-folding": "Regardless of case, i with and without a dot are the same letter in some languages, and letters beyond English pair up differently.",
  conditional: "(?(1)…|…) chooses by whether a group has matched. JavaScript has no such choice.",
  "duplicate-group-name": "A reference to two groups with one name. .NET takes the one that matched last, JavaScript cannot.",
  "empty-iteration": "A repeated group that can match nothing: the two engines end its repetition at different points.",
  "loop-capture": "A reference to a group within a repetition: the two engines keep different turns of it.",
  nesting: "Parentheses lie too deep within each other to be tried here.",
  option: "An option that JavaScript does not have.",
  "too-large": "The expression is too large for JavaScript.",
  "unicode-property": "A set of characters that .NET keeps for XML.",
  "unicode-version": "Characters in the aliases are newer than some versions of .NET, which count them as something else.",
  "unset-backreference": "A reference to a group that may not have matched: .NET fails there, JavaScript goes on.",
  other: "{{construct}}: .NET and JavaScript treat it differently.",
} as const;
