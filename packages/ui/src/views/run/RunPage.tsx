export const RunPage = (_: { id?: string }) => <p>RunPage</p>
