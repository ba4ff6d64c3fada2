import type { CaseSpec } from "../../domain/parityCase.ts"

const plain = { tolerance: null, tags: [] } as const

/** Long enough that what goes wrong from some position on can be seen; short enough for the smallest context. */
const story =
  "When the storm had passed, the keeper of the lighthouse climbed down to the beach to see what the sea had left. " +
  "There were planks and ropes, a broken oar, and a small wooden box with a brass lock. He carried the box up to " +
  "the kitchen and put it on the table next to the lamp. For a long time he only looked at it. Then he took the " +
  "oldest key that he had from its nail beside the door, and it fitted. "

const longText = (end: string): string => `${story}${end}`

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
  repeat: "the cat sat on the mat the cat sat on the mat the cat sat on",
  word: "Yesterday",
  capitals: "NOTICE: THE LIFT IS OUT OF ORDER. PLEASE USE",
  accents: "Le café près de la gare était fermé, alors nous",
  german: "Der Zug nach Hamburg fährt heute von Gleis",
  emoji: "Thanks for the lovely evening 🎉 See you",
  sum: "17 + 25 = 42\n18 + 26 =",
  table: "| city | country |\n| --- | --- |\n| Lima | Peru |\n| Oslo |",
  markup: "<ul>\n  <li>first</li>\n  <li>second</li>\n  <li>",
  query: "SELECT name, price FROM products WHERE price <",
  shell: "$ ls\nnotes.txt  photos  report.pdf\n$ cat",
  loop: "for (let i = 0; i < 10; i++) {\n  console.log(",
  address: "https://example.org/shop/items?page=2&sort=",
  date: "Monday 3 March, Tuesday 4 March, Wednesday",
  rhyme: "The moon was high, the night was still,\nA fox went walking up the",
  recipe: "Ingredients: two eggs, a cup of milk, a pinch of salt.\nMethod: first beat",
  letter: "Dear Aunt Rosa,\n\nthank you for the book. I read it in one day, because",
  dialogue: "A: Where did you park the car?\nB: Behind the station.\nA: And where are the",
  news: "The city council decided on Thursday evening to close the old bridge for repairs, which",
  spaces: "a  b   c    d     e",
  summary: longText("In one sentence:"),
  continuation: longText("The next morning")
}

/** Token ids that every vocabulary has stand as labels: they mean nothing, but every side must score them alike. */
const score = (name: string, query: string, items: readonly string[]): CaseSpec => ({
  ...plain,
  name,
  score: { query, items, labels: null, labelTokenIds: [260, 272], applySoftmax: false, itemFirst: false }
})

/** What a backend is asked where nobody stored a case: thirty prompts, which is what a pass needs, and a few scores. */
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
