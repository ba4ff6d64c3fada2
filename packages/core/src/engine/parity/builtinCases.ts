import type { CaseSpec } from "../../domain/parityCase.ts"

const plain = { tolerance: null, tags: [] } as const

const prompts: { readonly [name: string]: string } = {
  ferry: "The ferry leaves the old pier every half hour, and on foggy mornings the captain",
  bread: "To bake a plain loaf of bread, mix flour, water, salt and a little yeast, then",
  list: "1. apples\n2. oranges\n3. pears\n4.",
  code: "def add(a, b):\n    return a +",
  json: '{"name": "Ada", "born": 1815, "city":',
  numbers: "2 4 6 8 10 12 14",
  question: "Question: Which planet is closest to the sun?\nAnswer:",
  quote: 'She closed the window and said, "It will rain before',
  refund: "Dear customer, we have received your request for a refund and will",
  repeat: "the cat sat on the mat the cat sat on the mat the cat sat on"
}

/** Token ids that every vocabulary has stand as labels: they mean nothing, but every side must score them alike. */
const score = (name: string, query: string, items: readonly string[]): CaseSpec => ({
  ...plain,
  name,
  score: { query, items, labels: null, labelTokenIds: [260, 272], applySoftmax: false, itemFirst: false }
})

/** What a backend is asked where nobody stored a case: enough to find a fault, too little to pass on. */
export const builtinCases: readonly CaseSpec[] = [
  ...Object.entries(prompts).map(([name, prompt]): CaseSpec => ({ ...plain, name, prompt })),
  score("answers", "Does this answer the customer's question about a refund?", [
    " The money comes back within a week.",
    " Our shop opens at nine.",
    " We give it all back.",
    " Ask the driver."
  ]),
  score("weather", "Is this about the weather?", [
    " Rain until noon.",
    " Two tickets, please.",
    " A cold night with wind from the east."
  ])
]
