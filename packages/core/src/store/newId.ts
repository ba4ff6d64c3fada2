import { randomBytes } from "node:crypto"

const alphabet = "0123456789abcdefghjkmnpqrstvwxyz"
const letters = "abcdefghjkmnpqrstvwxyz"

/**
 * A fresh id for a run or a comparison: 12 characters without look-alikes, about 59 random bits. It begins with a
 * letter, so that no id reads as a number, and is random from the start, so that a few characters name it.
 */
export const newId = (): string =>
  Array.from(randomBytes(12), (byte, index) =>
    index === 0 ? letters.charAt(byte % letters.length) : alphabet.charAt(byte % alphabet.length)
  ).join("")
