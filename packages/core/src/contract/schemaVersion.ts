/** Rises when stored data or replies change their meaning. */
export const schemaVersion = 1
